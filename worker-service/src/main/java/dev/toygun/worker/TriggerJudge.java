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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
    Map<String, TriggerRow> before = new LinkedHashMap<>();
    List<TriggerRow> after = new ArrayList<>();
    for (TaskType<?> task : resource.type().tasks()) {
      if (task.triggers().areJudged()) {
        TriggerRow was = resource.family().trigger(task.name().value());
        before.put(was.task(), was);
        after.add(judge(resource, task, was, seen, draft));
      }
    }
    for (TriggerRow was : resource.family().triggers()) {
      if (was.fault() != null && before.putIfAbsent(was.task(), was) == null) {
        after.add(was.withFault(null)); // The code has no such trigger any more.
      }
    }
    after.stream().filter(is -> !is.equals(before.get(is.task()))).forEach(draft::trigger);
    tell(resource, fault(before.values()), fault(after), draft);
    return draft.build();
  }

  /** What is wrong with the first of those with which anything is. */
  private static @Nullable String fault(Collection<TriggerRow> rows) {
    for (TriggerRow row : rows) {
      if (row.fault() != null) {
        return "task %s: %s".formatted(row.task(), row.fault());
      }
    }
    return null;
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
      // What was thrown first is kept: it may say something else each time.
      return was.fault() != null
          ? was
          : was.withFault(redaction.clean(resource, "its condition threw " + e));
    }
    Family family = resource.family();
    TaskRow last = family.task(was.task()).orElse(null);
    long stopped = was.stopped();
    if (stops && !was.stops() && last != null && isStoppable(last)) {
      draft.stop(was.task());
      stopped = last.run();
    }
    boolean served = starts && was.starts();
    if (starts
        && !served
        && was.mayStartOver(last)
        && effects.mayBegin(resource, task.name(), draft)) {
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
      Subject resource, @Nullable String was, @Nullable String fault, OutcomeDraft draft) {
    if (Objects.equals(was, fault)) {
      return;
    }
    if (was != null) {
      draft.alarm(AlarmWrite.clear(resource.key(), AlarmType.TRIGGER));
    }
    if (fault != null) {
      ResourceRow row = resource.family().resource();
      draft.alarm(
          AlarmWrite.raise(
              resource.key(),
              AlarmType.TRIGGER,
              time.uuid(),
              "%s '%s': %s".formatted(row.type(), row.label(), fault),
              FAULTY));
    }
  }
}
