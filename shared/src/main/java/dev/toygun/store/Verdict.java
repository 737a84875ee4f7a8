package dev.toygun.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether an outcome can be carried out on the rows that are held, and what that comes to. */
sealed interface Verdict {
  /** It cannot. */
  record No(Committed why) implements Verdict {}

  /**
   * It can.
   *
   * @param begins the runs to begin
   * @param begun what its starts refer to, in their order
   * @param creates the children to make
   * @param stops the runs to stop
   * @param asks the children to ask to go
   * @param signals those that reach somebody
   * @param wakes who has to look again
   * @param stirs who has to look again if it comes to wait by the tick that it may be in
   */
  record Yes(
      Held subject,
      List<Begin> begins,
      List<@Nullable UUID> begun,
      List<ChildCreate> creates,
      List<HeldTask> stops,
      List<HeldResource> asks,
      List<SignalRow> signals,
      Set<Held> wakes,
      Set<Held> stirs)
      implements Verdict {}

  /** A run to begin. */
  record Begin(TaskStart start, long run, Pace pace) {}

  static Verdict no(Refusal.Code code, String message) {
    return new No(new Committed.Refused(code, message));
  }
}
