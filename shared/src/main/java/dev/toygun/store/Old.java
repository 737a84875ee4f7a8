package dev.toygun.store;

import java.time.Duration;

/** What may be there that is to be there no longer, and for how long it is to be. */
public sealed interface Old {
  /** How long it stays, after its end or, of history, after it was made. */
  Duration time();

  /**
   * Ended runs of a task.
   *
   * @param runs how many of the latest stay in any case
   */
  record Runs(String type, String task, int runs, Duration time) implements Old {}

  /** Ended resources of a type, with all that is theirs. */
  record Resources(String type, Duration time) implements Old {}

  /** What is written about resources that live, and their active tasks. */
  record History(Duration time) implements Old {}
}
