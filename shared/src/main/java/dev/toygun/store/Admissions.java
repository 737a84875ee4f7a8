package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

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
   * Opens the alarms of brakes that hold, and has those that are open say how many want it by now;
   * {@link Due#moveAlarms} closes them once they do not. An alarm that is lifted stays until then,
   * and lets all in.
   *
   * @param alarms makes their uuids
   * @return how many hold that had none, or one that said something else
   */
  Future<Integer> brake(Supplier<UUID> alarms, Stamp by);

  /**
   * A brake that holds.
   *
   * @param at whose alarm it is: the parent of the peers, or the system
   * @param wanted how many of the peers want the task
   * @param peers how many there are; of more than 10,000 only so many count
   * @param percent how many of 100 may
   * @param list of {@code at}
   * @param step of {@code at}
   */
  record Braked(
      String type,
      String task,
      UUID at,
      long wanted,
      long peers,
      int percent,
      ListName list,
      long step) {
    /** Why nobody is let in. */
    public String why() {
      return "suspect the monitor: %d of %d %s want '%s' at once, more than %d %%, so no more of them begin it; lift this alarm if they need it, or stop the runs"
          .formatted(wanted, peers, type, task, percent);
    }
  }

  /**
   * Those who wait for one task.
   *
   * @param runs how many, counted up to 1,000
   * @param oldest since when the first of them waits
   * @param now the database's time
   */
  record Waiting(String type, String task, long runs, Instant oldest, Instant now) {}
}
