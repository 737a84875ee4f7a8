package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A start in whose way nothing stands is one statement, and comes to what a judged one does. */
class StartsTest {
  private static final By BY = By.operator("key:test");

  private static final String TASK =
      """
      SELECT (to_jsonb(t) - '{uuid,resource_uuid,type,created_at,updated_at,due_at}'::text[])::text
             || (due_at <= now())
        FROM tasks t WHERE resource_uuid = $1 AND active
      """;

  private static final String OWNER =
      """
      SELECT (to_jsonb(r) - '{uuid,type,label,created_at,updated_at,due_at}'::text[])::text
             || (due_at <= now())
        FROM resources r WHERE uuid = $1
      """;

  private static Optional<Begun> begin(
      PostgresFixture postgres, ResourceRow resource, String name) {
    PlainStart start = PlainStart.of(resource.uuid(), postgres.start(resource, name));
    return postgres.get(postgres.store().begin(start, Cause.OPERATOR));
  }

  private static Operations operations(PostgresFixture postgres, List<Committed.Woken> announced) {
    return new Operations(
        postgres.store(),
        (woken, cause, trace) -> announced.addAll(woken),
        new dev.toygun.time.SystemTime(postgres.vertx()),
        "test",
        "test");
  }

  private static String text(PostgresFixture postgres, String sql, UUID resource) {
    return Rows.text(postgres.rows(sql, resource).get(0), 0);
  }

  private static boolean isThere(PostgresFixture postgres, ResourceRow resource, String name) {
    return !postgres
        .rows("SELECT FROM tasks WHERE resource_uuid = $1 AND name = $2", resource.uuid(), name)
        .isEmpty();
  }

