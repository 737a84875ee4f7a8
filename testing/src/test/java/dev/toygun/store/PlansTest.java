package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Period;
import io.vertx.sqlclient.Row;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the hot statements are carried out, on few rows and on many. */
class PlansTest {
  /** Statements that meet rows which are there already. */
  private static final List<String> HOT =
      List.of(
          "DueSql.RESOURCES",
          "DueSql.TASKS",
          "DueSql.POLLED_RESOURCES",
          "DueSql.POLLED_TASKS",
          "DueSql.WAKE_RESTING",
          "GroupSql.WRITE_RESOURCES",
          "GroupSql.WAKE_RESOURCES",
          "GroupSql.WRITE_TASKS",
          "GroupSql.WAKE_TASKS",
          "HistorySql.CONSUME",
          "LoadSql.FAMILIES",
          "LoadSql.RESOURCES",
          "LockSql.RESOURCES",
          "LockSql.TASKS",
          "LockSql.LATEST",
          "LockSql.TWINS",
          "RelistSql.RELIST",
          "RelistSql.RELIST_TASKS",
          "MoveSql.MOVE",
          "MoveSql.MOVE_ONE",
          "MoveSql.MOVE_UNNOTED",
          "MoveSql.MOVE_UNNOTED_ONE",
          "MoveSql.MOVE_LATER",
          "MoveSql.MOVE_LATER_ONE",
          "EndSql.END",
          "EndSql.END_ONE",
          "EndSql.END_LATER",
          "EndSql.END_LATER_ONE",
          "StartSql.START",
          "StartSql.START_ONE",
          "StartSql.START_UNASKED",
          "StartSql.START_UNASKED_ONE");

