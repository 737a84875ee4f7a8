package dev.toygun.worker;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.Limits;
import dev.toygun.Severity;
import dev.toygun.TaskName;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Restarts;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How often code restarts a resource. Beyond that somebody is told, and code may wait for it. */
final class RestartBudget {
  private static final AlarmWrite.Rules RULES =
      new AlarmWrite.Rules(Severity.CRITICAL, false, false, Duration.ZERO, null, null);

  private final Time time;

  RestartBudget(Time time) {
    this.time = time;
  }

  /** From when on a run of this task may begin; nothing where that is now. */
  static Optional<Instant> next(Subject subject, TaskName task) {
    Limits.Rate most = subject.type().restarts();
    return most == null || !task.equals(BuiltIn.RESTART_TASK)
        ? Optional.empty()
        : Restarts.of(subject.family()).next(most, subject.now());
  }

  /** Tells that code would restart it more often than it may; it looks again once it may. */
  void exceeded(Subject subject, Instant next, OutcomeDraft draft) {
    if (subject.isResource()) {
      draft.lapses(next);
      AlarmJudge.lookAgain(subject, next, draft);
    }
    if (subject.alarm(AlarmType.RESTARTS).isPresent()) {
      return;
    }
    ResourceRow row = subject.family().resource();
    Limits.Rate most = Objects.requireNonNull(subject.type().restarts());
    draft.alarm(
        AlarmWrite.raise(
            owner(subject),
            AlarmType.RESTARTS,
            time.uuid(),
            "%s '%s': to be restarted again, after %d times within %d s"
                .formatted(row.type(), row.label(), most.runs(), most.per().toSeconds()),
            RULES));
  }

  /** A restart has ended well: it is no longer to be told. */
  static void done(Subject subject, OutcomeDraft draft) {
    boolean restarts = subject.task() != null && subject.task().name().equals(BuiltIn.RESTART_TASK);
    boolean isOwn = subject.type().alarm(AlarmType.RESTARTS).isPresent();
    if (restarts && !isOwn && subject.alarm(AlarmType.RESTARTS).isPresent()) {
      draft.alarm(AlarmWrite.clear(owner(subject), AlarmType.RESTARTS));
    }
  }

  private static SubjectKey owner(Subject subject) {
    return SubjectKey.ofResource(subject.key().resource());
  }
}
