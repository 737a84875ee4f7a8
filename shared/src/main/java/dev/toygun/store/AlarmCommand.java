package dev.toygun.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person may say to an alarm. */
public sealed interface AlarmCommand {
  /**
   * I take care of it.
   *
   * @param until when it is open again if it has not cleared; null for as long as it takes
   */
  record Acknowledge(@Nullable Instant until) implements AlarmCommand {}

  /** Be quiet until then. */
  record Snooze(Instant until) implements AlarmCommand {}

  /** Of a brake: let its task go on until then, though so many want it. */
  record Lift(Instant until) implements AlarmCommand {}

  /** Be quiet until it clears; then it is armed again. */
  record Ignore() implements AlarmCommand {}

  /** Be as loud as if it had just opened. */
  record Unignore() implements AlarmCommand {}

  /** It is over. Refused while what it tells of stands still: that is ignored instead. */
  record Close() implements AlarmCommand {}
}
