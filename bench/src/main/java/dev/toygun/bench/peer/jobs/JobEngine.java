package dev.toygun.bench.peer.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import java.sql.SQLException;
import java.util.List;

/** What an engine of jobs can do. Its methods block. */
interface JobEngine extends AutoCloseable {
  /** What it can do of a workload. */
  List<Act> acts(Work work);

  /** From here on nothing that is started is run. */
  void pause() throws Exception;

  /** Runs what was started. */
  void resume() throws Exception;

  /** Starts many, by as few requests as it can; each has so many steps. */
  void startAll(List<Job> jobs) throws Exception;

  /** Starts one, and returns once it is kept. */
  void start(Job job) throws Exception;

  /** Waits until the end of jobs that have run is kept. */
  void ended() throws Exception;

  /** How many are kept that have not run. */
  long waiting() throws Exception;

  /** Whether the rows say that all of these have run, each step once. */
  void check(long jobs, int steps, Wrongs wrongs) throws Exception;

  /** Holds a load of checks; see {@link dev.toygun.bench.Hold}. */
  ObjectNode hold(Work work, Runnable ready, Wrongs wrongs) throws Exception;

  /** Forgets all that has run and all that has not, and tidies its tables. */
  void clear() throws Exception;

  /** Tidies the tables, and tells the planner of them. */
  void tidy() throws Exception;

  /** A job, named so that no two of one engine are the same. */
  record Job(int number, String name, int steps) {}

  @Override
  void close() throws SQLException;
}
