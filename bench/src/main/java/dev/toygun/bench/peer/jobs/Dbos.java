package dev.toygun.bench.peer.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.toygun.bench.Act;
import dev.toygun.bench.Callers;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Workload;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * DBOS Transact. A job is a workflow, each step of which is kept. Those that are to wait are in a
 * queue that nobody listens to; the work begins when they are moved to the one that is listened to,
 * which is in the time of the run. Single ones are started without a queue, which is faster.
 */
public final class Dbos implements JobEngine {
  private static final int CONNECTIONS = 100;
  private static final int AT_ONCE = 200;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long LOOK_MS = 5;

  private final Sql sql;
  private final HikariDataSource pool;
  private final DBOS dbos;
  private final Queue parked = new Queue("parked");
  private final Flows flows;
  private boolean paused;

  /** The workflows there are, as DBOS wants them: an interface. */
  public interface Flows {
    /** So many steps, one after the other. */
    void steps(int number, int steps);
  }

  /** What they do. */
  public static final class Steps implements Flows {
    private final DBOS dbos;
    private final Tally tally;

    Steps(DBOS dbos, Tally tally) {
      this.dbos = dbos;
      this.tally = tally;
    }

    @Override
    @Workflow(name = "steps")
    public void steps(int number, int steps) {
      for (int step = 0; step < steps; step++) {
        int one = step;
        dbos.runStep(() -> tally.ran(number, one), "step");
      }
      tally.ended();
    }
  }

  private Dbos(DatabaseUrl database, Tally tally) throws SQLException {
    sql = Sql.connect(database);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbc());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(CONNECTIONS);
    pool = new HikariDataSource(config);
    dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool).withListenQueues("served"));
    dbos.registerQueues(
        parked, new Queue("served").withWorkerConcurrency(AT_ONCE).withPollingInterval(POLL));
    flows = dbos.registerProxy(Flows.class, new Steps(dbos, tally));
    dbos.launch();
  }

  /** Starts it, on an empty database. */
  public static Contestant open(DatabaseUrl database) throws SQLException {
    Tally tally = new Tally();
    return new JobContestant(new Dbos(database, tally), tally);
  }

  @Override
  public List<Act> acts(Work work) {
    return work.workload() == Workload.W2
        ? List.of(Act.RUN_JOBS, Act.ONE_BY_ONE) // It has no way to start many at once.
        : Act.usual(work.workload());
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() throws SQLException {
    paused = false;
    sql.run("update dbos.workflow_status set queue_name = 'served' where queue_name = 'parked'");
  }

  @Override
  public void startAll(List<Job> jobs) throws Exception {
    Callers.share(Contestant.CALLERS, jobs.size(), number -> start(jobs.get(number)));
  }

  @Override
  public void start(Job job) {
    StartWorkflowOptions options = new StartWorkflowOptions(job.name());
    dbos.startWorkflow(
        () -> flows.steps(job.number(), job.steps()), paused ? options.withQueue(parked) : options);
  }

  @Override
  public void ended() throws Exception {
    while (sql.number(
            "select count(*) from dbos.workflow_status where status in ('ENQUEUED', 'PENDING')")
        > 0) {
      Thread.sleep(LOOK_MS);
    }
  }

  @Override
  public long waiting() throws SQLException {
    return sql.number("select count(*) from dbos.workflow_status where status = 'ENQUEUED'");
  }

  @Override
  public void check(long jobs, int steps, Wrongs wrongs) throws SQLException {
    wrongs.unless(
        "workflows that succeeded",
        jobs,
        sql.number("select count(*) from dbos.workflow_status where status = 'SUCCESS'"));
    wrongs.unless(
        "whole histories",
        jobs,
        sql.number(
            """
            select count(*)
              from (select from dbos.operation_outputs
                     group by workflow_uuid
                    having count(*) = ? and min(function_id) = 0 and max(function_id) = ?) as whole
            """,
            steps,
            steps - 1));
  }

  @Override
  public ObjectNode hold(Work work, Runnable ready, Wrongs wrongs) {
    throw new UnsupportedOperationException("it has no checks");
  }

  @Override
  public void clear() throws SQLException {
    sql.run("truncate dbos.workflow_status cascade");
  }

  @Override
  public void tidy() throws SQLException {
    sql.run("vacuum analyze dbos.workflow_status, dbos.operation_outputs");
  }

  @Override
  public void close() throws SQLException {
    dbos.close();
    pool.close();
    sql.close();
  }
}
