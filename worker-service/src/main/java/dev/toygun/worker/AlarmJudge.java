package dev.toygun.worker;

import dev.toygun.AlarmType;
import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TypeSet;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.Cause;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Outlook;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.TaskRow;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges a resource's alarms, and the triggers of its tasks, once nothing of it is due any more:
 * whether each is true on what is there then. Says only what changes something, so that a healthy
 * resource writes nothing.
 */
final class AlarmJudge {
  /** How long after a repair it shows whether it has helped. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  /** How often is judged without a tick: a condition that is not pure must not go on for ever. */
  private static final int MOST = 5;

  private final TypeSet types;
  private final StoredFields stored;
  private final Effects effects;
  private final Redaction redaction;
  private final Time time;
  private final WorkerSettings settings;
  private final TriggerJudge triggers;

  AlarmJudge(
      TypeSet types,
      StoredFields stored,
      Effects effects,
      Redaction redaction,
      Time time,
      WorkerSettings settings) {
    this.types = types;
    this.stored = stored;
    this.effects = effects;
    this.redaction = redaction;
    this.time = time;
    this.settings = settings;
    this.triggers = new TriggerJudge(stored, effects, redaction, time);
  }

  /** What there is to say of a resource's alarms and triggers. */
  record Said(Subject resource, Outcome outcome) {}

  /**
   * What there is to say once an errand has nothing more to tick, if it ticked anything and its
   * last commit has not said it.
   */
  Optional<Said> said(Errand errand, Family family, Map<UUID, ResourceRow> referred, Instant now) {
    return errand.ticks == 0 || errand.quiet || errand.shared != null
        ? Optional.empty()
        : judged(errand, family, referred, now);
  }

  /** What there will be to say once the family is like this. */
  Optional<Outcome> ahead(
      Errand errand, Family family, Map<UUID, ResourceRow> referred, Instant now) {
    return judged(errand, family, referred, now).map(Said::outcome);
  }

  private Optional<Said> judged(
      Errand errand, Family family, Map<UUID, ResourceRow> referred, Instant now) {
    ResourceRow row = family.resource();
    ResourceType<?> type = types.find(row.type()).orElse(null);
    if (type == null
        || !type.isJudged()
        || !row.machine().active()
        || row.deleting() != ResourceRow.Deleting.NO
        || StoredFields.newer(family, row.machine(), type)
        || errand.judged >= MOST) {
      return Optional.empty();
    }
    Subject resource = stored.subject(type, family, row.key(), row.machine(), now);
    Optional<Outcome> said = judge(resource, referred, stamp(errand, Cause.ALARM));
    return (type.hasTriggers() ? triggered(errand, resource, referred, said) : said)
        .map(
            outcome -> {
              errand.judged++;
              return new Said(resource, outcome);
            });
  }

  /** With what triggers come to once that is said; if the resource is to look again, after that. */
  private Optional<Outcome> triggered(
      Errand errand, Subject resource, Map<UUID, ResourceRow> referred, Optional<Outcome> said) {
    Stamp stamp = stamp(errand, Cause.TRIGGER);
    if (said.isEmpty()) {
      return triggers.judge(resource, referred, stamp);
    }
    Instant now = resource.now();
    Family family = Outlook.of(resource.family(), said.get(), now);
    MachineRow row = family.resource().machine();
    if (row.dueAt() != null && !row.dueAt().isAfter(now)) {
      return said;
    }
    Subject later = stored.subject(resource.type(), family, resource.key(), row, now);
    return said.map(outcome -> outcome.then(triggers.judge(later, referred, stamp).orElse(null)));
  }

  private Stamp stamp(Errand errand, Cause cause) {
    return new Stamp(
        cause,
        "system",
        settings.id(),
        settings.build(),
        time.uuid(),
        errand.trace,
        Stamp.Delays.NONE);
  }

  /** What there is to say of the resource's alarms, if anything. */
  private Optional<Outcome> judge(Subject resource, Map<UUID, ResourceRow> referred, Stamp stamp) {
    Snapshot seen = new Seen(resource, stored, referred);
    OutcomeDraft draft = resource.draft(stamp);
    List<Judged> all =
        resource.type().alarms().stream().map(type -> look(resource, type, seen)).toList();
    withdraw(resource, all, draft);
    all.forEach(judged -> say(resource, judged, draft));
    return draft.build();
  }

