package dev.toygun.worker;

import static dev.toygun.BuiltIn.RESTART_TASK;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.codec.Attrs;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ListName;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Restarts;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.Wake;
import dev.toygun.time.Time;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Draws everything of an answer but its move: fields, starts, stops, alarms, and what {@link
 * Others} does.
 */
final class Effects {
  private final StoredFields stored;
  private final Time time;
  private final Redaction redaction;
  private final Others others;
  private final RestartBudget restarts;

  Effects(TypeSet types, StoredFields stored, Time time, Redaction redaction) {
    this.stored = stored;
    this.time = time;
    this.redaction = redaction;
    this.others = new Others(types, stored, time);
    this.restarts = new RestartBudget(time);
  }

  void apply(Subject subject, Next<?> next, OutcomeDraft draft) {
    subject.opened().add(next);
    draft.because(redaction.clean(subject, next.because()));
    OwnerWrite.Observation observation = null;
    Set<UUID> gone = new LinkedHashSet<>();
    boolean paced =
        subject.task() == null
            && (next.move() instanceof Next.Move.Stay<?>
                || next.move() instanceof Next.Move.Pause<?>);
    for (Next.Effect effect : next.effects()) {
      if (effect instanceof Next.Effect.Start start) {
        start(subject, start.task(), start.args(), false, paced, draft);
      } else if (effect instanceof Next.Effect.Ensure ensure) {
        start(subject, ensure.task(), ensure.args(), true, paced, draft);
      } else if (effect instanceof Next.Effect.Stop stop) {
        stop(subject, stop.task(), draft);
      } else if (effect instanceof Next.Effect.Create create) {
        draft.create(others.child(subject, create));
      } else if (effect instanceof Next.Effect.Delete delete) {
        others.child(subject, delete.child()).ifPresent(gone::add);
      } else if (effect instanceof Next.Effect.Send send) {
        draft.signal(others.signal(subject, send));
      } else if (effect instanceof Next.Effect.SendTask send) {
        others.signal(subject, send).ifPresent(draft::signal);
      } else if (effect instanceof Next.Effect.Consume consume) {
        draft.consume(consume.signal().uuid());
      } else if (effect instanceof Next.Effect.Note note) {
        draft.because(redaction.clean(subject, note.text()));
      } else if (effect instanceof Next.Effect.Raise raise) {
        AlarmType alarm = declared(subject, raise.alarm());
        raise(subject, alarm, redaction.clean(subject, raise.message()), draft);
      } else if (effect instanceof Next.Effect.Clear clear) {
        AlarmType alarm = declared(subject, clear.alarm());
        draft.alarm(AlarmWrite.clear(owner(subject), alarm.name()));
      } else if (effect instanceof Next.Effect.Observe observe) {
        observation = look(subject, observe.up(), null);
      } else if (effect instanceof Next.Effect.Offline offline) {
        observation = look(subject, false, subject.now().plus(offline.atMost()));
      }
    }
    others.ask(subject, gone, paced, draft);
    write(subject, next.changes(), observation, draft);
  }

  /** That it does not answer while it is restarted is no news, unless the restart says so. */
  private static OwnerWrite.@Nullable Observation look(
      Subject subject, boolean up, @Nullable Instant plannedUntil) {
    boolean isOther = subject.task() == null || !subject.task().name().equals(RESTART_TASK);
    if (!up && plannedUntil == null && isOther && Restarts.isUnderWay(subject.family())) {
      return null;
    }
    return new OwnerWrite.Observation(
        subject.family().task(subject.key()).map(TaskRow::name).orElse(null),
        up,
        subject.now(),
        plannedUntil,
        subject.type().availability());
  }

  private void write(
      Subject subject,
      Map<Field<?>, Optional<Object>> changes,
      OwnerWrite.@Nullable Observation observation,
      OutcomeDraft draft) {
    Attrs own = subject.own();
    Attrs fields = subject.fields();
    for (Map.Entry<Field<?>, Optional<Object>> change : changes.entrySet()) {
      Field<?> field = change.getKey();
      if (subject.task() != null && subject.task().fields().contains(field)) {
        own = stored.change(own, field, change.getValue());
      } else if (!subject.type().fields().contains(field)) {
        throw new Halt(
            Halt.BAD_FIELD,
            "%s: neither the type nor the task declares a field '%s': add it to .fields(…)"
                .formatted(subject.name(), field));
      } else if (subject.task() != null && subject.task().isShared()) {
        throw new Halt(
            Halt.BAD_FIELD,
            "%s is shared() and may write only its own fields, not its resource's '%s'"
                .formatted(subject.name(), field));
      } else {
        fields = stored.change(fields, field, change.getValue());
      }
    }
    if (subject.task() == null) {
      if (!fields.changed().isEmpty()) {
        draft.attrs(fields.toJson(), List.copyOf(fields.changed()));
      }
      if (observation != null) {
        ResourceRow row = subject.family().resource();
        draft.observed(observation.after(row.observed()));
      }
      return;
    }
    if (!own.changed().isEmpty()) {
      draft.attrs(own.toJson(), List.copyOf(own.changed()));
    }
    owner(subject, fields, observation, draft);
  }

