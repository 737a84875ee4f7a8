package dev.toygun.service;

import dev.toygun.Priority;
import dev.toygun.Severity;
import dev.toygun.queue.Takers;
import dev.toygun.service.Lookout.Condition;
import dev.toygun.store.ListName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a list of which something waits is an alarm: nobody takes it, or not fast enough. */
final class LateLists {
  private static final Duration HEAD = Duration.ofSeconds(30);

  /** What is low waits while others are busy, by design. */
  private static final Duration LOW_HEAD = Duration.ofMinutes(15);

  private LateLists() {}

  /**
   * Of a list.
   *
   * @param since since when something of it is due
   * @param head when its oldest ticket was queued
   */
  static Optional<Condition> of(
      ListName list, Instant since, Optional<Instant> head, Instant now, Takers takers) {
    return takers.any(list)
        ? head.filter(at -> at.plus(most(list)).isBefore(now))
            .map(at -> slow(list, Duration.between(at, now)))
        : Optional.of(noWorker(list, Duration.between(since, now), takers));
  }

  private static Duration most(ListName list) {
    return switch (Priority.ofStored(list.priority())) {
      case HIGH, NORMAL -> HEAD;
      case LOW -> LOW_HEAD;
    };
  }

  private static Condition noWorker(ListName list, Duration due, Takers takers) {
    return new Condition(
        Lookout.noWorker(list),
        Severity.CRITICAL,
        "no worker takes type %s version %d from queue %s, and something of it is due for %d s: %s"
            .formatted(
                list.type(), list.version(), list.queue(), due.toSeconds(), takers.remedy(list)));
  }

  private static Condition slow(ListName list, Duration age) {
    Priority priority = Priority.ofStored(list.priority());
    return new Condition(
        Lookout.slow(list),
        Severity.ERROR,
        "the oldest ticket of type %s in queue %s, of priority %s, is %d s old: there are too few workers, or they are stuck"
            .formatted(list.type(), list.queue(), priority, age.toSeconds()));
  }
}
