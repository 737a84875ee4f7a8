package dev.toygun;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that a resource can have: at most one of its name is open at a time. Immutable: each
 * method gives a changed copy.
 *
 * <pre>{@code
 * alarm("down", s -> s.availability() == OFFLINE)
 *     .severity(CRITICAL)
 *     .forAtLeast(ofMinutes(1))
 *     .repair(Restart.NAME, 3, ofHours(1))
 *     .runbook("https://wiki/down")
 * }</pre>
 *
 * @param when what makes it true: pure, judged by a worker after every tick of the resource or its
 *     tasks; null for one that only {@link Next#raise} opens
 * @param closeWhen what closes it; null where it closes as soon as {@code when} is false
 * @param forAtLeast how long it has to be true without a break before anybody is told
 * @param escalateAfter how long it may be open and not acknowledged before its severity rises; null
 *     for ever
 * @param repair the task that is to put things right, or null
 * @param suggested tasks that a person may start to put things right
 */
public record AlarmType(
    String name,
    @Nullable Predicate<Snapshot> when,
    @Nullable Predicate<Snapshot> closeWhen,
    Severity severity,
    Duration forAtLeast,
    @Nullable Duration escalateAfter,
    @Nullable Repair repair,
    List<TaskName> suggested,
    @Nullable String runbook) {

  /** The names of the alarms that every task has for nothing. */
  public static final String PANIC = "panic";

  public static final String TIMEOUT = "timeout";
  public static final String STUCK = "stuck";

  /** A run of a task waits for a person: {@link TaskType#approval}. */
  public static final String APPROVAL = "approval";

  /** Of a resource: what is to start and stop its tasks by itself does not work. */
  public static final String TRIGGER = "trigger";

  /** Of a resource: its code has restarted it as often as it may. */
  public static final String RESTARTS = "restarts";

  private static final String BRAKE = "brake:";
  private static final String DEMOTED = "demoted:";
  private static final String HEAVY = "heavy:";

  /** The name of the alarm that the brake of a task holds: {@code brake:server:repair}. */
  public static String brake(String type, String task) {
    return BRAKE + type + ":" + task;
  }

  /**
   * The name of the alarm of the system that a repair was demoted: {@code demoted:server:restart}.
   */
  public static String demoted(String type, String task) {
    return DEMOTED + type + ":" + task;
  }

  /** The name of the alarm of the system that a resource uses more than its {@link Quota}. */
  public static String heavy(String type, UUID resource) {
    return HEAVY + type + ":" + resource;
  }

  /** Whether an alarm of this name tells that a resource uses more than its {@link Quota}. */
  public static boolean isOfQuota(String alarm) {
    return alarm.startsWith(HEAVY);
  }

  /** Whether an alarm of this name tells that a repair was demoted. */
  public static boolean isOfDemotion(String alarm) {
    return alarm.startsWith(DEMOTED);
  }

  /** Whether an alarm of this name tells that a brake holds. */
  public static boolean isOfBrake(String alarm) {
    return alarm.startsWith(BRAKE);
  }

  /** The type whose runs the brake of this alarm keeps waiting; nothing where it is of none. */
  public static Optional<String> brakes(String alarm) {
    return isOfBrake(alarm)
        ? Optional.of(alarm.substring(BRAKE.length(), alarm.lastIndexOf(':')))
        : Optional.empty();
  }

  /**
   * A task that is started while the alarm is open, unless it is running.
   *
   * @param most how often within {@code window}: once that is used up the alarm becomes critical,
   *     and nothing more is tried
   */
  public record Repair(TaskName task, int most, Duration window) {}

  public AlarmType {
    Objects.requireNonNull(name);
    suggested = List.copyOf(suggested);
  }

  /** An alarm that is open while this is true. */
  public static AlarmType alarm(String name, Predicate<Snapshot> when) {
    return new AlarmType(
        name, when, null, Severity.ERROR, Duration.ZERO, null, null, List.of(), null);
  }

  /** An alarm that code raises and clears: {@code t.stay().raise("disk full")}. */
  public static AlarmType alarm(String name) {
    return new AlarmType(
        name, null, null, Severity.ERROR, Duration.ZERO, null, null, List.of(), null);
  }

  /** {@link Severity#ERROR} unless said. */
  public AlarmType severity(Severity other) {
    return new AlarmType(
        name, when, closeWhen, other, forAtLeast, escalateAfter, repair, suggested, runbook);
  }

  /** Opens only once it has been true for this long without a break. */
  public AlarmType forAtLeast(Duration time) {
    return new AlarmType(
        name, when, closeWhen, severity, time, escalateAfter, repair, suggested, runbook);
  }

  /** Once open it stays so until this is true; code closes one that it raises itself. */
  public AlarmType closeWhen(Predicate<Snapshot> predicate) {
    return new AlarmType(
        name, when, predicate, severity, forAtLeast, escalateAfter, repair, suggested, runbook);
  }

  /** Open and not acknowledged for this long, it becomes more severe, and is told of again. */
  public AlarmType escalateAfter(Duration time) {
    return new AlarmType(
        name, when, closeWhen, severity, forAtLeast, time, repair, suggested, runbook);
  }

  /** Starts this task while the alarm is open, at most 3 times an hour. */
  public AlarmType repair(TaskName task) {
    return repair(task, 3, Duration.ofHours(1));
  }

  /** Starts this task while the alarm is open, at most so often within this time. */
  public AlarmType repair(TaskName task, int most, Duration window) {
    return new AlarmType(
        name,
        when,
        closeWhen,
        severity,
        forAtLeast,
        escalateAfter,
        new Repair(task, most, window),
        suggested,
        runbook);
  }

  /**
   * Who looks at the alarm is offered this task, and nothing starts it by itself. It may be said of
   * several.
   */
  public AlarmType suggest(TaskName task) {
    return new AlarmType(
        name,
        when,
        closeWhen,
        severity,
        forAtLeast,
        escalateAfter,
        repair,
        Stream.concat(suggested.stream(), Stream.of(task)).toList(),
        runbook);
  }

  /** Whether this task is its repair, or is suggested. */
  boolean names(TaskName task) {
    return suggested.contains(task) || (repair != null && repair.task().equals(task));
  }

  /** Where it says what to do. */
  public AlarmType runbook(String text) {
    return new AlarmType(
        name, when, closeWhen, severity, forAtLeast, escalateAfter, repair, suggested, text);
  }

  /** Where it says what to do, if anywhere. */
  public Optional<String> findRunbook() {
    return Optional.ofNullable(runbook);
  }
}
