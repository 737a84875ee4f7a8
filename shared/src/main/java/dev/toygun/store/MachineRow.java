package dev.toygun.store;

import dev.toygun.BuiltIn;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The columns that every machine has, as they are stored.
 *
 * @param state the stored name of its state
 * @param step how many transitions it has made
 * @param version counts every write except a wake; what outcomes are fenced by
 * @param wakes counts {@link Wakes}; a wake during a tick leaves the row due
 * @param entered the step at which its own move entered the state
 * @param tries failed tries of the state, 0 after a move
 * @param resume the state that a panicked machine goes back to when it is retried
 * @param attrs its fields, as decorated JSON
 * @param dueAt ticked when this is past
 * @param everyS the period in seconds of a machine that polls
 * @param deadlineAt when its state or the run times out, whichever is sooner
 * @param runDeadlineAt of a run: when it times out, whatever its state; while it stands panicked,
 *     what it gets back from a handler that sends it on
 * @param waits whether its state is woken by what it sees
 * @param active whether it has not ended
 * @param error its last error
 */
public record MachineRow(
    String state,
    long step,
    long version,
    long wakes,
    long entered,
    int tries,
    @Nullable String resume,
    String attrs,
    ListName list,
    @Nullable Instant dueAt,
    @Nullable Integer everyS,
    @Nullable Instant deadlineAt,
    @Nullable Instant runDeadlineAt,
    boolean waits,
    boolean active,
    @Nullable UUID error,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt) {
  /** Whether it is on its way out already, or will be once its panic is handled. */
  public boolean isExiting() {
    return state.equals(BuiltIn.EXIT) || BuiltIn.EXIT.equals(resume);
  }
}
