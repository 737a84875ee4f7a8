package dev.toygun.service;

import dev.toygun.Severity;
import dev.toygun.service.Lookout.Condition;
import dev.toygun.store.SystemWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the passes of clocks should have got done by now, and have not. */
final class LatePasses {
  private static final Duration ALARMS_PASS = Duration.ofMinutes(1);
  private static final Duration HOLD_OVER = Duration.ofMinutes(2);
  private static final Duration SCHEDULE_DUE = Duration.ofMinutes(1);
  private static final Duration BULK_DUE = Duration.ofMinutes(1);
  private static final Duration TURN_LOOKED_AT = Duration.ofMinutes(1);
  private static final Duration RETENTION_ROUND = Duration.ofDays(1);
  private static final String ALARMS = "alarms";
  private static final String HOLDS = "holds";
  private static final String SCHEDULES = "schedules";
  private static final String BULKS = "bulks";
  private static final String ADMISSIONS = "admissions";
  private static final String RETENTION = "retention";

  /** The names of its alarms. */
  static final Set<String> NAMES = Set.of(ALARMS, HOLDS, SCHEDULES, BULKS, ADMISSIONS, RETENTION);

  private LatePasses() {}

  /**
   * What is late.
   *
   * @param still after which time a clock stands still, and says enough by that
   */
  static List<Condition> of(SystemWatch.Sight sight, Duration still) {
    List<Condition> conditions = new ArrayList<>();
    retention(sight, conditions);
    Instant clock = sight.clock().orElse(Instant.EPOCH);
    if (clock.plus(still).isBefore(sight.now())) {
      return conditions;
    }
    sight
        .alarms()
        .filter(last -> last.plus(ALARMS_PASS).isBefore(clock))
        .ifPresent(
            last ->
                conditions.add(
                    new Condition(
                        ALARMS,
                        Severity.CRITICAL,
                        "clocks come round, but have not moved the alarms whose time has come for %d s: see their logs"
                            .formatted(Duration.between(last, sight.now()).toSeconds()))));
    sight
        .hold()
        .filter(over -> over.plus(HOLD_OVER).isBefore(sight.now()))
        .ifPresent(
            over ->
                conditions.add(
                    new Condition(
                        HOLDS,
                        Severity.ERROR,
                        "a hold that was over %d s ago holds still: somebody has locked a row of what it held, or clocks do not get that far; see their logs"
                            .formatted(Duration.between(over, sight.now()).toSeconds()))));
    schedules(sight)
        .ifPresent(why -> conditions.add(new Condition(SCHEDULES, Severity.ERROR, why)));
    sight
        .bulk()
        .filter(due -> due.plus(BULK_DUE).isBefore(sight.now()))
        .ifPresent(
            due ->
                conditions.add(
                    new Condition(
                        BULKS,
                        Severity.ERROR,
                        "a bulk run is due for %d s and does not go on: somebody has locked its row, or clocks do not get that far; see their logs"
                            .formatted(Duration.between(due, sight.now()).toSeconds()))));
    sight
        .turn()
        .filter(since -> since.plus(TURN_LOOKED_AT).isBefore(sight.now()))
        .ifPresent(
            since ->
                conditions.add(
                    new Condition(
                        ADMISSIONS,
                        Severity.ERROR,
                        "runs wait for their turn, and for %d s no clock has looked whose it is: the pass fails, or clocks do not get that far; see their logs"
                            .formatted(Duration.between(since, sight.now()).toSeconds()))));
    return conditions;
  }

  private static Optional<String> schedules(SystemWatch.Sight sight) {
    Optional<String> late =
        sight
            .schedule()
            .filter(due -> due.plus(SCHEDULE_DUE).isBefore(sight.now()))
            .map(
                due ->
                    "a task is due by its schedule for %d s and was not started: somebody has locked a row of its resource, or clocks do not get that far; see their logs"
                        .formatted(Duration.between(due, sight.now()).toSeconds()));
    return late.or(
        () ->
            sight
                .failing()
                .filter(since -> since.plus(SCHEDULE_DUE).isBefore(sight.now()))
                .map(
                    since ->
                        "a schedule could not start its task for %d s, though it was tried: the database refuses it, or no time can be told by it; the logs of the clocks name it, and `toygun describe` says why"
                            .formatted(Duration.between(since, sight.now()).toSeconds())));
  }

  private static void retention(SystemWatch.Sight sight, List<Condition> conditions) {
    Instant clock = sight.clock().orElse(Instant.EPOCH);
    sight
        .retention()
        .filter(last -> last.plus(RETENTION_ROUND).isBefore(clock))
        .ifPresent(
            last ->
                conditions.add(
                    new Condition(
                        RETENTION,
                        Severity.WARNING,
                        "what is older than it is kept has not all been removed for %d h: see the logs of the clocks"
                            .formatted(Duration.between(last, sight.now()).toHours()))));
  }
}