  /**
   * An alarm as it is, and what there is to see.
   *
   * @param alarm null where there is none
   * @param isOver whether what it tells of is over; nobody knows where its condition throws
   */
  private record Judged(
      AlarmType type, @Nullable Alarm alarm, boolean isTrue, boolean isOver, String message) {
    /** Whether this run was started to put it right. */
    boolean started(TaskRow run) {
      AlarmType.Repair repair = type.repair();
      return repair != null
          && alarm != null
          && repair.task().value().equals(run.name())
          && hasTried(alarm, run);
    }
  }

  private Judged look(Subject resource, AlarmType type, Snapshot seen) {
    Alarm alarm = resource.alarm(type.name()).orElse(null);
    if (type.when() == null) {
      return new Judged(type, alarm, false, alarm == null, "");
    }
    try {
      boolean isTrue = type.when().test(seen);
      boolean isOver = !isTrue && (type.closeWhen() == null || type.closeWhen().test(seen));
      return new Judged(type, alarm, isTrue, isOver, "");
    } catch (NewerRow e) {
      return new Judged(type, alarm, false, false, ""); // Newer workers judge it.
    } catch (Throwable e) {
      // Nobody knows whether it is true: that is worth an alarm.
      String message = redaction.clean(resource, "its condition threw " + e);
      return new Judged(type, alarm, true, false, message);
    }
  }

  /*
   * What it was to repair has mended itself: a run that a brake, a limit or a person has kept waiting
   * would be done to what is sound. It is no try.
   */
  private static void withdraw(Subject resource, List<Judged> all, OutcomeDraft draft) {
    Map<TaskName, Boolean> over = new LinkedHashMap<>();
    for (Judged one : all) {
      if (one.type().repair() != null) {
        over.merge(one.type().repair().task(), one.isOver(), Boolean::logicalAnd);
      }
    }
    over.values().removeIf(isOver -> !isOver);
    for (TaskName task : over.keySet()) {
      resource
          .family()
          .task(task.value())
          .filter(run -> run.cause() == Cause.ALARM && run.machine().active() && run.hasNotBegun())
          .ifPresent(
              run -> {
                draft.stop(run.name());
                all.stream()
                    .filter(one -> one.started(run))
                    .forEach(
                        one ->
                            draft.alarm(
                                AlarmWrite.say(
                                    resource.key(),
                                    one.type().name(),
                                    AlarmWrite.Kind.REPAIR_WITHDRAWN)));
              });
    }
  }

  /* Both are written in one commit, by one clock. */
  private static boolean hasTried(Alarm alarm, TaskRow run) {
    Instant started = run.machine().createdAt().minusSeconds(1);
    return alarm.repairs().stream().anyMatch(at -> at.isAfter(started));
  }

  private void say(Subject resource, Judged judged, OutcomeDraft draft) {
    AlarmType type = judged.type();
    Alarm alarm = judged.alarm();
    if (judged.isTrue() && (alarm == null || matters(alarm, type, resource.now()))) {
      effects.raise(resource, type, judged.message(), draft);
    } else if (type.when() != null
        && judged.isOver()
        && alarm != null
        && isClear(alarm, resource.now())) {
      draft.alarm(AlarmWrite.clear(resource.key(), type.name()));
    }
    if (alarm != null && type.repair() != null && isRepaired(alarm)) {
      repair(resource, type, type.repair(), alarm, draft);
    }
  }

  /** Whether it matters to an alarm that is there that it is still true. */
  private static boolean matters(Alarm alarm, AlarmType type, Instant now) {
    return switch (alarm.state()) {
      case PENDING -> !alarm.createdAt().plus(type.forAtLeast()).isAfter(now) && isRipe(alarm, now);
      case SNOOZED, LIFTED, ACKNOWLEDGED ->
          alarm.snoozedUntil() != null && !alarm.snoozedUntil().isAfter(now);
      case FOLDED, HELD -> alarm.under() == null && isRipe(alarm, now);
      case OPEN -> alarm.clearAt() != null;
      case CLIMBING, IGNORED, CLOSED -> false;
    };
  }

