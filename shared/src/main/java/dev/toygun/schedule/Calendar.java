package dev.toygun.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The times that a cron expression names in a time zone. It is read as times on the wall, without
 * any zone; each is then a point in time of the zone by two rules: one that the wall leaves out is
 * the moment after that, and of one that it shows twice the first counts.
 */
final class Calendar {
  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private static final Instant SOMETIME = Instant.parse("2000-01-01T00:00:00Z");

  /** How many times are looked at to see how close two of them are: a month of hours, and more. */
  private static final int LOOKED_AT = 1000;

  private final ExecutionTime wall;
  private final ZoneId zone;

  /**
   * The calendar of this expression.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Calendar(String cron, ZoneId zone) {
    this.wall = ExecutionTime.forCron(UNIX.parse(cron).validate());
    this.zone = zone;
  }

  /** The first time after this point; nothing where there is none any more. */
  Optional<Instant> after(Instant point) {
    Optional<ZonedDateTime> next = wall.nextExecution(onTheWall(point));
    while (next.isPresent()) {
      Instant at = at(next.get().toLocalDateTime());
      if (at.isAfter(point)) {
        return Optional.of(at);
      }
      next = wall.nextExecution(next.get());
    }
    return Optional.empty();
  }

  /** The last time before this point, or at it. */
  Optional<Instant> upto(Instant point) {
    // One minute on: what is at this point is to be found too.
    Optional<ZonedDateTime> last = wall.lastExecution(lastOnTheWall(point).plusMinutes(1));
    while (last.isPresent()) {
      Instant at = at(last.get().toLocalDateTime());
      if (!at.isAfter(point)) {
        return Optional.of(at);
      }
      last = wall.lastExecution(last.get());
    }
    return Optional.empty();
  }

  /** The shortest time between two of the times; nothing where there are not two. */
  Optional<Duration> closest() {
    Duration closest = null;
    Instant at = after(SOMETIME).orElse(null);
    for (int i = 0; at != null && i < LOOKED_AT; i++) {
      Instant next = after(at).orElse(null);
      if (next != null) {
        Duration between = Duration.between(at, next);
        closest = closest == null || between.compareTo(closest) < 0 ? between : closest;
      }
      at = next;
    }
    return Optional.ofNullable(closest);
  }

  /** A time on the wall, as the library takes one: of a zone that never changes its clocks. */
  private ZonedDateTime onTheWall(Instant point) {
    return LocalDateTime.ofInstant(point, zone).atZone(ZoneOffset.UTC);
  }

  /** The same; where an hour comes for the second time, the end of that hour, which was shown. */
  private ZonedDateTime lastOnTheWall(Instant point) {
    ZonedDateTime shown = onTheWall(point);
    ZoneOffsetTransition change = zone.getRules().previousTransition(point.plusNanos(1));
    if (change == null || !change.isOverlap()) {
      return shown;
    }
    ZonedDateTime end = change.getDateTimeBefore().atZone(ZoneOffset.UTC);
    return end.isAfter(shown) ? end : shown;
  }

  private Instant at(LocalDateTime shown) {
    ZoneOffsetTransition change = zone.getRules().getTransition(shown);
    return change != null && change.isGap()
        ? change.getInstant()
        : shown.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
