package dev.toygun.worker;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.Severity;
import dev.toygun.Snapshot;
import dev.toygun.TaskType;
import dev.toygun.Triggers;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.Family;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TriggerRow;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges what starts and stops tasks by itself, where a resource's alarms are judged. Says only
 * what turned since it was last seen.
 */
final class TriggerJudge {
  private static final AlarmWrite.Rules FAULTY =
      new AlarmWrite.Rules(Severity.ERROR, false, false, Duration.ZERO, null, null);

  private final StoredFields stored;
  private final Effects effects;
  private final Redaction redaction;
  private final Time time;

  TriggerJudge(StoredFields stored, Effects effects, Redaction redaction, Time time) {
    this.stored = stored;
    this.effects = effects;
    this.redaction = redaction;
    this.time = time;
  }

  /** What there is to do, if anything; nothing while the resource is being made. */
  Optional<Outcome> judge(Subject resource, Map<UUID, ResourceRow> referred, Stamp stamp) {
    if (resource.row().state().equals(BuiltIn.NEW)) {
      return Optional.empty();
    }
    Snapshot seen = new Seen(resource, stored, referred);
    OutcomeDraft draft = resource.draft(stamp);
    boolean wasFaulty = false;
    String fault = null;
    for (TaskType<?> task : resource.type().tasks()) {
      if (task.triggers().areJudged()) {
        TriggerRow was = resource.family().trigger(task.name().value());
        TriggerRow is = judge(resource, task, was, seen, draft);
        wasFaulty |= was.fault() != null;
        fault = is.fault() == null ? fault : "task %s: %s".formatted(task.name(), is.fault());
        if (!is.equals(was)) {
          draft.trigger(is);
        }
      }
    }
    tell(resource, wasFaulty, fault, draft);
    return draft.build();
  }

  private TriggerRow judge(
      Subject resource, TaskType<?> task, TriggerRow was, Snapshot seen, OutcomeDraft draft) {
    Triggers triggers = task.triggers();
    boolean stops;
    boolean starts;
    try {
      stops = isTrue(triggers.stopWhen(), seen);
      starts = !stops && isTrue(triggers.startWhen(), seen);
    } catch (NewerRow e) {
      return was; // Newer workers judge it.
    } catch (Throwable e) {
      // Nobody knows whether it is true: nothing is started or stopped for that.
      String fault = redaction.clean(resource, "its condition threw " + e);
      return new TriggerRow(
          was.resource(), was.task(), was.starts(), was.stops(), was.stopped(), fault);
    }
    Family family = resource.family();
    TaskRow last = family.task(was.task()).orElse(null);
    long stopped = was.stopped();
    if (stops && !was.stops() && last != null && isStoppable(last)) {
      draft.stop(was.task());
      stopped = last.run();
    }
    boolean served = starts && was.starts();
    if (starts && !served && was.mayStartOver(last)) {
      draft.start(effects.triggered(resource, task, last));
      served = true;
    }
    return new TriggerRow(was.resource(), was.task(), served, stops, stopped, null);
  }

  /** What is on its way out was stopped by somebody else. */
  private static boolean isStoppable(TaskRow run) {
    return run.machine().active() && !run.machine().isExiting();
  }

  private static boolean isTrue(@Nullable Predicate<Snapshot> predicate, Snapshot seen) {
    return predicate != null && predicate.test(seen);
  }

  private void tell(
      Subject resource, boolean wasFaulty, @Nullable String fault, OutcomeDraft draft) {
    if (fault != null && !wasFaulty) {
      ResourceRow row = resource.family().resource();
      draft.alarm(
          AlarmWrite.raise(
              resource.key(),
              AlarmType.TRIGGER,
              time.uuid(),
              "%s '%s': %s".formatted(row.type(), row.label(), Objects.requireNonNull(fault)),
              FAULTY));
    } else if (fault == null && wasFaulty) {
      draft.alarm(AlarmWrite.clear(resource.key(), AlarmType.TRIGGER));
    }
  }
}
