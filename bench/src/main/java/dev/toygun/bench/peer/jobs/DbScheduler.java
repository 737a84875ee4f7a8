package dev.toygun.bench.peer.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.toygun.bench.Act;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * db-scheduler. A job is a row that is scheduled anew for now after each step, with the number of
 * the next step as its data; after the last it is deleted. It keeps no history.
 */
public final class DbScheduler implements JobEngine {
  /** Its own table for PostgreSQL, without the index for priorities, which nobody uses here. */
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name            text        not null,
        task_instance        text        not null,
        task_data            bytea,
        execution_time       timestamptz not null,
        picked               boolean     not null,
        picked_by            text,
        last_success         timestamptz,
        last_failure         timestamptz,
        consecutive_failures integer,
        last_heartbeat       timestamptz,
        version              bigint      not null,
        priority             smallint,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private static final int THREADS = Integer.getInteger("bench.threads", 50);
  private static final double LOWER = Double.parseDouble(System.getProperty("bench.lower", "0.5"));
  private static final double UPPER = Double.parseDouble(System.getProperty("bench.upper", "4"));
  private static final Duration POLL = Duration.ofMillis(Integer.getInteger("bench.poll", 50));

  private final Sql sql;
  private final HikariDataSource pool;
  private final Scheduler scheduler;
  private final CustomTask<Progress> task;

  /** What a row knows: which job it is, which step is next, and how many there are. */
  private record Progress(int number, int step, int steps) {}

  private DbScheduler(DatabaseUrl database, Tally tally) throws SQLException {
    sql = Sql.connect(database);
    sql.run(TABLE);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbc());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(THREADS + Contestant.CALLERS);
    pool = new HikariDataSource(config);
    task =
        Tasks.custom("job", Progress.class)
            .execute((instance, context) -> step(instance.getData(), tally));
    scheduler =
        Scheduler.create(pool, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(LOWER, UPPER)
            .pollingInterval(POLL)
            .enableImmediateExecution()
            .serializer(new Words())
            .build();
    scheduler.start();
  }

  /** Starts it, on an empty database. */
  public static Contestant open(DatabaseUrl database) throws SQLException {
    Tally tally = new Tally();
    return new JobContestant(new DbScheduler(database, tally), tally);
  }

  private static CompletionHandler<Progress> step(Progress job, Tally tally) {
    tally.ran(job.number(), job.step());
    if (job.step() == job.steps() - 1) {
      return (complete, operations) -> {
        operations.stop();
        tally.ended();
      };
    }
    Progress next = new Progress(job.number(), job.step() + 1, job.steps());
    return (complete, operations) -> operations.reschedule(complete, Instant.now(), next);
  }

  /** Serialized Java objects would be slower. */
  private static final class Words implements Serializer {
    @Override
    public byte[] serialize(Object data) {
      Progress job = (Progress) data;
      String words = job.number() + " " + job.step() + " " + job.steps();
      return words.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] bytes) {
      String[] words = new String(bytes, StandardCharsets.US_ASCII).split(" ", -1);
      return type.cast(
          new Progress(
              Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
  }

  @Override
  public List<Act> acts(Work work) {
    return Act.usual(work.workload());
  }

  @Override
  public void hold() {
    scheduler.pause();
  }

  @Override
  public void release() {
    scheduler.resume();
    scheduler.triggerCheckForDueExecutions();
  }

  @Override
  public void startAll(List<Job> jobs) {
    Instant now = Instant.now();
    List<TaskInstance<?>> instances = new ArrayList<>(jobs.size());
    for (Job job : jobs) {
      instances.add(instance(job));
    }
    scheduler.scheduleBatch(instances, now);
  }

  @Override
  public void start(Job job) {
    scheduler.schedule(SchedulableInstance.of(instance(job), Instant.now()));
  }

  private TaskInstance<Progress> instance(Job job) {
    return task.instance(job.name(), new Progress(job.number(), 0, job.steps()));
  }

  @Override
  public long waiting() throws SQLException {
    return sql.number("select count(*) from scheduled_tasks where not picked");
  }

  @Override
  public void check(long jobs, int steps, Wrongs wrongs) throws SQLException {
    wrongs.unless("rows left over", 0, sql.number("select count(*) from scheduled_tasks"));
  }

  @Override
  public void clear() throws SQLException {
    sql.run("truncate scheduled_tasks");
  }

  @Override
  public void tidy() throws SQLException {
    sql.run("vacuum analyze scheduled_tasks");
  }

  @Override
  public void close() throws SQLException {
    scheduler.stop();
    pool.close();
    sql.close();
  }
}
