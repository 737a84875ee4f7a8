package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.End;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Interleavings that lost something once. Somebody else's transaction is one over JDBC. */
class TrapsTest {
  private static @Nullable PostgresFixture opened;

  @BeforeAll
  static void open() {
    opened = new PostgresFixture();
  }

  @AfterAll
  static void close() {
    postgres().close();
  }

  private static PostgresFixture postgres() {
    return Objects.requireNonNull(opened);
  }

  private static Connection somebodyElse() throws SQLException {
    DatabaseUrl url = postgres().url();
    Connection connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until a connection of the engine waits for a lock. */
  private static void awaitBlocked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long blocked = 0;
      while (blocked == 0) {
        try (var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and datname = current_database()")) {
          rows.next();
          blocked = rows.getLong(1);
        }
        execute(connection, "select pg_stat_clear_snapshot()");
      }
    }
  }

  private static Future<Committed.Done> starts(ResourceRow root, TaskStart start) {
    return postgres()
        .store()
        .transact(
            root.uuid(),
            family -> {
              OutcomeDraft draft =
                  OutcomeDraft.of(
                      family,
                      root.key(),
                      postgres().operator(),
                      family.resource().machine().updatedAt());
              draft.start(start);
              return draft.build().orElseThrow();
            });
  }

  /** In one statement, the start would see the owner as it was before it waited for its lock. */
  @Test
  void aStartThatWaitedForTheEndOfItsOwnerIsRefused() throws SQLException {
    ResourceRow root = postgres().root();
    try (Connection other = somebodyElse()) {
      execute(
          other,
          "update resources set state = '__stop__', step = 1, version = version + 1,"
              + " active = false, due_at = null, ended_at = now() where uuid = '%s'"
                  .formatted(root.uuid()));
      Future<Committed.Done> start = starts(root, postgres().start(root, "task"));
      awaitBlocked(other);
      other.commit();
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> postgres().get(start));
      assertThat(Objects.requireNonNull(refusal).code()).isEqualTo(Refusal.Code.ENDED);
    }
    assertThat(postgres().runs(root.uuid(), "task")).isEmpty();
  }

  /** And an end, decided while nothing hung off it, sees the task that came meanwhile. */
  @Test
  void anEndThatMeetsAStartIsRefused() throws SQLException {
    ResourceRow root = postgres().root();
    Outcome end = postgres().outcome(root.key(), d -> d.over());
    try (Connection other = somebodyElse()) {
      execute(
          other,
          "select from resources where uuid = '%s' for no key update".formatted(root.uuid()));
      execute(
          other,
          "insert into tasks (resource_uuid, uuid, name, run, type, schema_version, started_by,"
              + " cause) values ('%s', '%s', 'task', 1, 'type', 1, 'resource', 'api')"
                  .formatted(root.uuid(), postgres().uuid()));
      assertThat(postgres().commit(end)).containsExactly(new Committed.Busy());
      other.commit();
    }
    postgres().assertRefused(end, Refusal.Code.OCCUPIED);
    assertThat(postgres().machine(root.key()).active()).isTrue();
  }

  @Test
  void startsAndEndsAtOnceLeaveNoTaskUnderAnEndedOwner() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<ResourceRow> roots = new ArrayList<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ResourceRow root = postgres().root();
      roots.add(root);
      Outcome end = postgres().outcome(root.key(), d -> d.over());
      TaskStart start = postgres().start(root, "task");
      if (random.nextBoolean()) {
        all.add(starts(root, start).otherwiseEmpty());
        all.add(postgres().store().commit(List.of(end)));
      } else {
        all.add(postgres().store().commit(List.of(end)));
        all.add(starts(root, start).otherwiseEmpty());
      }
    }
    postgres().get(Future.all(all));
    for (ResourceRow root : roots) {
      Family family = postgres().family(root.uuid());
      assertThat(family.resource().machine().active() || family.tasks().isEmpty())
          .as("seed %d: %s", seed, family)
          .isTrue();
    }
  }

  /** What somebody else holds joins a later group; the others of the group land. */
  @Test
  void whatAnOperatorHoldsIsLeftOutOfAGroup() throws SQLException {
    ResourceRow a = postgres().root();
    ResourceRow b = postgres().root();
    SubjectKey ofA = postgres().running(a, "task", false);
    SubjectKey ofB = postgres().running(b, "task", false);
    Outcome endOfA = postgres().outcome(ofA, d -> d.ends(End.FINISHED, false));
    Outcome endOfB = postgres().outcome(ofB, d -> d.ends(End.FINISHED, false));
    try (Connection other = somebodyElse()) {
      execute(other, "update resources set priority = 4 where uuid = '%s'".formatted(a.uuid()));
      List<Committed> answers = postgres().commit(endOfA, endOfB);
      assertThat(answers.get(0)).isInstanceOf(Committed.Busy.class);
      assertThat(answers.get(1)).isInstanceOf(Committed.Done.class);
      other.rollback();
    }
    postgres().done(endOfA);
  }

  /** What is to be judged of a resource that somebody holds is not left out: the move waits too. */
  @Test
  void aMoveIsNotCommittedWithoutWhatFollowsIt() throws SQLException {
    ResourceRow root = postgres().root();
    SubjectKey task = postgres().running(root, "task", false);
    Outcome move = postgres().outcome(task, d -> d.enter("second", null, false));
    Outcome then = postgres().outcome(root.key(), d -> d.wake(dev.toygun.store.Wake.RESOURCE));
    try (Connection other = somebodyElse()) {
      execute(other, "update resources set priority = 4 where uuid = '%s'".formatted(root.uuid()));
      assertThat(postgres().commit(move.then(then))).containsExactly(new Committed.Busy());
      other.rollback();
    }
    assertThat(postgres().machine(task).state()).isNotEqualTo("second");
  }

  /** A plain group waits at most as long as a lock is worth waiting for. */
  @Test
  void aPlainGroupLeavesOutWhatIsHeldTooLong() throws SQLException {
    SubjectKey a = postgres().running(postgres().root(), "task", false);
    SubjectKey b = postgres().running(postgres().root(), "task", false);
    Outcome ofA = postgres().outcome(a, d -> d.enter("second", null, false));
    Outcome ofB = postgres().outcome(b, d -> d.enter("second", null, false));
    try (Connection other = somebodyElse()) {
      execute(other, "update tasks set priority = 4 where uuid = '%s'".formatted(a.uuid()));
      List<Committed> answers = postgres().commit(ofA, ofB);
      assertThat(answers.get(0)).isInstanceOf(Committed.Busy.class);
      assertThat(answers.get(1)).isInstanceOf(Committed.Done.class);
      other.rollback();
    }
    postgres().done(ofA);
  }

  /** Rows are locked in the order of their keys, whatever order the group has. */
  @Test
  void groupsThatShareTheirRowsDoNotDeadlock() {
    long seed = System.nanoTime();
    List<SubjectKey> keys = new ArrayList<>();
    for (int r = 0; r < 5; r++) {
      ResourceRow root = postgres().root();
      for (int t = 0; t < 6; t++) {
        keys.add(postgres().running(root, "task" + t, false));
      }
    }
    long before = deadlocks();
    Random random = new Random(seed);
    int landed = 0;
    for (int round = 0; round < 40; round++) {
      List<UUID> resources = keys.stream().map(SubjectKey::resource).distinct().toList();
      List<Family> families =
          postgres().get(postgres().store().load(resources, Work.Sees.ITSELF)).families();
      List<Outcome> moves =
          keys.stream().map(key -> moves(families, key)).collect(Collectors.toList());
      List<Future<List<Committed>>> groups = new ArrayList<>();
      for (int g = 0; g < 4; g++) {
        Collections.shuffle(moves, random);
        groups.add(postgres().store().commit(List.copyOf(moves)));
      }
      postgres().get(Future.all(groups));
      for (Future<List<Committed>> group : groups) {
        landed += (int) group.result().stream().filter(c -> c instanceof Committed.Done).count();
      }
    }
    assertThat(landed).as("seed %d", seed).isEqualTo(40 * keys.size());
    assertThat(deadlocks()).as("seed %d", seed).isEqualTo(before);
    for (SubjectKey key : keys) {
      assertThat(postgres().moves(key)).as("seed %d", seed).hasSize(41);
    }
  }

  private static Outcome moves(List<Family> families, SubjectKey key) {
    Family family =
        families.stream()
            .filter(f -> f.resource().uuid().equals(key.resource()))
            .findFirst()
            .orElseThrow();
    OutcomeDraft draft =
        OutcomeDraft.of(family, key, postgres().tick(), family.resource().machine().createdAt());
    draft.enter("again", null, false);
    return draft.build().orElseThrow();
  }

  private static long deadlocks() {
    return Rows.big(
        postgres()
            .rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            .get(0),
        0);
  }

  /** An operator's bulk write locks in an order of its own: it may break a group off. */
  @Test
  void aBulkWriteInAnotherOrderLosesNoOutcome() throws Exception {
    List<SubjectKey> keys = new ArrayList<>();
    ResourceRow root = postgres().root();
    for (int t = 0; t < 20; t++) {
      keys.add(postgres().running(root, "task" + t, false));
    }
    Thread bulk =
        new Thread(
            () -> {
              try (Connection other = somebodyElse()) {
                for (int round = 0; round < 30; round++) {
                  for (int i = keys.size() - 1; i >= 0; i--) {
                    execute(
                        other,
                        "update tasks set priority = %d where uuid = '%s'"
                            .formatted(round % 10, keys.get(i).uuid()));
                  }
                  other.commit();
                }
              } catch (SQLException e) {
                // Broken off for the deadlock, as an operator's write may be.
                assertThat(e.getSQLState()).isEqualTo("40P01");
              }
            });
    bulk.start();
    Map<SubjectKey, Integer> left = new HashMap<>();
    keys.forEach(key -> left.put(key, 15));
    while (!left.isEmpty()) {
      List<Family> families = List.of(postgres().family(root.uuid()));
      List<SubjectKey> moving = List.copyOf(left.keySet());
      List<Outcome> group = moving.stream().map(key -> moves(families, key)).toList();
      List<Committed> answers = postgres().get(postgres().store().commit(group));
      for (int i = 0; i < moving.size(); i++) {
        // Held by the operator just now, it comes again; but it is never lost, and never fenced.
        assertThat(answers.get(i)).isNotInstanceOf(Committed.Fenced.class);
        if (answers.get(i) instanceof Committed.Done) {
          left.computeIfPresent(moving.get(i), (key, n) -> n == 1 ? null : n - 1);
        }
      }
    }
    bulk.join(60_000);
    for (SubjectKey key : keys) {
      assertThat(postgres().moves(key)).hasSize(16);
    }
  }
}
