package dev.toygun;

import java.time.Instant;
import java.util.Optional;

/** The latest run of a task as another sees it: which is how a task returns something. */
public interface TaskView {
  TaskStatus status();

  /** A field of the run: the task's own, as it was last stored. */
  <T> Optional<T> find(Field<T> field);

  /** The error of the run, if it panicked or timed out. */
  Optional<Failure> error();

  /** When the run ended. */
  Optional<Instant> endedAt();

  /** Which run it is: 1, 2, … */
  long run();
}
