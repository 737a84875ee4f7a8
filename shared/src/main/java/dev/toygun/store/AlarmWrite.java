package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome says about an alarm, in the same commit. What becomes of it is decided under the
 * alarm's lock, by {@link AlarmBook}.
 *
 * @param subject whose alarm it is
 * @param task the name of that task, or null for the resource's own
 * @param name at most one is not closed for each subject and name
 * @param uuid of the alarm, should it be a new one
 * @param error what opens it, or null
 * @param rules how it behaves; null where it is not raised
 * @param standsAt of {@code stuck}: the version at which its subject stands
 */
public record AlarmWrite(
    SubjectKey subject,
    @Nullable String task,
    String name,
    Kind kind,
    UUID uuid,
    @Nullable UUID error,
    String message,
    @Nullable Rules rules,
    @Nullable Long standsAt) {

  /** What is said. */
  public enum Kind {
    /** It is true. */
    RAISE,
    /** It is no longer true. */
    CLEAR,
    /** Its repair was started. */
    REPAIR,
    /** The repair that was started last has not begun, and will not: it was no try. */
    REPAIR_WITHDRAWN,
    /** Its repair has been tried as often as it may: it is critical now. */
    REPAIRED_IN_VAIN
  }

  /**
   * How an alarm behaves.
   *
   * @param judged by a worker, by a predicate
   * @param climbs whether those above may handle it before anybody is told
   */
  public record Rules(
      Severity severity,
      boolean judged,
      boolean climbs,
      Duration forAtLeast,
      @Nullable Duration escalateAfter,
      @Nullable String runbook) {}

  private static final UUID NOBODY = new UUID(0, 0);

  private static final Rules PANIC =
      new Rules(Severity.ERROR, false, true, Duration.ZERO, Duration.ofHours(1), null);

  /** A task that ran out of time has ended, and its resource usually starts it again. */
  private static final Rules TASK_TIMEOUT =
      new Rules(Severity.WARNING, false, false, Duration.ZERO, null, null);

  /** That it should go on, and does not, is for whoever runs the system: nobody handles it. */
  private static final Rules MACHINE_STUCK =
      new Rules(Severity.ERROR, false, false, Duration.ZERO, Duration.ofHours(1), null);

  /** It waits for somebody, who may have gone home. */
  private static final Rules APPROVAL =
      new Rules(Severity.WARNING, false, false, Duration.ZERO, Duration.ofHours(1), null);

  /** The more want it, the more it matters who is right: they, or what they are seen with. */
  private static final Rules BRAKED =
      new Rules(Severity.CRITICAL, false, false, Duration.ZERO, null, null);

  /** A machine stands still in this state, with this error. */
  static AlarmWrite panic(Optional<TaskRow> run, String state, ErrorRow error) {
    String name = state.equals(BuiltIn.TIMEOUT) ? AlarmType.TIMEOUT : AlarmType.PANIC;
    return of(run.map(TaskRow::name).orElse(null), name, error, PANIC);
  }

  /** A task has ended because its time was over. */
  public static AlarmWrite timedOut(String task, ErrorRow error) {
    return of(task, AlarmType.TIMEOUT, error, TASK_TIMEOUT);
  }

  /** A machine does not go on, though nothing says why. */
  static AlarmWrite stuck(@Nullable String task, Due.Stuck machine) {
    return new AlarmWrite(
        machine.subject(),
        task,
        AlarmType.STUCK,
        Kind.RAISE,
        machine.alarm(),
        null,
        machine.why(),
        MACHINE_STUCK,
        machine.version());
  }

  /** None of a task is let in, since too many want it. */
  public static AlarmWrite braked(Admissions.Braked brake, UUID alarm) {
    return raise(
        SubjectKey.ofResource(brake.at()),
        AlarmType.brake(brake.type(), brake.task()),
        alarm,
        brake.why(),
        BRAKED);
  }

  private static AlarmWrite of(@Nullable String task, String name, ErrorRow error, Rules rules) {
    return new AlarmWrite(
        error.subject(),
        task,
        name,
        Kind.RAISE,
        of(error.uuid(), name),
        error.uuid(),
        error.kind() + ": " + error.message(),
        rules,
        null);
  }

  /** The same each time that this error, or run, opens this alarm, and another for another. */
  private static UUID of(UUID opener, String name) {
    return new UUID(
        opener.getMostSignificantBits(),
        opener.getLeastSignificantBits() ^ (name.hashCode() & 0xFFFFFFFFL));
  }

  /** A run does not begin before a person approves of it. */
  static AlarmWrite approval(TaskRow run) {
    return new AlarmWrite(
        run.key(),
        run.name(),
        AlarmType.APPROVAL,
        Kind.RAISE,
        of(run.key().uuid(), AlarmType.APPROVAL),
        null,
        "%s, started by %s, begins once somebody approves it"
            .formatted(run.name(), run.startedBy()),
        APPROVAL,
        null);
  }

  /** It is true. */
  public static AlarmWrite raise(
      SubjectKey subject, String name, UUID uuid, String message, Rules rules) {
    return new AlarmWrite(subject, null, name, Kind.RAISE, uuid, null, message, rules, null);
  }

  /** It is no longer true. */
  public static AlarmWrite clear(SubjectKey subject, String name) {
    return say(subject, name, Kind.CLEAR);
  }

  /** This one is no longer true. */
  public static AlarmWrite clear(Alarm alarm) {
    return clear(new SubjectKey(alarm.key().resource(), alarm.subject()), alarm.name());
  }

  /** Something about one that is there. */
  public static AlarmWrite say(SubjectKey subject, String name, Kind kind) {
    return new AlarmWrite(subject, null, name, kind, NOBODY, null, "", null, null);
  }
}
