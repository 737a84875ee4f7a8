package dev.toygun.bench.peer.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Callers;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Hold;
import dev.toygun.bench.Latencies;
import dev.toygun.bench.Paced;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has an engine of jobs do the workloads, and looks at what it has done. */
public final class JobContestant implements Contestant {

  private final JobEngine engine;
  private final Tally tally;
  private int performed;

  JobContestant(JobEngine engine, Tally tally) {
    this.engine = engine;
    this.tally = tally;
  }

  @Override
  public List<Act> acts(Work work) {
    return engine.acts(work);
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    performed++;
    engine.clear();
    return switch (work.workload()) {
      case W1 -> run(jobs(work.size(), Work.STEPS), ready);
      case W2 -> {
        List<JobEngine.Job> jobs = jobs(work.size(), 1);
        if (act.equals(Act.RUN_JOBS)) {
          yield run(jobs, ready);
        }
        yield act.equals(Act.BULK) ? bulk(jobs, ready) : oneByOne(jobs, ready);
      }
      case W3 -> latency(jobs(work.size(), Work.STEPS), work.pace(), ready);
      case W4 -> {
        Wrongs wrongs = new Wrongs();
        ObjectNode figures = engine.hold(work, ready, wrongs);
        wrongs.tell(figures);
        yield figures;
      }
      case W0 -> Hold.idle(ready);
      case W5, W6, W7 -> throw new UnsupportedOperationException(work.workload().label());
    };
  }

  private List<JobEngine.Job> jobs(int many, int steps) {
    List<JobEngine.Job> jobs = new ArrayList<>(many);
    for (int number = 0; number < many; number++) {
      jobs.add(new JobEngine.Job(number, performed + "-" + number, steps));
    }
    return jobs;
  }

  private ObjectNode run(List<JobEngine.Job> jobs, Runnable ready) throws Exception {
    int steps = jobs.get(0).steps();
    engine.pause();
    tally.begin(jobs.size());
    engine.startAll(jobs);
    engine.tidy();
    ready.run();
    long begun = System.nanoTime();
    engine.resume();
    tally.await();
    engine.ended();
    long ended = System.nanoTime();
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) jobs.size() * steps, tally.executions());
    engine.check(jobs.size(), steps, wrongs);
    return figures((long) jobs.size() * steps, ended - begun, wrongs);
  }

  private ObjectNode bulk(List<JobEngine.Job> jobs, Runnable ready) throws Exception {
    engine.pause();
    ready.run();
    long begun = System.nanoTime();
    engine.startAll(jobs);
    return started(jobs, System.nanoTime() - begun);
  }

  private ObjectNode oneByOne(List<JobEngine.Job> jobs, Runnable ready) throws Exception {
    engine.pause();
    ready.run();
    long begun = System.nanoTime();
    Callers.share(CALLERS, jobs.size(), number -> engine.start(jobs.get(number)));
    return started(jobs, System.nanoTime() - begun);
  }

  private ObjectNode started(List<JobEngine.Job> jobs, long nanos) throws Exception {
    Wrongs wrongs = new Wrongs();
    wrongs.unless("jobs that wait", jobs.size(), engine.waiting());
    return figures(jobs.size(), nanos, wrongs);
  }

  private ObjectNode latency(List<JobEngine.Job> jobs, Duration pace, Runnable ready)
      throws Exception {
    engine.resume();
    tally.begin(jobs.size());
    Latencies latencies = tally.time(jobs.size());
    ready.run();
    long begun = System.nanoTime();
    Paced.each(
        jobs.size(),
        pace,
        number -> {
          latencies.started(number, System.nanoTime());
          engine.start(jobs.get(number));
          latencies.answered(number, System.nanoTime());
        });
    tally.await();
    engine.ended();
    long ended = System.nanoTime();
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) jobs.size() * Work.STEPS, tally.executions());
    engine.check(jobs.size(), Work.STEPS, wrongs);
    ObjectNode figures = figures(jobs.size(), ended - begun, wrongs);
    latencies.tell(figures, wrongs);
    wrongs.tell(figures); // Again: a moment may be missing.
    return figures;
  }

  private static ObjectNode figures(long units, long nanos, Wrongs wrongs) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", units);
    figures.put("seconds", nanos / 1e9);
    wrongs.tell(figures);
    return figures;
  }

  @Override
  public Map<Role, List<Long>> processes() {
    return Map.of(Role.WORKER, List.of(ProcessHandle.current().pid()));
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }
}
