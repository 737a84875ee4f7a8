package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker times itself: a subject that is due before the clock has passed twice.
 *
 * @param delay from now, at least 1 ms
 */
record Soon(Committed.Woken subject, Duration delay) {
  /** Two passes of the clock, which is the net under this. */
  private static final Duration HORIZON = Duration.ofSeconds(1);

  static Optional<Soon> of(Errand errand, Family family, Instant now) {
    SubjectKey first = null;
    Instant due = now.plus(HORIZON);
    MachineRow resource = family.resource().machine();
    if (sooner(resource, due)) {
      first = family.resource().key();
      due = resource.dueAt();
    }
    for (TaskRow task : family.tasks()) {
      if (sooner(task.machine(), due)) {
        first = task.key();
        due = task.machine().dueAt();
      }
    }
    if (first == null || errand.skipped.contains(first) || due == null) {
      return Optional.empty();
    }
    Duration wait = Duration.between(now, due);
    return Optional.of(
        new Soon(
            new Committed.Woken(first, errand.found),
            wait.toMillis() < 1 ? Duration.ofMillis(1) : wait));
  }

  private static boolean sooner(MachineRow row, @org.jspecify.annotations.Nullable Instant than) {
    return row.active() && row.dueAt() != null && than != null && row.dueAt().isBefore(than);
  }
}
