package dev.toygun;

import java.util.List;
import java.util.Objects;

/**
 * A kind of message that can be sent to a resource or a task: a name, and the fields it carries.
 */
public record SignalType(String name, List<Field<?>> fields) {
  public SignalType {
    Objects.requireNonNull(name);
    fields = List.copyOf(fields);
  }

  public static SignalType of(String name, Field<?>... fields) {
    return new SignalType(name, List.of(fields));
  }

  @Override
  public String toString() {
    return name;
  }
}
