package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Runs of tasks with limits, as a clock lets them in: the oldest first, as many as the newest
 * published version of the type that has the task allows. A task that has no limits any more lets
 * all in. Every future ends, at the latest with its time-out.
 */
public interface Admissions {
  /** The pass by which clocks share this out. */
  String PASS = "admissions";

  /** The tasks of which runs wait for their turn, at most 1,000 of them. */
  Future<List<Waiting>> waiting();

  /**
   * Lets in whose turn it is. Nobody is let in where another clock has done so since the pass was
   * claimed, or has the pass by now.
   *
   * @param owner whose pass it is
   * @param claimed the pass, as it was claimed for this
   * @param limit how many of one task, at most
   * @return who was let in, and is due
   */
  Future<List<Committed.Woken>> admit(String owner, Due.Pass claimed, int limit);

  /**
   * Those who wait for one task.
   *
   * @param runs how many, counted up to 1,000
   * @param oldest since when the first of them waits
   * @param now the database's time
   */
  record Waiting(String type, String task, long runs, Instant oldest, Instant now) {}
}
