package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.TaskName;
import dev.toygun.bench.Act;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.House;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Toygun. Its tasks are started beforehand, in a queue that nobody serves; the work begins when
 * they are moved to the one that the worker takes from, and their tickets are pushed. Whoever a
 * start wakes is in it: the resource is ticked once for the start of each task, and once for its
 * end.
 */
public final class ToygunContestant implements Contestant {
  private static final String PARKED = "parked";
  private static final String SERVED = "default";
  private static final Duration MOST = Duration.ofMinutes(10);
  private static final long LOOK_MS = 5;

  /** Out of {@code __new__}, nine from step to step, and one to the end. */
  private static final int MOVES_OF_A_CHAIN = Work.STEPS + 1;

  private final Fleet fleet;
  private final Starts starts;
  private final List<UUID> resources = new ArrayList<>();
  private final Map<TaskName, Integer> runs = new HashMap<>();

  private ToygunContestant(Fleet fleet) {
    this.fleet = fleet;
    this.starts = new Starts(fleet.ground());
  }

  /** Starts its processes. */
  public static Contestant open(House house) throws Exception {
    return new ToygunContestant(Fleet.start(house));
  }

  @Override
  public List<Act> acts(Work work) {
    return Act.usual(work.workload());
  }

  @Override
  public Map<Role, Long> processes() {
    return fleet.processes();
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    return switch (work.workload()) {
      case W1 -> chains(work, ready);
      case W0, W2, W3, W4 -> throw new UnsupportedOperationException(work.workload().label());
    };
  }

  private ObjectNode chains(Work work, Runnable ready) throws Exception {
    TaskName name = work.code() == Work.Code.ASYNC ? BenchTypes.WALK : BenchTypes.TRUDGE;
    resources(work.size());
    List<UUID> some = resources.subList(0, work.size());
    park();
    starts.bulk(some, name, PARKED);
    int run = runs.merge(name, 1, Integer::sum);
    fleet.tally();
    double seconds = run(ready);
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) work.size() * Work.STEPS, executions());
    history(wrongs, name, run, work.size(), MOVES_OF_A_CHAIN);
    return figures((long) work.size() * Work.STEPS, seconds, wrongs);
  }

  private long executions() throws Exception {
    JsonNode tally = fleet.tally();
    return tally.path("executions").asLong();
  }

  /** Runs what is parked, from the moment it may be taken until the last of it has ended. */
  private double run(Runnable ready) throws Exception {
    fleet.freezeClock(); // It would find what is moved before the meter is read.
    move("resources", PARKED, SERVED);
    move("tasks", PARKED, SERVED);
    List<Committed.Woken> woken = due();
    sql().run("vacuum analyze resources, tasks"); // As every peer's tables are.
    ready.run();
    fleet.thawClock();
    long begun = System.nanoTime();
    Launcher.wait(starts.announce(woken), MOST);
    await("select exists (select from tasks where active)::int");
    return (System.nanoTime() - begun) / 1e9;
  }

  /** From here on nobody takes what becomes due of any resource. */
  private void park() throws SQLException {
    move("resources", SERVED, PARKED);
  }

  private void move(String table, String from, String to) throws SQLException {
    sql().run("update %s set queue = '%s' where queue = '%s'".formatted(table, to, from));
  }

  private List<Committed.Woken> due() throws SQLException {
    List<Committed.Woken> due = new ArrayList<>();
    try (Statement statement = sql().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select uuid, uuid from resources where due_at is not null
                union all
                select resource_uuid, uuid from tasks where due_at is not null
                """)) {
      while (rows.next()) {
        SubjectKey key =
            new SubjectKey(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
        due.add(new Committed.Woken(key, Starts.list(SERVED)));
      }
    }
    return due;
  }

  /** Makes as many resources as there are not yet, and waits until they rest. */
  private void resources(int many) throws Exception {
    List<UUID> made = new ArrayList<>();
    while (resources.size() + made.size() < many) {
      made.add(fleet.ground().time().uuid());
    }
    if (!made.isEmpty()) {
      try (PreparedStatement insert =
          sql()
              .connection()
              .prepareStatement(
                  """
                  insert into resources (uuid, label, queue, type, schema_version, priority, state, due_at)
                  select uuid, 'r-' || uuid, ?, ?, 1, 5, '__new__', now() from unnest(?) as i (uuid)
                  """)) {
        Array uuids = sql().connection().createArrayOf("uuid", made.toArray());
        insert.setString(1, SERVED);
        insert.setString(2, BenchTypes.TYPE);
        insert.setArray(3, uuids);
        insert.executeUpdate();
      }
      resources.addAll(made);
    }
    atRest();
  }

  private void atRest() throws Exception {
    await("select exists (select from resources where due_at is not null)::int");
  }

  /** Waits until this is 0. */
  private void await(String sql) throws Exception {
    long until = System.nanoTime() + MOST.toNanos();
    while (sql().number(sql) != 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("not done within " + MOST.toMinutes() + " min: " + sql);
      }
      Thread.sleep(LOOK_MS);
    }
  }

  /** Every run has ended well, and has its history, without a gap and without a double. */
  private void history(Wrongs wrongs, TaskName name, int run, int tasks, int moves)
      throws SQLException {
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

  private static ObjectNode figures(long units, double seconds, Wrongs wrongs) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", units);
    figures.put("seconds", seconds);
    wrongs.tell(figures);
    return figures;
  }

  private Sql sql() {
    return fleet.sql();
  }

  @Override
  public void close() throws IOException {
    fleet.close();
  }
}
