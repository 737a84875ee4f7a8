package dev.toygun.api;

import dev.toygun.store.Usage.Spent;
import dev.toygun.store.Usages;
import dev.toygun.store.Usages.Item;
import dev.toygun.store.Usages.Question;
import dev.toygun.store.Usages.Report;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/usage}: what ticks have used, and who used it. */
final class UsageShow {
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,3})([mh])");

  private final Usages usages;
  private final Views views;

  UsageShow(Usages usages, Views views) {
    this.usages = usages;
    this.views = views;
  }

  Future<Answer> report(Call call) {
    UUID under = call.maybeUuid("under");
    KeyScope scope = call.caller().scope();
    Usages.By by = Usages.By.valueOf(call.text("by").toUpperCase(Locale.ROOT));
    boolean sampled = under != null || by == Usages.By.TREE || by == Usages.By.RESOURCE;
    Duration since = since(call.text("since"), sampled ? Usages.BY_RESOURCE : Usages.KEEP);
    return isThere(scope, under)
        .compose(
            there ->
                usages.usage(new Question(by, since, under, scope.typesWithin(), call.pageSize())))
        .map(report -> Answer.ok(show(by, report)));
  }

  private static Duration since(String text, Duration most) {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      long many = Long.parseLong(time.group(1));
      Duration since =
          time.group(2).equals("m") ? Duration.ofMinutes(many) : Duration.ofHours(many);
      if (since.compareTo(most) <= 0) {
        return since;
      }
    }
    String expected =
        "a time such as 10m or 2h is expected, of %dh at most; of %dh by type or task of all"
            .formatted(most.toHours(), Usages.KEEP.toHours());
    throw new Problem(
        400,
        "bad_parameter",
        "since: " + expected,
        List.of(new Problem.Wrong("since", expected)),
        Map.of());
  }

  private Future<Void> isThere(KeyScope scope, @Nullable UUID under) {
    return under == null
        ? Future.succeededFuture()
        : views
            .places(Set.of(under))
            .compose(
                places ->
                    scope.has(places.get(under))
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                            Problem.notFound("not_found", "there is no resource " + under)));
  }

  private static JsonObject show(Usages.By by, Report report) {
    return new JsonObject()
        .put("by", by.name().toLowerCase(Locale.ROOT))
        .put("from", TypeShow.time(report.from()))
        .put("to", TypeShow.time(report.to()))
        .put("total", show(report.total(), report))
        .put("items", TypeShow.array(report.items(), item -> show(item, by, report)));
  }

  private static JsonObject show(Item item, Usages.By by, Report report) {
    boolean ofResource = item.resource() != null;
    return new JsonObject()
        .put("type", item.type())
        .put("task", by == Usages.By.TASK && !item.task().isEmpty() ? item.task() : null)
        .put("resource", ofResource ? Objects.toString(item.resource()) : null)
        .put("label", ofResource && !item.label().isEmpty() ? item.label() : null)
        .put("heavy", item.heavy())
        .put("spent", show(item.spent(), report));
  }

  private static JsonObject show(Spent spent, Report report) {
    double seconds = Duration.between(report.from(), report.to()).toMillis() / 1000.0;
    double whole = report.total().used();
    return new JsonObject()
        .put("share", whole > 0 ? rounded(spent.used() / whole) : null)
        .put("ticks", rounded(spent.ticks()))
        .put("ticks_per_second", rounded(spent.ticks() / seconds))
        .put("used_seconds", rounded(spent.used()))
        .put("mean_seconds", spent.ticks() > 0 ? rounded(spent.used() / spent.ticks()) : null)
        .put("ran_seconds", rounded(spent.ran()))
        .put("committed_seconds", rounded(spent.committed()))
        .put("waited_seconds", rounded(spent.waited()));
  }

  /** To the microsecond: what is below is noise of adding up. */
  private static double rounded(double much) {
    return Math.round(much * 1e6) / 1e6;
  }
}
