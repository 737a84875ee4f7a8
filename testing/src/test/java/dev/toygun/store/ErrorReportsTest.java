package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Outbox.Claimed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How sinks of error trackers are told of errors: of each group one now and then. */
class ErrorReportsTest extends PgOutboxRig {
  private static final Duration SOON = PgOutbox.TOLD_EVERY.plusSeconds(1);

  private void tracker(String name, SinkScope scope, boolean active) {
    get(sinks.insert(name, postgres.uuid(), "sentry", "{}", scope, active, "test"));
  }

  private void tracker(String name, SinkScope scope) {
    tracker(name, scope, true);
  }

  private void tracker(String name) {
    tracker(name, SinkScope.from(SinkScope.ALL));
  }

  /** A try of it fails, in the commit that says so. */
  private ErrorRow fails(ResourceRow resource, String kind, @Nullable String stackHash) {
    ErrorRow any = postgres.error(resource.key(), kind);
    ErrorRow error =
        new ErrorRow(
            any.uuid(),
            any.subject(),
            kind,
            any.message(),
            any.attrs(),
            stackHash == null ? null : any.stack(),
            stackHash,
            any.state(),
            any.step(),
            any.attempt(),
            any.worker(),
            any.build(),
            any.at(),
            null);
    postgres.done(
        resource.key(),
        d -> {
          d.failed(error);
          d.tries(1);
        });
    return error;
  }

  private ErrorRow fails(ResourceRow resource) {
    return fails(resource, "Down", "hash");
  }

  private List<JsonObject> told() {
    while (get(outbox.reportErrors(100))) {
      // There is more.
    }
    List<Claimed> claimed = get(outbox.claim(List.of(), 1_000, CLAIM));
    claimed.forEach(one -> get(outbox.sent(one)));
    return claimed.stream().map(one -> new JsonObject(one.body()).put("sink", one.sink())).toList();
  }

  private long rows(String table) {
    return Rows.big(postgres.rows("SELECT count(*) FROM " + table).get(0), 0);
  }

  /** As if this had been so long ago. */
  private void passes(Duration time) {
    postgres.execute(
        "update error_reports set told_at = told_at - interval '%1$d s', due_at = due_at - interval '%1$d s'"
            .formatted(time.toSeconds()));
  }

