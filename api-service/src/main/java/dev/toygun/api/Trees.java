package dev.toygun.api;

import dev.toygun.store.Views;
import dev.toygun.store.Views.Node;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Reads trees of resources. */
final class Trees {
  private final Resources resources;
  private final Views views;

  Trees(Resources resources, Views views) {
    this.resources = resources;
    this.views = views;
  }

  /** {@code GET /v1/resources/{type}/{uuid}/tree}. */
  Future<Answer> tree(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    return resources
        .row(call)
        .compose(row -> views.tree(row.uuid(), last, call.pageSize()))
        .map(
            page ->
                Answer.ok(
                    Pages.page(call, page, Trees::show, node -> List.of(node.uuid().toString()))));
  }

  private static JsonObject show(Node node) {
    return new JsonObject()
        .put("uuid", node.uuid().toString())
        .put("type", node.type())
        .put("label", node.label())
        .put("parent", node.parent() == null ? null : node.parent().toString())
        .put("depth", node.depth())
        .put("state", node.state())
        .put("active", node.active())
        .put("deleting", node.deleting())
        .put("availability", node.availability().stored())
        .put("alarms", new JsonArray(node.alarms()));
  }
}
