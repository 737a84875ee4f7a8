package dev.toygun;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a task's schedule, as sentences; its expression is read elsewhere. */
final class ScheduleChecks {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(366);

  private ScheduleChecks() {}

  static List<String> problems(Schedule schedule) {
    List<String> problems = new ArrayList<>();
    Duration every = schedule.every();
    if (every != null && schedule.cron() != null) {
      problems.add("it has both every and cron: one of them says when it starts");
    }
    if (every == null && schedule.cron() == null) {
      problems.add("missed and jitter are of a schedule: give it every or cron");
    }
    if (every != null
        && (every.compareTo(LEAST) < 0 || every.compareTo(MOST) > 0 || every.toNanosPart() != 0)) {
      problems.add("it starts every %s: 1 min to 366 days, in whole seconds".formatted(every));
    }
    String zone = schedule.zone();
    if (zone != null && !isZone(zone)) {
      problems.add("there is no time zone '%s': name one as Europe/Berlin, or UTC".formatted(zone));
    }
    Duration jitter = schedule.jitter();
    if (jitter.isNegative() || jitter.toNanosPart() != 0) {
      problems.add("it has jitter %s: whole seconds, 0 or more".formatted(jitter));
    }
    if (every != null && jitter.compareTo(every) >= 0) {
      problems.add(
          "it has jitter %s, and starts every %s: jitter is shorter".formatted(jitter, every));
    }
    return problems;
  }

  private static boolean isZone(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
