package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/**
 * A machine's entry into a state, to which a rewind goes back.
 *
 * @param state the state's name as it was stored then, which is a part of the tokens made there
 * @param step the step of the move into it; 0 where the machine was made in it
 */
public record Entry(String state, long step) {
  /** What was found; where it was never there, an entry by the rewind itself. */
  public static Entry orNew(@Nullable Entry found, String state, long step) {
    return found == null ? new Entry(state, step) : found;
  }
}
