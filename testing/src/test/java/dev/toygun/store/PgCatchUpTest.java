package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How sinks in Postgres are told of alarms that were open before they were. */
class PgCatchUpTest extends PgOutboxRig {
  private SinkRow row(String name) {
    return get(sinks.list()).stream()
        .filter(one -> one.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private List<String> caughtUp() {
    assertThat(get(outbox.catchUp(100))).isFalse();
    List<Claimed> told = claimed();
    told.forEach(one -> get(outbox.sent(one)));
    return told.stream().map(Claimed::sink).toList();
  }

  @Test
  void aSinkThatIsActiveAgainOrTakesMilderAlarmsIsToldOfWhatIsOpen() {
    UUID alarm = alarm("open", Severity.WARNING);
    sink("off", "info", false);
    sink("strict", "error", true);
    assertThat(caughtUp()).isEmpty();
    get(sinks.update(row("off"), "{}", SinkScope.from("info"), true));
    assertThat(caughtUp()).containsExactly("off");
    get(sinks.update(row("strict"), "{}", SinkScope.from("warning"), true));
    assertThat(caughtUp()).containsExactly("strict");
    get(sinks.update(row("strict"), "{}", SinkScope.from("info"), true));
    assertThat(caughtUp()).isEmpty();
    closed(alarm);
    assertThat(size()).as("two that were told, and are told that it is over").isEqualTo(4);
  }

  @Test
  void aSinkThatIsLimitedToOthersIsToldOfWhatIsOpenThere() {
    ResourceRow root = postgres.root();
    alarm(root, "down", "error");
    sink("team", new SinkScope("info", List.of(), postgres.root().uuid()), true);
    assertThat(caughtUp()).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(caughtUp()).isEmpty();
    get(sinks.update(row("team"), "{}", new SinkScope("info", List.of(), root.uuid()), true));
    assertThat(caughtUp()).containsExactly("team");
  }

  @Test
  void aSinkThatIsMadeAnewUnderAnOldNameIsTold() {
    alarm("open", Severity.ERROR);
    sink("ops");
    assertThat(caughtUp()).containsExactly("ops");
    remove("ops");
    sink("ops");
    assertThat(caughtUp()).containsExactly("ops");
  }

  /** The opening of an alarm may not have seen a sink that its first round did not see it of. */
  @Test
  void roundsGoOnForLongerThanAnyTransaction() {
    sink("ops");
    assertThat(caughtUp()).isEmpty();
    alarm("open", Severity.ERROR);
    assertThat(caughtUp()).containsExactly("ops");
    pass(Duration.ofMinutes(2));
    assertThat(caughtUp()).isEmpty();
    alarm("open", Severity.ERROR);
    assertThat(caughtUp()).as("that it opens is told by what opens it").isEmpty();
  }

  @Test
  void whatIsJustBeingWrittenIsLeftForTheNextRound() {
    UUID busy = alarm("open", Severity.ERROR);
    UUID idle = alarm("open", Severity.ERROR);
    sink("ops");
    SqlConnection writer = get(postgres.store().database().connection());
    get(writer.query("BEGIN").execute());
    get(
        writer
            .preparedQuery("SELECT FROM alarms WHERE uuid = $1 FOR NO KEY UPDATE")
            .execute(Tuple.of(busy)));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactly(idle);
    get(writer.query("COMMIT").execute());
    get(writer.close().map(true));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactlyInAnyOrder(idle, busy);
  }

  @Test
  void whoIsSeenByATransactionThatBeganBeforeIsToldOnce() {
    ResourceRow root = postgres.root();
    SqlConnection writer = get(postgres.store().database().connection());
    get(writer.query("BEGIN").execute());
    get(writer.query("SELECT now()").execute());
    UUID alarm = alarm(root, "down", "error");
    sink("ops");
    get(
        writer
            .preparedQuery(DeliverySql.OPENED)
            .execute(Tuple.of(new UUID[] {root.uuid()}, new UUID[] {alarm}, null)));
    get(writer.query("COMMIT").execute());
    get(writer.close().map(true));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactly(alarm);
  }

  private List<UUID> told() {
    return postgres.rows("SELECT alarm_uuid FROM deliveries").stream()
        .map(row -> Rows.uuid(row, 0))
        .toList();
  }
}
