package dev.toygun.api;

import dev.toygun.store.Views;
import dev.toygun.store.Views.Node;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads trees of resources. */
final class Trees {
  private final Resources resources;
  private final Views views;
  private final HoldShow holds;

  Trees(Resources resources, Views views, HoldShow holds) {
    this.resources = resources;
    this.views = views;
    this.holds = holds;
  }

  /** {@code GET /v1/resources/{type}/{uuid}/tree}. */
  Future<Answer> tree(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    return resources
        .row(call)
        .compose(row -> views.tree(row.uuid(), last, call.pageSize()))
        .compose(
            page ->
                holds
                    .of(page.rows().stream().map(Trees::held).toList())
                    .map(
                        held ->
                            Answer.ok(
                                Pages.page(
                                    call,
                                    page,
                                    node -> show(node, held.get(node.uuid())),
                                    node -> List.of(node.uuid().toString())))));
  }

  private static HoldShow.Held held(Node node) {
    return new HoldShow.Held(node.uuid(), node.path(), node.list());
  }

  private static JsonObject show(Node node, @Nullable JsonObject held) {
    return new JsonObject()
        .put("uuid", node.uuid().toString())
        .put("type", node.list().type())
        .put("label", node.label())
        .put("parent", node.parent() == null ? null : node.parent().toString())
        .put("depth", node.depth())
        .put("state", node.state())
        .put("active", node.active())
        .put("deleting", node.deleting())
        .put("availability", node.availability().stored())
        .put("held", held)
        .put("alarms", new JsonArray(node.alarms()));
  }
}
