package dev.toygun;

import java.util.Objects;

/** The stored name of a task. A constant, so that a misspelt task does not compile. */
public record TaskName(String value) {
  public TaskName {
    Objects.requireNonNull(value);
  }

  /** A name of lower-case letters, digits and underscores; checked when the type is. */
  public static TaskName of(String value) {
    return new TaskName(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
