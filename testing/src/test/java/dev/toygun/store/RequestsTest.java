package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.time.SystemTime;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Requests of many operators at once are committed in groups, and each is judged by itself. */
class RequestsTest {
  private static Operations operations(PostgresFixture postgres) {
    return new Operations(
        postgres.store(),
        (woken, cause, trace) -> {},
        new SystemTime(postgres.vertx()),
        "test",
        "test");
  }

  /** One that is judged on what is locked, as an ensure always is. */
  private static Future<Operations.Started> start(
      PostgresFixture postgres, ResourceRow resource, String name) {
    return operations(postgres)
        .start(resource.uuid(), postgres.ensure(resource, name), By.operator("key:test"));
  }

  @Test
  void ofThoseThatComeTogetherMostAreOneCommit() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      List<ResourceRow> resources = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        resources.add(postgres.root());
      }
      List<Future<Operations.Started>> starts = new ArrayList<>();
      resources.forEach(resource -> starts.add(start(postgres, resource, "task")));
      postgres.get(Future.all(starts));
      long commits =
          Rows.big(
              postgres.rows("SELECT count(DISTINCT xmin::text) FROM tasks WHERE active").get(0), 0);
      assertThat(commits).isLessThan(50);
      assertThat(postgres.rows("SELECT FROM tasks WHERE active")).hasSize(100);
    }
  }

  @Test
  void manyOfOneTaskBeginOneRun() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow resource = postgres.root();
      List<Future<Operations.Started>> starts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        starts.add(start(postgres, resource, "task"));
      }
      postgres.get(Future.all(starts));
      Set<UUID> runs = new HashSet<>();
      starts.forEach(started -> runs.add(started.result().task()));
      assertThat(runs).hasSize(1);
      assertThat(starts).filteredOn(started -> !started.result().alreadyRunning()).hasSize(1);
    }
  }

  @Test
  void oneThatIsRefusedRefusesNobodyElse() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      List<Future<Operations.Started>> good = new ArrayList<>();
      List<Future<Operations.Started>> bad = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ResourceRow resource = postgres.root();
        ResourceRow gone = postgres.root();
        postgres.done(gone.key(), OutcomeDraft::over);
        good.add(start(postgres, resource, "task"));
        bad.add(start(postgres, gone, "task"));
      }
      postgres.get(Future.join(Future.join(good), Future.join(bad).otherwiseEmpty()));
      assertThat(good).allMatch(Future::succeeded);
      assertThat(bad)
          .allMatch(
              refused ->
                  refused.cause() instanceof Refusal refusal
                      && refusal.code() == Refusal.Code.ENDED);
    }
  }

  @Test
  void oneThatIsBrokenOffForADeadlockIsCarriedOutAllTheSame() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow root = postgres.root();
      SubjectKey task = postgres.running(root, "running", false);
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute("set local deadlock_timeout = '30s'");
        other.execute("select from tasks where uuid = '%s' for update".formatted(task.uuid()));
        Future<Operations.Started> start = start(postgres, root, "task");
        other.awaitBlocked();
        // From now on each waits for the other; the server breaks off the request.
        other.execute("select from resources where uuid = '%s' for update".formatted(root.uuid()));
        other.rollback();
        assertThat(postgres.get(start).alreadyRunning()).isFalse();
      }
    }
  }

  @Test
  void whatWaitsToBeSentIsBoundedInNumberAndInTime() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      DatabaseUrl url = postgres.url();
      DatabaseSettings hasty =
          new DatabaseSettings("test", 4, 1000, java.time.Duration.ofMillis(1_500));
      PgStore store = PgStore.connect(postgres.vertx(), url, hasty);
      ResourceRow root = postgres.root();
      List<Future<Committed.Done>> asked = new ArrayList<>();
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute("lock table resources in access exclusive mode");
        for (int i = 0; i < 1_003; i++) {
          asked.add(store.transact(postgres.uuid(), family -> nothing(root)));
        }
        Future<Committed.Done> last = asked.get(1_002);
        assertThat(last.failed()).as("two are under way, a thousand wait").isTrue();
        assertThat(last.cause()).isInstanceOf(NotSent.class).hasMessageContaining("1000");
        assertThat(asked.get(1_001).isComplete()).isFalse();
        postgres.get(Future.join(asked).otherwiseEmpty());
      }
      assertThat(asked).allMatch(Future::failed);
      assertThat(asked.subList(2, 1_003))
          .filteredOn(one -> one.cause() instanceof NotSent)
          .as("those that were not sent in time were not sent at all")
          .hasSizeGreaterThan(700);
      assertThat(postgres.get(store.transact(root.uuid(), family -> nothing(family.resource()))))
          .isNotNull();
      postgres.get(store.close());
    }
  }

  private static Outcome nothing(ResourceRow resource) {
    return Outcome.nothing(
        resource,
        new Stamp(Cause.OPERATOR, "key:test", "test", "test", null, null, Stamp.Delays.NONE));
  }

  @Test
  void oneThatWaitsForALockKeepsNobodyWaiting() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow locked = postgres.root();
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute(
            "select from resources where uuid = '%s' for update".formatted(locked.uuid()));
        Future<Operations.Started> waits = start(postgres, locked, "task");
        for (int i = 0; i < 20; i++) {
          postgres.get(start(postgres, postgres.root(), "task"));
        }
        assertThat(waits.isComplete()).isFalse();
        other.rollback();
        assertThat(postgres.get(waits).alreadyRunning()).isFalse();
      }
    }
  }
}
