package dev.toygun.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource type as data: what a worker publishes, and the API and the clock work from. Times are
 * in seconds.
 *
 * @param first the state in which it starts
 * @param diagram its states as a Mermaid diagram
 * @param children the types of children that it makes and sees
 */
public record TypeDefinition(
    String name,
    int version,
    List<String> formerly,
    String first,
    List<FieldDefinition> fields,
    List<StateDefinition> states,
    List<TaskDefinition> tasks,
    List<String> children,
    String diagram) {

  /**
   * A field.
   *
   * @param type the text form of a {@link dev.toygun.FieldType}
   * @param initial the initial value as decorated JSON, or null
   */
  public record FieldDefinition(
      String name,
      String type,
      boolean required,
      boolean secret,
      @Nullable String initial,
      List<String> formerly) {}

  /**
   * A state.
   *
   * @param code {@code decide}, {@code async} or {@code blocking}
   */
  public record StateDefinition(
      String name,
      String code,
      List<String> to,
      boolean finishes,
      boolean onDelete,
      boolean rests,
      boolean waits,
      List<SignalDefinition> signals,
      @Nullable Long every,
      @Nullable Long within,
      double limit,
      int retries,
      List<String> formerly) {}

  /** A signal that a state waits for. */
  public record SignalDefinition(String name, List<FieldDefinition> fields) {}

  /** A task. */
  public record TaskDefinition(
      String name,
      boolean shared,
      boolean exits,
      String first,
      List<FieldDefinition> fields,
      List<StateDefinition> states,
      List<String> formerly,
      String diagram) {}

  /** The task of this name. */
  public Optional<TaskDefinition> task(String name) {
    return tasks.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** The field of this name. */
  public Optional<FieldDefinition> field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
