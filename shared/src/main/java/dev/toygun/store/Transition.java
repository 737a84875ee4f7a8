package dev.toygun.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One move, as history keeps it.
 *
 * @param step its number: 1, 2, … without a gap
 * @param message why, and the notes
 * @param error the error that led to it
 * @param changed the names of the fields it changed
 */
public record Transition(
    long step, String from, String to, String message, @Nullable UUID error, List<String> changed) {
  /** The same, which changed this. */
  Transition changing(String name) {
    return new Transition(step, from, to, message, error, List.of(name));
  }
}