  @Test
  void itWritesAndAnnouncesWhatAJudgedOneDoes() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      for (boolean again : new boolean[] {false, true}) {
        ResourceRow plain = postgres.root();
        ResourceRow judged = postgres.root();
        for (ResourceRow resource : List.of(plain, judged)) {
          postgres.settle(resource);
          if (again) {
            postgres.ended(resource, "task", End.STOPPED);
          }
        }
        Begun begun = begin(postgres, plain, "task").orElseThrow();
        postgres.done(
            postgres.outcome(
                judged.key(),
                postgres.operator(),
                d -> {
                  d.start(postgres.start(judged, "task"));
                  d.wake(Wake.RESOURCE);
                }));
        assertThat(text(postgres, TASK, plain.uuid()))
            .contains(again ? "\"run\": 2" : "\"run\": 1")
            .isEqualTo(text(postgres, TASK, judged.uuid()));
        assertThat(text(postgres, OWNER, plain.uuid()))
            .isEqualTo(text(postgres, OWNER, judged.uuid()));
        TaskRow run = postgres.family(plain.uuid()).task("task").orElseThrow();
        assertThat(begun.run()).isEqualTo(run);
        assertThat(begun.due())
            .containsExactly(
                new Committed.Woken(run.key(), plain.machine().list()),
                new Committed.Woken(plain.key(), plain.machine().list()));
      }
    }
  }

  @Test
  void whatStandsInTheWayIsLeftToAJudgement() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow active = postgres.root();
      SubjectKey run = postgres.running(active, "task", false);
      ResourceRow waited = postgres.root();
      SubjectKey waiter = postgres.running(waited, "waiter", true);
      postgres.settle(waited);
      postgres.rest(waiter);
      ResourceRow watched = postgres.root();
      SubjectKey watch = postgres.running(watched, "watch", false);
      postgres.done(watch, d -> d.polls(60));
      ResourceRow gone = postgres.root();
      postgres.done(gone.key(), OutcomeDraft::over);
      ResourceRow going = postgres.root();
      postgres.done(going.key(), d -> d.deleting(Deleting.ASKED));
      ResourceRow abandoned = postgres.root();
      postgres.get(
          postgres
              .store()
              .abandon(
                  new Abandonment(postgres.uuid(), abandoned.uuid(), OptionalLong.empty(), "lost"),
                  postgres.operator()));
      for (ResourceRow resource : List.of(active, waited, watched, gone, going, abandoned)) {
        long wakes = postgres.machine(resource.key()).wakes();
        assertThat(begin(postgres, resource, "task")).isEmpty();
        assertThat(postgres.machine(resource.key()).wakes()).isEqualTo(wakes);
      }
      assertThat(isThere(postgres, gone, "task")).isFalse();

      List<Committed.Woken> announced = new ArrayList<>();
      Operations operations = operations(postgres, announced);
      assertThat(postgres.get(operations.start(active.uuid(), postgres.start(active, "task"), BY)))
          .isEqualTo(new Operations.Started(run.uuid(), true));
      announced.clear();
      postgres.get(operations.start(waited.uuid(), postgres.start(waited, "task"), BY));
      assertThat(announced).extracting(Committed.Woken::key).contains(waiter);
      long told = postgres.machine(watch).wakes();
      postgres.get(operations.start(watched.uuid(), postgres.start(watched, "task"), BY));
      assertThat(postgres.machine(watch).wakes()).isNotEqualTo(told);
      assertRefused(operations, postgres, gone, Refusal.Code.ENDED);
      assertRefused(operations, postgres, going, Refusal.Code.DELETING);
      assertRefused(operations, postgres, abandoned, Refusal.Code.DELETING);
    }
  }

  private static void assertRefused(
      Operations operations, PostgresFixture postgres, ResourceRow resource, Refusal.Code code) {
    Future<Operations.Started> start =
        operations.start(resource.uuid(), postgres.start(resource, "task"), BY);
    postgres.get(start.otherwiseEmpty());
    assertThat(start.cause()).isInstanceOf(Refusal.class);
    assertThat(((Refusal) start.cause()).code()).isEqualTo(code);
    assertThat(isThere(postgres, resource, "task")).isFalse();
  }

  @Test
  void whatSomebodyElseHasLockedKeepsNobodyElseWaiting() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow locked = postgres.root();
      ResourceRow free = postgres.root();
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute(
            "select from resources where uuid = '%s' for update".formatted(locked.uuid()));
        assertThat(begin(postgres, locked, "task")).isEmpty();
        assertThat(begin(postgres, free, "task")).isPresent();
        other.rollback();
      }
    }
  }

  @Test
  void aRunThatSomebodyElseHasBegunMeanwhileIsNotBegunAgain() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow resource = postgres.root();
      try (OtherClient other = new OtherClient(postgres)) {
        // It is there, and no lock of its resource is held: its index is what stands in the way.
        other.execute(
            """
            insert into tasks (resource_uuid, uuid, name, run, type, schema_version, started_by, cause)
            values ('%s', '%s', 'task', 1, 'a', 1, 'test', 'api')
            """
                .formatted(resource.uuid(), postgres.uuid()));
        Future<Optional<Begun>> begun =
            postgres
                .store()
                .begin(
                    PlainStart.of(resource.uuid(), postgres.start(resource, "task")),
                    Cause.OPERATOR);
        other.awaitBlocked();
        other.commit();
        assertThat(postgres.get(begun)).isEmpty();
        assertThat(postgres.history().runs(resource.uuid(), "task")).hasSize(1);
        assertThat(postgres.machine(resource.key()).wakes()).isEqualTo(resource.machine().wakes());
      }
    }
  }

  @Test
  void ofAGroupThatTheDatabaseRefusesEachIsToldItsOwn() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow good = postgres.root();
      ResourceRow bad = postgres.root();
      Operations operations = operations(postgres, new ArrayList<>());
      TaskStart fine = postgres.start(good, "task");
      TaskStart broken =
          new TaskStart(
              postgres.uuid(), "task", false, false, "no json", "{}", bad.machine().list(), "test");
      List<Future<Operations.Started>> starts = new ArrayList<>();
      // The first two leave at once, each alone; what comes meanwhile goes together.
      for (int i = 0; i < 2; i++) {
        ResourceRow first = postgres.root();
        starts.add(operations.start(first.uuid(), postgres.start(first, "task"), BY));
      }
      Future<Operations.Started> refused = operations.start(bad.uuid(), broken, BY);
      starts.add(operations.start(good.uuid(), fine, BY));
      postgres.get(Future.join(Future.all(starts), refused.otherwiseEmpty()));
      assertThat(refused.failed()).isTrue();
      assertThat(starts).allMatch(Future::succeeded);
      assertThat(Set.of(isThere(postgres, good, "task"), isThere(postgres, bad, "task")))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // A caller's mistake is what is looked at.
  void whatCannotBeSentKeepsNobodyWaiting() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow resource = postgres.root();
      PlainStart start = PlainStart.of(resource.uuid(), postgres.start(resource, "task"));
      for (int i = 0; i < 3; i++) {
        Future<?> broken = postgres.store().begin(start, null);
        postgres.get(broken.otherwiseEmpty());
        assertThat(broken.cause()).isInstanceOf(NullPointerException.class);
      }
      assertThat(begin(postgres, resource, "task")).isPresent();
    }
  }

  private static PlainStart blind(
      PostgresFixture postgres, ResourceRow resource, String type, int version, String target) {
    return new PlainStart(
        resource.uuid(),
        postgres.uuid(),
        "task",
        type,
        version,
        null,
        null,
        "{}",
        "{}",
        "key:test",
        new Audit.Entry(
            "key:test", null, "a", resource.uuid(), null, target, true, 202, "", "", null, "{}"));
  }

  @Test
  void whoHasNotLookedAtTheResourceSaysItsTypeAndVersionAndTakesItsList() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow resource = postgres.root();
      ListName own = resource.machine().list();
      PostgresServer.execute(
          postgres.url(),
          "update resources set queue = 'slow', priority = 7 where uuid = '%s'"
              .formatted(resource.uuid()));
      PlainStart other = blind(postgres, resource, "another", own.version(), "none");
      PlainStart older = blind(postgres, resource, own.type(), own.version() + 1, "none");
      for (PlainStart start : List.of(other, older)) {
        assertThat(postgres.get(postgres.store().begin(start, Cause.API))).isEmpty();
      }
      PlainStart right = blind(postgres, resource, own.type(), own.version(), "one");
      Begun begun = postgres.get(postgres.store().begin(right, Cause.API)).orElseThrow();
      ListName slow = new ListName("slow", own.type(), own.version(), 7);
      assertThat(begun.due()).extracting(Committed.Woken::list).containsExactly(slow, slow);
      assertThat(begun.run()).isEqualTo(postgres.family(resource.uuid()).tasks().get(0));
      assertThat(postgres.rows("SELECT target FROM audit")).hasSize(1);
      assertThat(postgres.get(postgres.store().begin(right, Cause.API))).isEmpty();
      assertThat(postgres.rows("SELECT target FROM audit")).hasSize(1);
    }
  }
}