  @Test
  void anErrorIsToldWithAllThatIsKnownOfIt() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    ErrorRow error = fails(root);
    JsonObject body = told().get(0);
    assertThat(body.getString("error")).isEqualTo(error.uuid().toString());
    assertThat(body.getString("error_kind")).isEqualTo("Down");
    assertThat(body.getString("message")).isEqualTo("it broke");
    assertThat(body.getString("resource_type")).isEqualTo(root.type());
    assertThat(body.getString("resource_label")).isEqualTo(root.label());
    assertThat(body.getString("worker")).isEqualTo("worker-1");
    assertThat(body.getString("build")).isEqualTo("build-1");
    assertThat(body.getString("stack")).isEqualTo("at Somewhere");
    assertThat(body.getLong("times")).isOne();
    assertThat(body.getJsonArray("fingerprint")).isEqualTo(new JsonArray().add("Down").add("hash"));
    Views.DeliveryRow shown =
        get(new ViewsPg(postgres.store().database()).deliveries("sent", null, 10)).get(0);
    assertThat(shown.error()).isEqualTo(error.uuid());
    assertThat(shown.alarm()).isNull();
    assertThat(shown.event()).isEqualTo("error");
    assertThat(shown.name()).isEqualTo("Down");
  }

  @Test
  void ofAGroupTheFirstIsToldAtOnceAndTheRestAsANumberWithTheLatestOfThem() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    fails(root);
    assertThat(told()).hasSize(1);
    ErrorRow last = fails(root);
    for (int i = 0; i < 30; i++) {
      last = fails(postgres.root());
    }
    assertThat(told()).as("it was told a moment ago").isEmpty();
    passes(SOON);
    List<JsonObject> rest = told();
    assertThat(rest).hasSize(1);
    assertThat(rest.get(0).getLong("times")).isEqualTo(31);
    assertThat(rest.get(0).getString("error")).isEqualTo(last.uuid().toString());
    passes(SOON);
    assertThat(told()).as("nothing has failed since").isEmpty();
  }

  @Test
  void otherKindsAndOtherPlacesAreGroupsOfTheirOwn() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    fails(root, "Down", "one");
    fails(root, "Down", "two");
    fails(root, "Slow", "one");
    fails(root, "TickTimeout", null);
    ResourceRow other = postgres.root(new ListName("default", "other", 1, 5));
    fails(other, "TickTimeout", null);
    fails(other, "Down", "one");
    assertThat(told()).hasSize(5);
  }

  @Test
  void whoIsLimitedToTypesOrToASubtreeIsToldOfNothingElse() {
    ResourceRow root = postgres.root();
    ChildCreate made = postgres.child(postgres.list(), "child");
    postgres.done(root.key(), draft -> draft.create(made));
    ResourceRow child = postgres.resource(made.uuid());
    tracker("all");
    tracker("type", new SinkScope("info", List.of("other", child.type()), null));
    tracker("other-type", new SinkScope("info", List.of("other"), null));
    tracker("above", new SinkScope("info", List.of(), root.uuid()));
    tracker("elsewhere", new SinkScope("info", List.of(), postgres.root().uuid()));
    tracker("off", SinkScope.from(SinkScope.ALL), false);
    sink("alarms", "info", true);
    fails(child);
    assertThat(told())
        .extracting(one -> one.getString("sink"))
        .containsExactlyInAnyOrder("all", "type", "above");
  }

  @Test
  void whoIsToldOfErrorsIsToldOfNoAlarms() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    opened(root.uuid(), alarm(root, "down", "critical"));
    get(outbox.catchUp(100));
    assertThat(claimed()).isEmpty();
    assertThat(get(outbox.watch(postgres.uuid())).pending()).isZero();
    assertThat(postgres.rows("SELECT FROM alarms WHERE name = 'nobody_told' AND active"))
        .as("no sink takes the critical alarm")
        .hasSize(1);
  }

  @Test
  void whileNobodyIsToldOfErrorsNoneIsWrittenDown() {
    sink("alarms", "info", true);
    fails(postgres.root());
    assertThat(rows("errors")).isOne();
    assertThat(rows("untold_errors")).isZero();
    tracker("tracker");
    assertThat(told()).as("it was before").isEmpty();
    fails(postgres.root());
    assertThat(told()).hasSize(1);
    fails(postgres.root());
    remove("tracker");
    assertThat(told()).isEmpty();
    assertThat(rows("untold_errors")).isZero();
    assertThat(rows("error_reports")).isZero();
  }

  @Test
  void manyWhoReportAtOnceTellOfEachGroupOnce() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    for (int i = 0; i < 40; i++) {
      fails(root, "Down", "hash-" + i % 4);
    }
    List<CompletableFuture<Boolean>> reports =
        Stream.generate(() -> outbox.reportErrors(7).toCompletionStage().toCompletableFuture())
            .limit(8)
            .toList();
    reports.forEach(CompletableFuture::join);
    told();
    assertThat(rows("deliveries")).isEqualTo(4);
    passes(SOON);
    told();
    assertThat(
            Rows.big(
                postgres
                    .rows("SELECT sum((body ->> 'times')::bigint)::bigint FROM deliveries")
                    .get(0),
                0))
        .as("no error counts twice, and none is lost")
        .isEqualTo(40);
  }

  @Test
  void kindsWithoutEndAreNoFloodAndAreForgotten() {
    tracker("tracker");
    ResourceRow root = postgres.root();
    for (int i = 0; i < 130; i++) {
      fails(root, "Kind-" + i, "hash");
    }
    assertThat(told()).hasSize(100);
    assertThat(told()).isEmpty();
    passes(Duration.ofSeconds(61));
    assertThat(told()).hasSize(30);
    assertThat(rows("error_reports")).isEqualTo(130);
    passes(Duration.ofMinutes(61));
    get(outbox.purge(Duration.ofDays(30), Duration.ofDays(90), 500));
    assertThat(rows("error_reports")).isZero();
  }

  @Test
  void whatWasNotToldIsSeenAndTriedAgainAsAnAlarmIs() {
    tracker("tracker");
    fails(postgres.root());
    get(outbox.reportErrors(100));
    Claimed claimed = claimed().get(0);
    get(outbox.failed(claimed, "it answered 403"));
    assertThat(get(outbox.watch(postgres.uuid())).failed()).isOne();
    get(outbox.retry(claimed.uuid()));
    Claimed again = claimed().get(0);
    assertThat(again.uuid()).isEqualTo(claimed.uuid());
    assertThat(again.body()).isEqualTo(claimed.body());
    get(outbox.sent(again));
    postgres.execute("update deliveries set created_at = now() - interval '31 days'");
    assertThat(get(outbox.purge(Duration.ofDays(30), Duration.ofDays(90), 500))).isOne();
  }
}
