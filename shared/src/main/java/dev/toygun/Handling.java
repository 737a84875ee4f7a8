package dev.toygun;

import java.util.Objects;

/** What an {@link OnPanic} answers: a value, as {@link Next} is. */
public sealed interface Handling {
  /** Why, as a sentence for the history. */
  String because();

  /** The same with this reason. */
  Handling because(String reason);

  /**
   * Back to the state it panicked in; the n-th time in a row it waits 2ⁿ s first, 5 min at most.
   */
  record Retry(String because) implements Handling {
    @Override
    public Handling because(String reason) {
      return new Retry(reason);
    }
  }

  /** Back to a state that it was in before. */
  record Rewind(String state, String because) implements Handling {
    @Override
    public Handling because(String reason) {
      return new Rewind(state, reason);
    }
  }

  /** It is stopped; a child that panicked itself is asked to go. */
  record Stop(String because) implements Handling {
    @Override
    public Handling because(String reason) {
      return new Stop(reason);
    }
  }

  /** It is stopped, and the handler's resource starts a task of its own instead. */
  record Start(TaskName task, Values args, String because) implements Handling {
    @Override
    public Handling because(String reason) {
      return new Start(task, args, reason);
    }
  }

  /** Somebody further up may know what to do. */
  record Decline(String because) implements Handling {
    public Decline {
      Objects.requireNonNull(because);
    }

    @Override
    public Handling because(String reason) {
      return new Decline(reason);
    }
  }

  static Handling retry() {
    return new Retry("");
  }

  static Handling rewind(Enum<?> state) {
    return new Rewind(Machine.nameOf(state), "");
  }

  static Handling stop() {
    return new Stop("");
  }

  static Handling start(TaskName task) {
    return new Start(task, Values.NONE, "");
  }

  static Handling start(TaskName task, Values args) {
    return new Start(task, args, "");
  }

  static Handling decline(String why) {
    return new Decline(why);
  }
}