  @Test
  void onNewTablesEveryHotStatementGoesByAnIndex() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      HOT.forEach(name -> Plan.kept(postgres, name).goesByIndex());
    }
  }

  @Test
  void onTwoHundredRowsEveryHotStatementGoesByAnIndex() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Fleet.fill(postgres, 10);
      HOT.forEach(name -> Plan.kept(postgres, name).goesByIndex());
    }
  }

  /** The trap: what a planner keeps that was not told to go by the index. */
  @Test
  void withoutTheEnginesSettingsAPlanOfASmallTableReadsAllOfIt() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Fleet.fill(postgres, 10);
      DatabaseUrl url = postgres.url();
      try (Connection plain =
              DriverManager.getConnection(
                  url.jdbc() + "&preferQueryMode=simple", url.user(), url.password());
          Statement statement = plain.createStatement()) {
        statement.execute(Plan.generic(MoveSql.MOVE));
        while (statement.getResultSet() == null) {
          statement.getMoreResults();
        }
        ResultSet plan = statement.getResultSet();
        StringBuilder text = new StringBuilder();
        while (plan.next()) {
          text.append(plan.getString(1)).append('\n');
        }
        assertThat(text.toString()).contains("Hash Join").contains("Seq Scan");
      }
    }
  }

  @Test
  void aPlanGrownFromAnEmptyTableIsNotKeptForLong() {
    // One connection, so that its plans and its counts are the ones that are looked at.
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      ResourceRow root = postgres.root();
      SubjectKey task = postgres.running(root, "task", false);
      // Known to have one row, which is worse than new: then the planner guesses that there are
      // more.
      postgres.execute("alter table tasks set (autovacuum_enabled = off)");
      postgres.execute("analyze tasks");
      for (int i = 0; i < 10; i++) {
        move(postgres, task);
      }
      for (int i = 0; i < 20; i++) {
        ResourceRow other = postgres.root();
        postgres.done(
            other.key(),
            d -> {
              for (int t = 0; t < 50; t++) {
                d.start(postgres.start(other, "task" + t));
              }
            });
      }
      assertThat(tuplesOfAMove(postgres, task))
          .as("the plan of a table of one row reads all of it")
          .isGreaterThan(900);
      for (int i = 0; i < 150; i++) {
        move(postgres, task);
      }
      assertThat(tuplesOfAMove(postgres, task)).isLessThan(50);
    }
  }

  /**
   * The trap: at a quiet hour nothing was active, the table was analysed, and then much was
   * started. An index of what is active was taken for empty, and each look at a resource read all
   * of it.
   */
  @Test
  void afterAnAnalyzeThatSawNothingActiveALookAtAResourceIsStillALookAtOne() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 1_000);
      postgres.execute(
          "create table kept as select uuid, active, due_at, every_s, bucket from tasks");
      postgres.execute(
          """
          update tasks set active = false, state = '__stop__', ended_at = now(), due_at = null,
                           every_s = null, bucket = null;
          """);
      postgres.execute("vacuum analyze tasks");
      postgres.execute(
          """
          update tasks set active = true, state = 'watch', ended_at = null, due_at = now()
            from kept where kept.uuid = tasks.uuid and kept.active;
          """);
      UUID one = Fleet.resource(500);
      UUID[] none = {};
      UUID[] ones = {one};
      Plan.ran(postgres, "LockSql.WAITED_TASKS", (Object) ones).looksAt(60);
      Plan.ran(postgres, "LockSql.ACTIVE", (Object) ones).looksAt(60);
      Plan.ran(postgres, "LockSql.TASKS", none, none, ones, new String[] {"task1"}, ones)
          .looksAt(60);
      Plan.ran(postgres, "LoadSql.FAMILIES", (Object) ones).looksAt(200);
      Plan.ran(postgres, "GroupSql.LIFT", ones, new Integer[] {2}).looksAt(400);
    }
  }

  private static void move(PostgresFixture postgres, SubjectKey task) {
    postgres.done(task, d -> d.enter("again", null, false));
  }

  private static long tuplesOfAMove(PostgresFixture postgres, SubjectKey task) {
    long before = tuplesRead(postgres);
    move(postgres, task);
    return tuplesRead(postgres) - before;
  }

  private static long tuplesRead(PostgresFixture postgres) {
    postgres.flushStatistics();
    return Rows.big(
        postgres
            .rows(
                """
                SELECT (idx_tup_fetch + seq_tup_read)::bigint
                  FROM pg_stat_user_tables WHERE relname = 'tasks'
                """)
            .get(0),
        0);
  }

  @Test
  void onAMillionRowsTheHotStatementsLookAtWhatTheyAreAskedFor() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 50_000);
      HOT.forEach(name -> Plan.kept(postgres, name).goesByIndex());

      ListName list = Fleet.LIST;
      UUID first = new UUID(0, 0);
      long ahead = 1_500_000;
      Plan.ran(postgres, "DueSql.TASKS", "default", "fleet", 1, 5, null, null, ahead, 100L)
          .goesByIndex()
          .uses("using tasks_due")
          .looksAt(250);
      Plan.ran(postgres, "DueSql.POLLED_TASKS", "default", "fleet", 1, 5, 60, 7, first, 7, 10_000L)
          .goesByIndex()
          .uses("Index Only Scan using tasks_polled")
          .uses("Heap Fetches: 0")
          .looksAt(200);
      Plan.ran(postgres, "DueSql.WAKE_RESTING", "default", "fleet", 1, 5, first, 100L)
          .goesByIndex()
          .uses("using resources_list")
          .looksAt(100 * 40);
      Plan.ran(postgres, "DueSql.WAKE_RESTING", "default", "fleet", 1, 5, first, 100L)
          .uses("using resources_list")
          .looksAt(220);
      Plan.ran(postgres, "RelistSql.RELIST", "default", "fleet", 1, 5, first, 20L, "default", 5)
          .goesByIndex()
          .uses("using resources_list")
          .looksAt(20 * 60);
      Plan.ran(postgres, "RelistSql.RELIST_TASKS", "default", "fleet", 1, 5, 20L, "default", 5)
          .goesByIndex()
          .uses("using tasks_due")
          .looksAt(20 * 100);
      postgres.execute(
          """
          insert into resource_dues (uuid, queue, type, schema_version, priority, due_at)
          select uuid, queue, type, schema_version, priority, now() - interval '16 s' from resources
           where type = 'fleet'
              on conflict do nothing
          """);
      postgres.execute("vacuum analyze resource_dues");
      Plan.ran(postgres, "DueSql.RESOURCES", "default", "fleet", 1, 5, null, null, ahead, 100L)
          .goesByIndex()
          .uses("Index Only Scan using resource_dues_order")
          .looksAt(20);
      Plan.ran(postgres, "UnheldSql.RESOURCES", "default", "fleet", 1, 5, null, null, ahead, 100L)
          .uses("using resource_dues_order")
          .looksAt(100 * 6);
      Plan.ran(postgres, "WatchSql.OVERDUE_RESOURCES")
          .uses("using resource_dues_order")
          .looksAt(60);
      Plan.ran(postgres, "DueSql.TASK_LISTS").goesByIndex().looksAt(40);
      Plan.ran(postgres, "DueSql.TASK_PERIODS").goesByIndex().looksAt(40);
      Plan.ran(postgres, "WatchSql.POLLED").uses("using tasks_polled").looksAt(80);

      UUID[] batch = new UUID[64];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = Fleet.resource(1 + i * 700);
      }
      Plan.ran(postgres, "LoadSql.RESOURCES", (Object) batch).goesByIndex().looksAt(64 * 5);
      // The resource, and ten names of twenty runs, with a probe for each name and a look at its
      // row.
      Plan.ran(postgres, "LoadSql.FAMILIES", (Object) batch)
          .goesByIndex()
          .uses("Tid Scan on tasks")
          .looksAt(64 * (5 + 11 * 5 + 10));
      String[] types = new String[batch.length];
      String[] labels = new String[batch.length];
      Arrays.fill(types, "fleet");
      Arrays.fill(labels, "db");
      Plan.ran(postgres, "LockSql.TWINS", batch, types, labels)
          .goesByIndex()
          .uses("resources_label")
          .looksAt(64 * 6);

      assertThat(postgres.get(postgres.store().due(Kind.TASK, list, null, Duration.ZERO, 1000)))
          .hasSize(500);
      assertThat(postgres.get(postgres.store().lists())).containsExactly(list);
      assertThat(postgres.get(postgres.store().periods(Kind.TASK)))
          .containsExactly(new Period(list, 60));
      assertThat(
              postgres.get(
                  postgres.store().polled(Kind.TASK, new Period(list, 60), 0, 59, null, 1_000_000)))
          .hasSize(300_000);
      assertThat(postgres.family(Fleet.resource(7)).tasks()).hasSize(10);

      movesAreHot(postgres);
    }
  }

  /** A task that goes on is due all the time, so its entry of the index of what is due stays. */
  private static void movesAreHot(PostgresFixture postgres) {
    moves(postgres, 1);
    Row before = updates(postgres);
    moves(postgres, 3);
    Row after = updates(postgres);
    long all = Rows.big(after, 0) - Rows.big(before, 0);
    long hot = Rows.big(after, 1) - Rows.big(before, 1);
    assertThat(all).isEqualTo(6_000);
    assertThat((double) hot / all).isGreaterThan(0.9);
  }

  private static Row updates(PostgresFixture postgres) {
    postgres.flushStatistics();
    return postgres
        .rows("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'tasks'")
        .get(0);
  }

  private static void moves(PostgresFixture postgres, int rounds) {
    Instant now = postgres.now();
    for (int round = 0; round < rounds; round++) {
      for (int first = 1; first <= 2_000; first += 400) {
        List<UUID> resources = new ArrayList<>();
        for (int n = first; n < first + 400; n++) {
          resources.add(Fleet.resource(n * 20));
        }
        List<Outcome> group = new ArrayList<>();
        for (Family family :
            postgres.get(postgres.store().load(resources, Work.Sees.ITSELF)).families()) {
          SubjectKey key = family.task("task9").orElseThrow().key();
          OutcomeDraft draft = OutcomeDraft.of(family, key, postgres.tick(), now);
          draft.enter("next", null, false);
          group.add(draft.build().orElseThrow());
        }
        assertThat(postgres.commit(group.toArray(new Outcome[0])))
            .hasSize(400)
            .allMatch(c -> c instanceof Committed.Done);
      }
    }
  }
}