  /** Whether one that is no longer true closes now: one that has flapped stays open for a while. */
  private static boolean isClear(Alarm alarm, Instant now) {
    return alarm.state() != Alarm.State.OPEN || isRipe(alarm, now);
  }

  private static boolean isRipe(Alarm alarm, Instant now) {
    return alarm.clearAt() == null || !alarm.clearAt().isAfter(now);
  }

  private static boolean isAfter(@Nullable Instant opened, Instant ended) {
    return opened != null && opened.isAfter(ended);
  }

  /*
   * What folds is the message: an alarm above that is about its children does not close before they
   * are repaired.
   */
  private static boolean isRepaired(Alarm alarm) {
    return switch (alarm.state()) {
      case OPEN, ACKNOWLEDGED -> alarm.clearAt() == null;
      case FOLDED -> alarm.under() != null;
      case PENDING, CLIMBING, SNOOZED, LIFTED, IGNORED, HELD, CLOSED -> false;
    };
  }

  /**
   * From when on it may be started: the last one gets time to show whether it helped. Never over
   * what runs, or what a person ended or has to handle; but who would not have it begin for another
   * alarm has said nothing of this one.
   */
  private static Optional<Instant> mayBegin(Optional<TaskRow> last, Alarm alarm) {
    TaskStatus status = last.map(TaskRow::status).orElse(TaskStatus.ABSENT);
    Instant ended = last.map(row -> row.machine().endedAt()).orElse(Instant.EPOCH);
    return switch (status) {
      case ABSENT -> Optional.of(Instant.EPOCH);
      case FINISHED, TIMED_OUT -> Optional.of(ended.plus(SETTLING));
      case STOPPED, ABORTED ->
          last.filter(TaskRow::hasNotBegun)
              .filter(run -> !hasTried(alarm, run) || isAfter(alarm.openedAt(), ended))
              .map(run -> Instant.EPOCH);
      case RUNNING, PANICKED -> Optional.empty();
    };
  }

  private void repair(
      Subject resource, AlarmType type, AlarmType.Repair repair, Alarm alarm, OutcomeDraft draft) {
    Instant now = resource.now();
    Optional<TaskRow> last = resource.family().task(repair.task().value());
    Instant from = mayBegin(last, alarm).orElse(null);
    if (from == null) {
      return;
    }
    if (from.isAfter(now)) {
      lookAgain(resource, from, draft);
      return;
    }
    Instant since = now.minus(repair.window());
    List<Instant> tried =
        resource.family().alarms().stream()
            .filter(a -> a.name().equals(type.name()) && a.subject().equals(alarm.subject()))
            .flatMap(a -> a.repairs().stream())
            .filter(at -> at.isAfter(since))
            .sorted()
            .toList();
    if (tried.size() < repair.most()) {
      Instant next = RestartBudget.next(resource, repair.task()).orElse(now);
      if (next.isAfter(now) && alarm.state() == Alarm.State.FOLDED) {
        lookAgain(resource, next, draft); // Who is told of the one above is not told of this.
      } else if (effects.mayBegin(resource, repair.task(), draft)) {
        boolean ensure = last.filter(TaskRow::hasNotBegun).isEmpty();
        draft.start(effects.repair(resource, repair.task(), ensure));
        draft.alarm(AlarmWrite.say(resource.key(), type.name(), AlarmWrite.Kind.REPAIR));
      }
      return;
    }
    if (alarm.severity() != Severity.CRITICAL && alarm.state() != Alarm.State.FOLDED) {
      draft.alarm(AlarmWrite.say(resource.key(), type.name(), AlarmWrite.Kind.REPAIRED_IN_VAIN));
    }
    lookAgain(resource, tried.get(tried.size() - repair.most()).plus(repair.window()), draft);
  }

  /** A resource that rests would not be ticked then, and so its alarms would not be judged. */
  static void lookAgain(Subject resource, Instant then, OutcomeDraft draft) {
    MachineRow row = resource.family().resource().machine();
    if (row.everyS() == null && (row.dueAt() == null || row.dueAt().isAfter(then))) {
      draft.dueAt(then);
    }
  }
}
