package dev.toygun.api;

import dev.toygun.store.Admission;
import dev.toygun.store.Explained;
import dev.toygun.store.Explained.Holding;
import dev.toygun.store.Liveness.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why machines wait, in words.
 *
 * @param turns what those of them wait for that wait for their turn
 * @param workers which worker has a machine in hand; nothing is said of those it is not known of
 * @param attempts how many tries a machine has in its state, where its type is known
 */
record Because(TurnShow turns, Map<UUID, String> workers, Map<UUID, Integer> attempts) {

  /**
   * The whole in one sentence, from what was asked about to what keeps it.
   *
   * @param chain what keeps it, level by level: of each the first leads to the next
   */
  String sentence(Explained asked, List<Explain.Level> chain) {
    StringBuilder words =
        new StringBuilder()
            .append(asked.isTask() ? "task %s of ".formatted(asked.task()) : "")
            .append("%s/%s %s".formatted(asked.list().type(), asked.label(), stands(asked)));
    Explained last = asked;
    for (Explain.Level level : chain) {
      Explained next = level.shown().get(0);
      boolean waits = !last.isTask() && (last.leaves() || last.reason() == Reason.WAITING);
      words
          .append(
              last.isTask()
                  ? ", and waits: of its resource, "
                  : waits ? ", and waits for its " : ", but its ")
          .append(
              next.isTask()
                  ? "task " + next.task()
                  : "child %s/%s".formatted(next.list().type(), next.label()))
          .append(others(level))
          .append(waits ? ", which " : " ")
          .append(stands(next));
      last = next;
    }
    return words.append("; ").append(of(last)).toString();
  }

  private static String others(Explain.Level level) {
    long others = level.others() + level.shown().size() - 1;
    return others == 0 ? "" : " (and %d other%s)".formatted(others, others == 1 ? "" : "s");
  }

  private static String stands(Explained e) {
    String since = e.last().at() == null ? "" : " since " + time(e.last().at());
    return e.isTask() || !e.leaves() ? "is in " + e.state() + since : "is on its way down";
  }

  /** Why this one waits. */
  String of(Explained e) {
    String worker = workers.get(e.uuid());
    String inHand = worker == null ? "" : ", and worker %s has it in hand".formatted(worker);
    return switch (e.reason()) {
      case DUE_LATER -> "it is due at " + time(e.dueAt()) + tried(e);
      case DUE ->
          "it has been due for %d s".formatted(e.due().toSeconds())
              + (inHand.isEmpty() ? ", and waits for a worker" : inHand)
              + tried(e);
      case POLLING ->
          "it is looked at every %d s".formatted(e.everyS()) + ends(e) + inHand + tried(e);
      case HELD ->
          (e.hold() != null ? held(e.hold()) : "a person stopped its task " + e.stopped())
              + tried(e);
      case PANICKED ->
          e.failure() == null
              ? "it stands still until somebody handles alarm " + e.alarm()
              : "it has stopped with %s, and stands still until somebody handles alarm %s"
                  .formatted(error(e.failure()), e.alarm());
      case WAITING -> waiting(e) + tried(e);
      case RESTING -> "it rests: in this state nothing is to happen";
      case STUCK ->
          "it has been due for %d s, and workers get nowhere with it: alarm %s"
                  .formatted(e.due().toSeconds(), e.alarm())
              + inHand
              + tried(e);
      case LATE -> (inHand.isEmpty() ? late(e) : late(e.due().toSeconds()) + inHand) + tried(e);
      case LEFT_OVER ->
          "nothing explains it: that is a fault of Toygun, or of somebody's hand in its tables";
    };
  }

  private String tried(Explained e) {
    if (e.tries() == 0) {
      return "";
    }
    Integer all = attempts.get(e.uuid());
    String next = ", for try %d".formatted(e.tries() + 1) + (all == null ? "" : " of " + all);
    return e.failure() == null ? next : next + ", since the last failed with " + error(e.failure());
  }

  private static String error(Explained.Failure failure) {
    return failure.message().isEmpty() ? failure.kind() : failure.kind() + ": " + failure.message();
  }

  private static String held(Holding hold) {
    return (hold.abandons()
            ? "it is being abandoned by %s: %s (hold %s)"
            : "%s holds it: %s (hold %s)")
        .formatted(hold.actor(), hold.reason(), hold.uuid());
  }

  private String waiting(Explained e) {
    String turn = turns.of(e.uuid());
    if (turn != null) {
      return turn;
    }
    if (e.admission() == Admission.WAITS) {
      return "it waits for its turn";
    }
    if (!e.isTask() && e.tasks() + e.children() > 0) {
      return "it waits for %s and %s of it"
              .formatted(
                  active(e.tasks(), "task", "tasks"), active(e.children(), "child", "children"))
          + until(e);
    }
    if (e.deadlineAt() != null) {
      return "it waits" + until(e);
    }
    return e.isTask()
        ? "it waits for a signal, or for a change of what it sees"
        : "it waits for what is below it, which this key is not for";
  }

  private static String until(Explained e) {
    return e.deadlineAt() == null
        ? ""
        : (endsItsRun(e) ? ", until its run times out at %s" : ", until %s at most")
            .formatted(time(e.deadlineAt()));
  }

  private static String ends(Explained e) {
    return e.deadlineAt() == null
        ? ""
        : (endsItsRun(e) ? ", and its run times out at %s" : ", and times out at %s")
            .formatted(time(e.deadlineAt()));
  }

  private static boolean endsItsRun(Explained e) {
    return Objects.equals(e.deadlineAt(), e.runDeadlineAt());
  }

  private static String active(long n, String one, String many) {
    return "%d active %s".formatted(n, n == 1 ? one : many);
  }

  private static String late(long seconds) {
    return "it has been due for %d s".formatted(seconds);
  }

  private static String late(Explained e) {
    Instant published = e.published();
    String worker =
        published == null
            ? "no worker has ever published it"
            : "a worker last published it at " + time(published);
    return late(e.due().toSeconds())
        + ": is there a worker that takes %s version %d from queue %s? %s"
            .formatted(e.list().type(), e.list().version(), e.list().queue(), worker);
  }

  static @Nullable Instant time(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
  }
}