  private static void owner(
      Subject subject,
      Attrs fields,
      OwnerWrite.@Nullable Observation observation,
      OutcomeDraft draft) {
    ResourceRow row = subject.family().resource();
    boolean writes = !fields.changed().isEmpty();
    boolean news = observation != null && !observation.after(row.observed()).equals(row.observed());
    if (writes || news) {
      boolean compares = writes || (subject.task() != null && !subject.task().isShared());
      String attrs = subject.unreadable() == null ? fields.toJson() : fields.amended();
      draft.owner(
          new OwnerWrite(
              compares ? row.machine().version() : null,
              writes ? new OwnerWrite.Fields(attrs, subject.version()) : null,
              news ? observation : null),
          List.copyOf(fields.changed()));
    }
  }

  private void start(
      Subject subject,
      TaskName name,
      Values args,
      boolean ensure,
      boolean paced,
      OutcomeDraft draft) {
    TaskType<?> task = task(subject, name);
    // Of a task that nobody may start a person's stop would be for good.
    boolean keepsStopped = ensure && !task.isInternal();
    TaskStatus status =
        subject.family().task(name.value()).map(TaskRow::status).orElse(TaskStatus.ABSENT);
    boolean idle =
        switch (status) {
          case RUNNING, PANICKED -> false;
          case STOPPED, ABORTED -> !keepsStopped;
          case ABSENT, FINISHED, TIMED_OUT -> true;
        };
    if (idle && mayBegin(subject, name, draft)) {
      draft.start(
          begin(subject.type(), task, args, subject.list(), keepsStopped, paced, subject.name()));
    }
  }

  /** Whether a run of it begins now: one that may not yet is told of. */
  boolean mayBegin(Subject subject, TaskName name, OutcomeDraft draft) {
    Optional<Instant> next = RestartBudget.next(subject, name);
    next.ifPresent(at -> restarts.exceeded(subject, at, draft));
    return next.isEmpty();
  }

  private static AlarmType declared(Subject subject, String name) {
    return subject
        .type()
        .alarm(name)
        .orElseThrow(
            () ->
                new Halt(
                    Halt.MISSING,
                    "%s: type %s declares no alarm '%s': add it to .alarms(…)"
                        .formatted(subject.name(), subject.type().name(), name)));
  }

  private static SubjectKey owner(Subject subject) {
    return SubjectKey.ofResource(subject.key().resource());
  }

  /** An alarm of the resource is true. One that is to be repaired has it look again. */
  void raise(Subject subject, AlarmType type, String why, OutcomeDraft draft) {
    ResourceRow row = subject.family().resource();
    String message = "%s '%s': %s".formatted(row.type(), row.label(), type.name());
    draft.alarm(
        AlarmWrite.raise(
            owner(subject),
            type.name(),
            time.uuid(),
            why.isEmpty() ? message : message + ", " + why,
            new AlarmWrite.Rules(
                type.severity(),
                type.when() != null,
                false,
                type.forAtLeast(),
                type.escalateAfter(),
                type.runbook())));
    if (type.repair() != null && subject.alarm(type.name()).isEmpty()) {
      draft.wake(Wake.RESOURCE);
    }
  }

  /**
   * The task that is to put right what an alarm tells of.
   *
   * @param ensure whether it leaves what somebody stopped alone
   */
  TaskStart repair(Subject resource, TaskName name, boolean ensure) {
    return begin(
        resource.type(),
        task(resource, name),
        Values.NONE,
        resource.list(),
        ensure,
        true,
        resource.name());
  }

  /** The task whose trigger turned true, over its last run. */
  TaskStart triggered(Subject resource, TaskType<?> task, @Nullable TaskRow last) {
    boolean ensure = last == null || last.status() != TaskStatus.STOPPED;
    return begin(
        resource.type(), task, Values.NONE, resource.list(), ensure, true, resource.name());
  }

  /** The task that a handler starts in place of what panicked. */
  TaskStart begin(Subject resource, TaskName name, Values args) {
    return begin(
        resource.type(),
        task(resource, name),
        args,
        resource.list(),
        false,
        false,
        resource.name());
  }

  static TaskType<?> task(Subject subject, TaskName name) {
    if (BuiltIn.isOfItsLife(name)) {
      throw new Halt(
          Halt.REFUSED,
          "%s starts %s, which Toygun itself starts, as part of a resource's life"
              .formatted(subject.name(), name));
    }
    return subject
        .type()
        .task(name.value())
        .orElseThrow(
            () ->
                new Halt(
                    Halt.MISSING,
                    "%s: type %s declares no task '%s'"
                        .formatted(subject.name(), subject.type().name(), name)));
  }

  /** A run of a task, with its fields to begin with. */
  TaskStart begin(
      ResourceType<?> type,
      TaskType<?> task,
      Values args,
      ListName list,
      boolean ensure,
      boolean paced,
      String by) {
    UUID uuid = time.uuid();
    String attrs =
        stored.fresh(
            task.fields(), StoredFields.owner(type, task), uuid, args, "task " + task.name());
    return new TaskStart(uuid, task.name().value(), ensure, paced, attrs, attrs, list, by);
  }

  private static void stop(Subject subject, TaskName name, OutcomeDraft draft) {
    if (subject.task() != null && subject.task().name().equals(name)) {
      throw new Halt(
          Halt.UNDECLARED_MOVE, subject.name() + " stops itself: answer finish() instead");
    }
    subject
        .family()
        .task(name.value())
        .filter(row -> row.machine().active())
        .ifPresent(row -> draft.stop(name.value()));
  }
}
