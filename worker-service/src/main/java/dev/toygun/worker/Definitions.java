package dev.toygun.worker;

import dev.toygun.AlarmType;
import dev.toygun.Brake;
import dev.toygun.Efficacy;
import dev.toygun.Field;
import dev.toygun.Limits;
import dev.toygun.Machine;
import dev.toygun.Quota;
import dev.toygun.ResourceType;
import dev.toygun.Schedule;
import dev.toygun.SharedLimit;
import dev.toygun.SignalType;
import dev.toygun.StateDef;
import dev.toygun.Step;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.codec.Codec;
import dev.toygun.codec.ConstraintText;
import dev.toygun.store.BreakerDefinition;
import dev.toygun.store.ScheduleDefinition;
import dev.toygun.store.TypeDefinition;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resource types as data, for those who have none of their classes. */
public final class Definitions {
  private Definitions() {}

  /** The definitions of these types, by name. */
  public static List<TypeDefinition> of(TypeSet types) {
    return types.types().stream()
        .<TypeDefinition>map(Definitions::of)
        .sorted(Comparator.comparing(TypeDefinition::name))
        .toList();
  }

  /** The definition of this type. */
  public static TypeDefinition of(ResourceType<?> type) {
    return new TypeDefinition(
        type.name(),
        type.version(),
        type.queue(),
        type.priority(),
        type.machine().first().name(),
        fields(type.fields()),
        states(type.machine()),
        type.tasks().stream().map(task -> of(type, task)).toList(),
        type.seesChildren(),
        type.onPanic() != null,
        type.alarms().stream().map(Definitions::of).toList(),
        type.machine().toMermaid(),
        type.tasks().stream()
            .mapToLong(Definitions::counted)
            .reduce(type.keep().toSeconds(), Math::max),
        rate(type.restarts()),
        quota(type.quota()));
  }

  private static TypeDefinition.TaskDefinition of(ResourceType<?> type, TaskType<?> task) {
    Schedule schedule = task.triggers().schedule();
    return new TypeDefinition.TaskDefinition(
        task.name().value(),
        task.isShared(),
        task.exit() != null,
        task.onPanic() != null,
        task.triggers().startWhen() != null,
        task.triggers().stopWhen() != null,
        schedule == null ? null : ScheduleDefinition.of(schedule),
        task.machine().first().name(),
        fields(task.fields()),
        states(task.machine()),
        task.machine().toMermaid(),
        new TypeDefinition.KeepDefinition(
            task.keep().runs(), Math.max(task.keep().time().toSeconds(), counted(task))),
        limits(task.limits(), BreakerDefinition.of(type, task)),
        task.isInternal(),
        task.within() == null ? null : task.within().toSeconds());
  }

  private static TypeDefinition.@Nullable QuotaDefinition quota(@Nullable Quota quota) {
    return quota == null
        ? null
        : new TypeDefinition.QuotaDefinition(
            quota.used().toMillis() / 1000.0, quota.per().toSeconds());
  }

  /** For how many seconds a run counts that has begun: it is not removed before that. */
  private static long counted(TaskType<?> task) {
    SharedLimit shared = task.limits().shared();
    return Math.max(counted(task.limits().rate()), shared == null ? 0 : counted(shared.rate()));
  }

  private static long counted(Limits.@Nullable Rate rate) {
    return rate == null ? 0 : rate.per().toSeconds();
  }

  private static TypeDefinition.@Nullable RateDefinition rate(Limits.@Nullable Rate rate) {
    return rate == null
        ? null
        : new TypeDefinition.RateDefinition(rate.runs(), rate.per().toSeconds());
  }

  private static TypeDefinition.@Nullable LimitsDefinition limits(
      Limits limits, @Nullable BreakerDefinition breaker) {
    SharedLimit shared = limits.shared();
    Brake brake = limits.brake();
    Efficacy efficacy = limits.demoteBelow();
    return limits.isNone()
        ? null
        : new TypeDefinition.LimitsDefinition(
            limits.concurrency(),
            rate(limits.rate()),
            brake == null
                ? null
                : new TypeDefinition.BrakeDefinition(brake.percent(), brake.isPerParent()),
            limits.approval(),
            breaker,
            efficacy == null
                ? null
                : new TypeDefinition.EfficacyDefinition(efficacy.percent(), efficacy.runs()),
            shared == null
                ? null
                : new TypeDefinition.SharedDefinition(
                    shared.name(), shared.concurrency(), rate(shared.rate())));
  }

  private static TypeDefinition.AlarmDefinition of(AlarmType alarm) {
    AlarmType.Repair repair = alarm.repair();
    return new TypeDefinition.AlarmDefinition(
        alarm.name(),
        alarm.severity().stored(),
        alarm.when() != null,
        alarm.forAtLeast().toSeconds(),
        alarm.escalateAfter() == null ? null : alarm.escalateAfter().toSeconds(),
        repair == null ? null : repair.task().value(),
        repair == null ? 0 : repair.most(),
        repair == null ? 0 : repair.window().toSeconds(),
        alarm.runbook(),
        alarm.suggested().stream().map(TaskName::value).toList());
  }

  private static List<TypeDefinition.FieldDefinition> fields(List<Field<?>> fields) {
    return fields.stream().<TypeDefinition.FieldDefinition>map(Definitions::of).toList();
  }

  private static TypeDefinition.FieldDefinition of(Field<?> field) {
    boolean secret = field.type().secret();
    return new TypeDefinition.FieldDefinition(
        field.name(),
        field.type().toString(),
        field.isRequired(),
        secret,
        Codec.initial(field).orElse(null),
        field.formerNames(),
        ConstraintText.of(field.constraints()).orElse(null),
        field.isInternal(),
        field.isIndexed());
  }

  private static List<TypeDefinition.StateDefinition> states(Machine<?> machine) {
    return machine.rows().stream().<TypeDefinition.StateDefinition>map(Definitions::of).toList();
  }

  private static TypeDefinition.StateDefinition of(StateDef<?> row) {
    return new TypeDefinition.StateDefinition(
        row.name(),
        code(row.step().orElseThrow()),
        row.targets().stream().map(Machine::nameOf).sorted().toList(),
        row.mayFinish(),
        row.isOnDelete(),
        row.isResting(),
        row.isWaiting(),
        row.waitsFor().stream().map(Definitions::of).toList(),
        row.period().map(Duration::toSeconds).orElse(null),
        row.deadline().map(Duration::toSeconds).orElse(null),
        row.tickLimit().toMillis() / 1_000.0,
        row.maxRetries(),
        row.formerNames());
  }

  private static TypeDefinition.SignalDefinition of(SignalType signal) {
    return new TypeDefinition.SignalDefinition(signal.name(), fields(signal.fields()));
  }

  private static String code(Step<?> step) {
    if (step instanceof Step.Decide<?>) {
      return "decide";
    }
    return step instanceof Step.Async<?> ? "async" : "blocking";
  }
}
