package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Launcher;
import dev.toygun.store.Accounts;
import dev.toygun.store.Database;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Liveness;
import dev.toygun.store.Liveness.Reason;
import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is accounted for, and who is left over. */
class LivenessTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseUrl url = PostgresServer.shared().database();
  private final Database database = Database.of(vertx, url, DatabaseSettings.of("liveness"));

  @AfterEach
  void close() throws Exception {
    Launcher.wait(database.close(), SOON);
    Launcher.wait(vertx.close(), SOON);
  }

  @Test
  void anEmptyDatabaseHoldsWhatRestsOnly() throws Exception {
    assertThat(account().counts()).isEqualTo(Map.of(Reason.RESTING, 1L));
  }

  @Test
  void eachReasonExplains() throws Exception {
    resource(1, "due_at = now() + interval '1 hour'");
    resource(2, "due_at = now() - interval '1 second'");
    resource(3, "every_s = 30, bucket = 7");
    resource(4, "deadline_at = now() + interval '1 hour'");
    resource(5, "state = '__panic__'");
    run(
        """
        insert into alarms (resource_uuid, uuid, subject_uuid, name, type, schema_version, state)
        values ('%s', '%s', '%s', 'panic', 'x', 1, 'open')
        """
            .formatted(uuid(5), uuid(99), uuid(5)));
    resource(6, "state = 'held'");
    run(
        """
        insert into holds (uuid, scope, resource_uuid, reason, actor, effective_at)
        values ('%s', 'subtree', '%s', 'a test', 'me', now())
        """
            .formatted(uuid(98), uuid(6)));
    resource(7, "due_at = now() - interval '1 hour'");
    assertThat(account().counts())
        .isEqualTo(
            Map.of(
                Reason.DUE_LATER, 1L,
                Reason.DUE, 1L,
                Reason.POLLING, 1L,
                Reason.WAITING, 1L,
                Reason.PANICKED, 1L,
                Reason.HELD, 1L,
                Reason.LATE, 1L,
                Reason.RESTING, 1L));
    assertThat(account().late()).extracting(w -> w.subject().uuid()).containsExactly(uuid(7));
  }

  @Test
  void whatNothingWakesIsLeftOver() throws Exception {
    resource(1, "state = 'forgotten'");
    resource(2, "state = '__panic__'");
    assertThat(account().leftOver())
        .extracting(w -> w.subject().uuid())
        .containsExactly(uuid(1), uuid(2));
    assertThat(account().unaccounted()).isEqualTo(2);
  }

  /** The tables refuse no such row, so that no move pays for it. */
  @Test
  void whatContradictsItselfIsLeftOverWhateverItWaitsFor() throws Exception {
    resource(1, "due_at = now() + interval '1 hour', every_s = 30");
    resource(2, "due_at = now() + interval '1 hour', entered = 7");
    resource(3, "due_at = now() + interval '1 hour'");
    task(3, 4, "due_at = now() + interval '1 hour', ended_at = now()");
    task(5, 6, "due_at = now() + interval '1 hour'");
    assertThat(account().leftOver())
        .extracting(w -> w.subject().uuid())
        .containsExactly(uuid(1), uuid(2), uuid(4), uuid(6));
  }

  @Test
  void aResourceThatTimedOutIsExplainedByItsAlarmOnly() throws Exception {
    resource(1, "state = '__timeout__'");
    resource(2, "state = '__timeout__'");
    run(
        """
        insert into alarms (resource_uuid, uuid, subject_uuid, name, type, schema_version, state)
        values ('%s', '%s', '%s', 'timeout', 'x', 1, 'open')
        """
            .formatted(uuid(1), uuid(99), uuid(1)));
    task(2, 21, "due_at = now() + interval '1 hour'");
    assertThat(account().counts()).containsEntry(Reason.PANICKED, 1L);
    assertThat(account().leftOver()).extracting(w -> w.subject().uuid()).containsExactly(uuid(2));
  }

  @Test
  void aResourceWaitsForATaskThatIsExplained() throws Exception {
    resource(1, "state = 'waits for its task'");
    task(1, 11, "due_at = now() + interval '1 hour'");
    assertThat(account().unaccounted()).isZero();
    assertThat(account().counts()).containsEntry(Reason.WAITING, 1L);
  }

  @Test
  void aParentWaitsForAChildThatWaitsForItsTask() throws Exception {
    resource(1, "state = 'waits for its child'");
    resource(2, "parent_uuid = '%s', path = array['%s'::uuid]".formatted(uuid(1), uuid(1)));
    task(2, 21, "deadline_at = now() + interval '1 hour'");
    assertThat(account().unaccounted()).isZero();
  }

  @Test
  void ofAResourceAndItsTaskThatNothingWakesTheTaskIsLeftOver() throws Exception {
    resource(1, "state = 'waits in vain'");
    task(1, 11, "state = 'forgotten'");
    assertThat(account().leftOver()).extracting(w -> w.subject().uuid()).containsExactly(uuid(11));
    assertThat(account().counts()).containsEntry(Reason.WAITING, 1L);
  }

  @Test
  void aResourceWhoseTaskAPersonStoppedIsHeldByThatPerson() throws Exception {
    resource(1, "state = 'watched'");
    task(1, 11, "active = false, state = '__stop__', outcome = 'stopped', ended_at = now()");
    assertThat(account().counts()).containsEntry(Reason.HELD, 1L);
    assertThat(account().unaccounted()).isZero();
  }

  private Accounts.Account account() throws Exception {
    return Launcher.wait(new Liveness(database).account(), SOON);
  }

  private void resource(int n, String change) throws Exception {
    run(
        """
        insert into resources (uuid, label, type, schema_version, state, step)
        values ('%s', 'r%d', 'thing', 1, 'somewhere', 1)
        """
            .formatted(uuid(n), n));
    run("update resources set %s where uuid = '%s'".formatted(change, uuid(n)));
  }

  private void task(int resource, int n, String change) throws Exception {
    run(
        """
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, started_by, cause)
        values ('%s', '%s', 'work', 1, 'thing', 1, 'somewhere', 1, 'me', 'api')
        """
            .formatted(uuid(resource), uuid(n)));
    run("update tasks set %s where uuid = '%s'".formatted(change, uuid(n)));
  }

  private static UUID uuid(int n) {
    return new UUID(0, n);
  }

  private void run(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
