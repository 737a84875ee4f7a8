package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is open further up, or about to be: what an alarm folds under, and what it waits for. */
final class AlarmsAbove {
  /** How long those above have to open first: what fails with its host is told of once. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  /** How long at most, where one above is on its way to be open all the time. */
  private static final Duration MOST_SETTLING = Duration.ofMinutes(2);

  private final Instant now;
  private final AlarmAround around;
  private final Collection<AlarmDraft> held;

  /**
   * Above the alarms of a book.
   *
   * @param held the book's own, as they are at each time
   */
  AlarmsAbove(Instant now, AlarmAround around, Collection<AlarmDraft> held) {
    this.now = now;
    this.around = around;
    this.held = held;
  }

  /** An alarm above, of this book or of others. */
  Optional<UUID> cover(AlarmDraft below) {
    if (below.isOfRun()) {
      return Optional.empty(); // A question is no symptom of what is wrong further up.
    }
    List<UUID> path = around.path(below.key.resource());
    for (AlarmDraft alarm : held) {
      if (alarm.state.covers()
          && alarm.severity.compareTo(below.severity) >= 0
          && path.contains(alarm.key.resource())) {
        return Optional.of(alarm.key.uuid());
      }
    }
    return around
        .cover(below.key.resource(), below.severity)
        .filter(uuid -> held.stream().noneMatch(alarm -> alarm.key.uuid().equals(uuid)));
  }

  /**
   * Until when one further up may open before this one is told of: a host and what is on it do not
   * fail in one commit, and whoever sees it first should not be told 500 times.
   */
  Instant settled(AlarmDraft alarm) {
    UUID resource = alarm.key.resource();
    if (!alarm.state.isAbout() || alarm.openedAt != null || around.path(resource).isEmpty()) {
      return now;
    }
    boolean last = !alarm.createdAt.plus(MOST_SETTLING).isAfter(now);
    return isAbout(alarm) && !last ? now.plus(SETTLING) : alarm.createdAt.plus(SETTLING);
  }

  private boolean isAbout(AlarmDraft below) {
    List<UUID> path = around.path(below.key.resource());
    return around.isAbout(below.key.resource(), below.severity)
        || held.stream()
            .anyMatch(
                above ->
                    above.state.isAbout()
                        && above.severity.compareTo(below.severity) >= 0
                        && path.contains(above.key.resource()));
  }
}
