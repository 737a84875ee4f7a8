package dev.toygun.bench.peer.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.toygun.bench.Hold;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Written;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final int THREADS = 50;
  private static final double LOWER = 1;
  private static final double UPPER = 20;
  private static final Duration POLL = Duration.ofMillis(50);

  private final Sql sql;
  private final HikariDataSource pool;
  private final Scheduler scheduler;
  private final CustomTask<Progress> task;
  private final CustomTask<Void> check;
  private final Tally tally;

  /** What a row knows: which job it is, which step is next, and how many there are. */
  private record Progress(int number, int step, int steps) {}

  private DbScheduler(DatabaseUrl database, Tally tally) throws SQLException {
    this.tally = tally;
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
            .execute((instance, context) -> step(instance.getData()));
    check =
        Tasks.custom("check", Void.class)
            .execute((instance, context) -> check(context.getExecution().executionTime));
    scheduler =
        Scheduler.create(pool, task, check)
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

  private CompletionHandler<Progress> step(Progress job) {
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

  /** A check that changes nothing; the next one is a period after this one was due. */
  private CompletionHandler<Void> check(Instant due) {
    tally.checked(Duration.between(due, Instant.now()).toMillis());
    return (complete, operations) -> operations.reschedule(complete, due.plus(Hold.PERIOD));
  }

  /** Serialized Java objects would be slower. */
  private static final class Words implements Serializer {
    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
      if (data == null) {
        return null; // A check has none.
      }
      Progress job = (Progress) data;
      String words = job.number() + " " + job.step() + " " + job.steps();
      return words.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
      if (bytes == null) {
        return null;
      }
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
  public void pause() {
    scheduler.pause();
  }

  @Override
  public void resume() {
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
  public void ended() {} // It tells of a job when it is.

  @Override
  public long waiting() throws SQLException {
    return sql.number("select count(*) from scheduled_tasks where not picked");
  }

  @Override
  public void check(long jobs, int steps, Wrongs wrongs) throws SQLException {
    wrongs.unless("rows left over", 0, sql.number("select count(*) from scheduled_tasks"));
  }

  @Override
  public ObjectNode hold(Work work, Runnable ready, Wrongs wrongs) throws Exception {
    Instant begin =
        Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(15 + work.size() / 20_000);
    List<SchedulableInstance<?>> checks = new ArrayList<>();
    for (int number = 0; number < work.size(); number++) {
      // Like those of Toygun: those of a second are due together at its beginning.
      Instant due = begin.plusSeconds(number % Hold.PERIOD.toSeconds());
      checks.add(SchedulableInstance.of(check.instance("check-" + number), due));
    }
    scheduler.scheduleBatch(checks);
    tidy();
    Written written = new Written(sql);
    ObjectNode figures = Hold.load(work, tally::since, written, ready, wrongs);
    written.tell(figures);
    wrongs.unless(
        "checks there are", work.size(), sql.number("select count(*) from scheduled_tasks"));
    return figures;
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
