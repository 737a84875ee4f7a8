package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.store.ResourceRow.Deleting;
import org.jspecify.annotations.Nullable;

/**
 * A machine's entry into a state, to which a rewind goes back.
 *
 * @param state the state's name as it was stored then, which is a part of the tokens made there
 * @param step the step of the move into it; 0 where the machine was made in it
 * @param goesDown whether that was after a resource had begun to be taken down
 */
public record Entry(String state, long step, boolean goesDown) {
  /** What was found; where it was never there, an entry by the rewind itself. */
  public static Entry orNew(@Nullable Entry found, String state, long step) {
    return found == null ? new Entry(state, step, false) : found;
  }

  /**
   * How far on its way down a resource is that was rewound to it: one whose teardown had begun, and
   * that goes back to before, is asked to go no longer. What is only asked is still to begin.
   */
  public Deleting after(Deleting before, String left) {
    boolean hasBegun = before == Deleting.BEGUN || left.equals(BuiltIn.EXIT);
    return hasBegun && !goesDown ? Deleting.NO : before;
  }
}
