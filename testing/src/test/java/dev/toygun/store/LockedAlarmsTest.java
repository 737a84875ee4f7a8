package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Severity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alarms whose time has come while somebody's transaction keeps a row that one of them needs. */
class LockedAlarmsTest {
  private static final AlarmWrite.Rules JUDGED =
      new AlarmWrite.Rules(Severity.ERROR, true, false, Duration.ofMinutes(1), null, null);
  private static final AlarmWrite.Rules SAID =
      new AlarmWrite.Rules(Severity.ERROR, false, false, Duration.ofMinutes(1), null, null);

  private final PostgresFixture postgres = new PostgresFixture();

  @AfterEach
  void close() {
    postgres.close();
  }

  /** A resource at rest with an alarm that waits until it has been true for long enough. */
  private SubjectKey waiting(AlarmWrite.Rules rules) {
    ResourceRow root = postgres.root();
    postgres.settle(root);
    UUID alarm = postgres.uuid();
    postgres.done(
        root.key(), d -> d.alarm(AlarmWrite.raise(root.key(), "down", alarm, "it is", rules)));
    postgres.rest(root.key());
    return root.key();
  }

  private void theirTimeComes() {
    postgres.execute("update alarms set due_at = now() - interval '1 s' where active");
  }

  private boolean isWoken(SubjectKey resource) {
    return postgres.machine(resource).dueAt() != null;
  }

  private String state(SubjectKey resource) {
    return postgres
        .rows("SELECT state FROM alarms WHERE resource_uuid = $1", resource.resource())
        .get(0)
        .getString(0);
  }

  @Test
  void aLockedResourceKeepsNobodyElsesAlarmFromBeingJudged() throws SQLException {
    SubjectKey locked = waiting(JUDGED);
    List<SubjectKey> others = List.of(waiting(JUDGED), waiting(JUDGED));
    theirTimeComes();
    try (OtherClient other = new OtherClient(postgres)) {
      other.execute(
          "select from resources where uuid = '%s' for update".formatted(locked.resource()));
      postgres.get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
      assertThat(others).allMatch(this::isWoken);
    }
    assertThat(isWoken(locked)).isFalse();
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
    assertThat(isWoken(locked)).isTrue();
  }

  @Test
  void aLockedAlarmKeepsNoOtherFromOpening() throws SQLException {
    SubjectKey locked = waiting(SAID);
    SubjectKey other = waiting(SAID);
    theirTimeComes();
    try (OtherClient client = new OtherClient(postgres)) {
      client.execute(
          "select from alarms where resource_uuid = '%s' for update".formatted(locked.resource()));
      postgres.get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
      assertThat(state(other)).isEqualTo("open");
    }
    assertThat(state(locked)).isEqualTo("pending");
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
    assertThat(state(locked)).isEqualTo("open");
  }

  @Test
  void aLockedAlarmKeepsNoOtherMachineFromBeingSeenToBeStuck() throws SQLException {
    SubjectKey locked = waiting(SAID);
    SubjectKey other = waiting(SAID);
    List<Due.Stuck> stuck =
        List.of(
            new Due.Stuck(locked, version(locked), postgres.uuid(), "it does not go on"),
            new Due.Stuck(other, version(other), postgres.uuid(), "it does not go on"));
    try (OtherClient client = new OtherClient(postgres)) {
      client.execute(
          "select from alarms where resource_uuid = '%s' for update".formatted(locked.resource()));
      assertThat(postgres.get(postgres.store().stuck(stuck, postgres.tick()))).isEqualTo(1);
    }
    assertThat(
            postgres.rows(
                "SELECT FROM alarms WHERE resource_uuid = $1 AND name = 'stuck'", other.resource()))
        .hasSize(1);
  }

  private long version(SubjectKey resource) {
    return postgres.machine(resource).version();
  }

  @Test
  void aPageOfLockedAlarmsKeepsNobodyBehindItAndIsToldOf() throws SQLException {
    List<SubjectKey> locked = List.of(waiting(SAID), waiting(SAID));
    theirTimeComes();
    SubjectKey behind = waiting(SAID);
    postgres.execute("update alarms set due_at = now() where due_at > now()");
    try (OtherClient client = new OtherClient(postgres)) {
      client.execute(
          "select from alarms where resource_uuid <> '%s' for update".formatted(behind.resource()));
      assertThatThrownBy(() -> postgres.get(postgres.store().moveAlarms(postgres.tick(), 2)))
          .hasMessageContaining("alarms of 2 resources cannot be moved");
      assertThat(state(behind)).isEqualTo("open");
    }
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 2));
    assertThat(locked).extracting(this::state).containsOnly("open");
  }

  @Test
  void anAlarmThatWasPutUnderAHoldAsThatEndedIsFreedAllTheSame() {
    SubjectKey resource = waiting(SAID);
    Hold.Request request =
        new Hold.Request(
            postgres.uuid(), Hold.Scope.SUBTREE, resource.resource(), null, "why", null);
    Hold hold = postgres.get(postgres.store().hold(request, postgres.operator()));
    theirTimeComes();
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100));
    assertThat(state(resource)).isEqualTo("held");
    postgres.execute("update holds set settled_at = now(), released_at = now()");
    assertThat(hold.resource()).isEqualTo(resource.resource());
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100));
    postgres.execute("update alarms set due_at = now(), clear_at = now() where under is null");
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100));
    assertThat(state(resource)).isEqualTo("open");
  }

  /**
   * It is met in the middle of a transaction, and the server says then that nothing was written.
   */
  @Test
  void aLockedAlarmIsLeftOutOfAGroup() throws SQLException {
    List<SubjectKey> keys = List.of(waiting(JUDGED), waiting(JUDGED), waiting(JUDGED));
    Outcome[] again = keys.stream().map(this::raises).toArray(Outcome[]::new);
    try (OtherClient other = new OtherClient(postgres)) {
      other.execute(
          "select from alarms where resource_uuid = '%s' for update"
              .formatted(keys.get(0).resource()));
      List<Committed> answers = postgres.commit(again);
      assertThat(answers.get(0)).isInstanceOf(Committed.Busy.class);
      assertThat(answers.subList(1, 3)).allMatch(answer -> answer instanceof Committed.Done);
    }
    postgres.done(again[0]);
  }

  private Outcome raises(SubjectKey key) {
    UUID alarm = postgres.uuid();
    return postgres.outcome(
        key, d -> d.alarm(AlarmWrite.raise(key, "down", alarm, "it is", JUDGED)));
  }
}
