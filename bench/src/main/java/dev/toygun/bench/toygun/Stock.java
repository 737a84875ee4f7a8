package dev.toygun.bench.toygun;

import dev.toygun.TaskName;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import dev.toygun.store.Committed;
import dev.toygun.store.SubjectKey;
import java.io.IOException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The resources of a Toygun, and what is known of their tasks. A resource is parked in a queue that
 * nobody takes from, or served in the one that the worker takes from.
 */
final class Stock {
  static final String PARKED = "parked";
  static final String SERVED = "default";

  private static final String INSERT =
      """
      insert into resources (uuid, label, queue, type, schema_version, priority, state, due_at)
      select uuid, 'r-' || uuid, ?, ?, 1, 5, '__new__', now() from unnest(?) as i (uuid)
      """;

  /** Nothing takes longer. */
  static final Duration MOST = Duration.ofMinutes(10);

  /* A look takes the server up to a millisecond, beside what is measured. */
  private static final long LOOK_MS = 20;

  private final Fleet fleet;
  private final Starts starts;
  private final List<UUID> resources = new ArrayList<>();

  Stock(Fleet fleet, Starts starts) {
    this.fleet = fleet;
    this.starts = starts;
  }

  /** So many resources, all of them at rest, and nobody at work on any. */
  List<UUID> resources(int many) throws Exception {
    runOff();
    if (resources.size() < many) {
      resources.addAll(add(BenchTypes.TYPE, many - resources.size()));
    }
    return List.copyOf(resources.subList(0, many));
  }

  /** Makes so many more of a type, and waits until all are at rest. */
  List<UUID> add(String type, int many) throws Exception {
    List<UUID> made = new ArrayList<>();
    while (made.size() < many) {
      made.add(fleet.ground().time().uuid());
    }
    try (PreparedStatement insert = sql().connection().prepareStatement(INSERT)) {
      insert.setString(1, SERVED);
      insert.setString(2, type);
      insert.setArray(3, sql().connection().createArrayOf("uuid", made.toArray()));
      insert.executeUpdate();
    }
    atRest();
    return made;
  }

  /** Serves what was parked, and has it run to its end. */
  void runOff() throws Exception {
    serve();
    if (sql().number("select exists (select from tasks where active and due_at is not null)::int")
        == 1) {
      Launcher.wait(starts.announce(dueNow(), fleet.ground().time().now()), MOST);
      await("select exists (select from tasks where active)::int");
    }
    atRest();
  }

  /*
   * A worker that has a resource in hand loads all of its tasks: it would run one that is parked,
   * too. So nobody may have one in hand when tasks are started that are to wait.
   */
  private void atRest() throws Exception {
    await("select exists (select from resources where due_at is not null)::int");
    long until = System.nanoTime() + MOST.toNanos();
    while (fleet.inHand() && System.nanoTime() < until) {
      Thread.sleep(LOOK_MS);
    }
  }

  /* A clock moves rows to the queue that their type names, once a worker takes it from there. */
  private static final String AT_HOME_WHERE_IT_IS_PARKED =
      """
      update resource_types set definition = jsonb_set(definition, '{queue}', '"parked"')
      """;

  /** From here on nobody takes what becomes due of any resource. */
  void park() throws SQLException {
    sql().run(AT_HOME_WHERE_IT_IS_PARKED);
    move("resources", SERVED, PARKED);
  }

  /** From here on it is taken, once somebody is told of it. */
  void serve() throws SQLException {
    move("resources", PARKED, SERVED);
    move("tasks", PARKED, SERVED);
  }

  private void move(String table, String from, String to) throws SQLException {
    sql().run("update %s set queue = '%s' where queue = '%s'".formatted(table, to, from));
  }

  /** Tidies the tables, as those of every peer are. */
  void tidy() throws SQLException {
    sql().run("vacuum analyze resources, tasks");
  }

  /** Makes due now whatever is due, as if it were started now. */
  List<Committed.Woken> dueNow() throws SQLException {
    List<Committed.Woken> due = new ArrayList<>();
    try (Statement statement = sql().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                with r as (
                  update resources set due_at = now() where due_at is not null
                  returning uuid, uuid),
                t as (
                  update tasks set due_at = now() where due_at is not null
                  returning resource_uuid, uuid)
                select * from (table r union all table t) as due (resource, subject)
                 order by resource, subject
                """)) {
      while (rows.next()) {
        SubjectKey key =
            new SubjectKey(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
        due.add(new Committed.Woken(key, Starts.list(SERVED)));
      }
    }
    return due;
  }

  /** How many runs have not ended. */
  long active() throws SQLException {
    return sql().number("select count(*) from tasks where active");
  }

  /** Waits until these runs have ended. */
  void ended(List<UUID> runs) throws Exception {
    Array uuids = sql().connection().createArrayOf("uuid", runs.toArray());
    await("select exists (select from tasks where uuid = any (?) and active)::int", uuids);
  }

  /** Waits until every run has ended. */
  void ended() throws Exception {
    await("select exists (select from tasks where active)::int");
  }

  /** Waits until this is 0. */
  void await(String sql, Object... values) throws Exception {
    long until = System.nanoTime() + MOST.toNanos();
    while (sql().number(sql, values) != 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("not done within " + MOST.toMinutes() + " min: " + sql);
      }
      Thread.sleep(LOOK_MS);
    }
  }

  /** The number of the latest run of a task; the same for all that have one. */
  long latest(TaskName name) throws SQLException {
    return sql().number("select coalesce(max(run), 0) from tasks where name = ?", name.value());
  }

  /** Every run has ended well, and has its history, without a gap and without a double. */
  void history(Wrongs wrongs, TaskName name, long run, int tasks, int moves) throws SQLException {
    wrongs.unless(
        "finished runs",
        tasks,
        sql()
            .number(
                """
                select count(*) from tasks
                 where name = ? and run = ? and not active and outcome = 'finished' and step = ?
                """,
                name.value(),
                run,
                moves));
    wrongs.unless(
        "whole histories",
        tasks,
        sql()
            .number(
                """
                select count(*)
                  from (select from tasks k
                          join transitions t
                            on t.resource_uuid = k.resource_uuid and t.subject_uuid = k.uuid
                         where k.name = ? and k.run = ?
                         group by k.uuid
                        having count(*) = ? and count(distinct t.step) = count(*)
                               and min(t.step) = 1 and max(t.step) = count(*)) as whole
                """,
                name.value(),
                run,
                moves));
  }

  /** How often steps were run since this was asked last. */
  long executions() throws IOException {
    return fleet.executions();
  }

  private Sql sql() {
    return fleet.sql();
  }
}
