package dev.toygun;

import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that was sent, stored until a {@link Next#consume} commits. Reading one is not
 * consuming it.
 *
 * @param from who sent it: {@code key:NAME} for an API key, a task's name for a task
 */
public record Signal(UUID uuid, String type, Values values, String from, Instant sentAt) {
  /**
   * The value of a field that it carries, or the initial one, if there is any.
   *
   * @throws IllegalArgumentException as {@link Values#find}
   */
  public <T> Optional<T> find(Field<T> field) {
    return values.find(field);
  }

  /**
   * The field's value, which must be there.
   *
   * @throws NoSuchElementException if it carries none and there is no initial one
   * @throws IllegalArgumentException as {@link Values#find}
   */
  public <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "field '%s' of signal %s is not set".formatted(field, type)));
  }
}
