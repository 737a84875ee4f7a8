package dev.toygun;

import dev.toygun.Limits.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that Toygun keeps: its fields, its states, its tasks. A resource decides and its
 * tasks do, so every state of a resource is a {@link Step.Decide}.
 *
 * <p>Its life: {@code __new__ → (the start task) → the first state → … }, and when it is asked to
 * go, {@code its tasks end → its children end → (the onDelete state) → (the stop task) → __stop__}.
 *
 * @param version of the stored fields; raised together with an {@link #upgrade}
 * @param upgrades for each version below, the pure step that lifts stored fields by one
 * @param seesChildren the types of children that it makes and sees
 * @param seesParent whether it sees its parent
 * @param alarms the alarms that it can have, beside those of its tasks
 * @param onPanic what it does about panics of its tasks and below it, or null
 * @param queue which workers tick it and its tasks: those that take from this queue
 * @param priority which of what waits in that queue goes first
 * @param keep how long an ended one stays
 * @param restarts how often its code may restart one, or null for ever
 * @param quota how much one may use with everything below it before somebody is told, or null
 */
public record ResourceType<S extends Enum<S>>(
    String name,
    Machine<S> machine,
    List<Field<?>> fields,
    List<TaskType<?>> tasks,
    int version,
    Map<Integer, UnaryOperator<Map<String, Object>>> upgrades,
    AvailabilityRule availability,
    List<String> seesChildren,
    boolean seesParent,
    List<AlarmType> alarms,
    @Nullable OnPanic onPanic,
    String queue,
    Priority priority,
    Duration keep,
    @Nullable Rate restarts,
    @Nullable Quota quota) {
  /** The queue of a type that names none. */
  public static final String DEFAULT_QUEUE = "default";

  public ResourceType {
    Objects.requireNonNull(name);
    Objects.requireNonNull(queue);
    Objects.requireNonNull(priority);
    fields = List.copyOf(fields);
    tasks = List.copyOf(tasks);
    upgrades = Map.copyOf(upgrades);
    seesChildren = List.copyOf(seesChildren);
    alarms = List.copyOf(alarms);
  }

  /** A resource of these states; the first is where it starts. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <S extends Enum<S>> ResourceType<S> of(String name, StateDef<S>... states) {
    if (states.length == 0) {
      throw new IllegalArgumentException("resource type " + name + " has no states");
    }
    return new Draft<>(name, Machine.of(List.of(states))).build();
  }

  /** Its fields, which its tasks see as well. */
  public ResourceType<S> fields(Field<?>... fields) {
    return draft().fields(List.of(fields)).build();
  }

  /** More tasks. */
  public ResourceType<S> tasks(TaskType<?>... more) {
    return with(List.of(more));
  }

  /** More tasks; another type's, say: {@code type.with(other.tasks())}. */
  public ResourceType<S> with(List<TaskType<?>> more) {
    return draft().tasks(plus(tasks, more)).build();
  }

  /**
   * The task that makes it: it enters its first state once this finishes. It is no longer known by
   * its own name, and nobody else starts it.
   */
  public ResourceType<S> onStart(TaskType<?> task) {
    return with(List.of(task.as(BuiltIn.START_TASK)));
  }

  /**
   * The task that takes it down: it ends once this finishes. It is no longer known by its own name,
   * and nobody else starts it.
   */
  public ResourceType<S> onStop(TaskType<?> task) {
    return with(List.of(task.as(BuiltIn.STOP_TASK)));
  }

  /**
   * The task that restarts it, known as {@link BuiltIn#RESTART_TASK}: its code starts it, an alarm
   * that names it as its repair, or a person ({@code toygun restart}). While it runs the resource
   * counts as down on purpose, and no observation that it does not answer counts; so it says how
   * long that may be.
   *
   * @param task one that has {@link TaskType#within}
   */
  public ResourceType<S> onRestart(TaskType<?> task) {
    return with(List.of(task.as(BuiltIn.RESTART_TASK)));
  }

  /**
   * Its code, its alarms included, restarts one so often at most within this time, whoever asked
   * for those before. Beyond that the alarm {@code restarts} opens, and a person may do it all the
   * same.
   *
   * @param most 1 to 100
   * @param per whole seconds, 1 s to 1 day
   */
  public ResourceType<S> restarts(int most, Duration per) {
    return draft().restarts(new Rate(most, per)).build();
  }

  /**
   * What one of it, with everything below it, may use of the workers' time. Beyond that the alarm
   * of the system {@code heavy:TYPE:UUID} is open until it uses less than four fifths of that, and
   * what uses most of it has {@link Priority#LOW} meanwhile. So it is for the type at the top of
   * what belongs together: a customer's, say.
   *
   * @param used time in which code ran or was committed, of all workers together; whole
   *     milliseconds
   * @param per within this time, ever again; whole minutes, 5 min to 2 h
   */
  public ResourceType<S> quota(Duration used, Duration per) {
    return draft().quota(new Quota(used, per)).build();
  }

  /** The version of its stored fields, from 1. */
  public ResourceType<S> version(int version) {
    return draft().version(version).build();
  }

  /** How stored fields of version {@code from} become those of the next: pure, run when read. */
  public ResourceType<S> upgrade(int from, UnaryOperator<Map<String, Object>> step) {
    return draft().upgrade(from, step).build();
  }

  /** {@code .availability(a -> a.uncertainAfter(2).offlineAfter(5))}. */
  public ResourceType<S> availability(UnaryOperator<AvailabilityRule> rule) {
    return draft().availability(rule.apply(availability)).build();
  }

  /** The types of children that it makes, and sees with {@link Snapshot#children}. */
  public ResourceType<S> children(String... types) {
    return draft().seesChildren(List.of(types)).build();
  }

  /** It sees its parent, with {@link Snapshot#parent}. */
  public ResourceType<S> parent() {
    return draft().seesParent().build();
  }

  /** More alarms that it can have. */
  public ResourceType<S> alarms(AlarmType... more) {
    return draft().alarms(plus(alarms, List.of(more))).build();
  }

  /** What it does about a panic of a task of its own, or below it that nobody nearer handles. */
  public ResourceType<S> onPanic(OnPanic handler) {
    return draft().onPanic(handler).build();
  }

  /**
   * The queue of its resources and their tasks: only workers that take from it tick them ({@code
   * TOYGUN_QUEUES}). A name as those of types are; {@link #DEFAULT_QUEUE} unless said. It may
   * differ from build to build: what is there already follows.
   */
  public ResourceType<S> queue(String name) {
    return draft().queue(name).build();
  }

  /**
   * Whether its resources and their tasks go before others of their queue, or after them; {@link
   * Priority#NORMAL} unless said. It may differ from build to build: what is there already follows.
   */
  public ResourceType<S> priority(Priority priority) {
    return draft().priority(priority).build();
  }

  /**
   * How long one stays once it has ended, 90 days unless said; then it is removed, with all of its
   * history. It stays for longer while a child of it is there.
   */
  public ResourceType<S> keep(Duration time) {
    return draft().keep(time).build();
  }

  /** The alarm of this name. */
  public Optional<AlarmType> alarm(String called) {
    return alarms.stream().filter(a -> a.name().equals(called)).findFirst();
  }

  /** Whether anything has to be judged after its ticks: alarms, or triggers of tasks. */
  public boolean isJudged() {
    return !alarms.isEmpty() || hasTriggers();
  }

  /** Whether a task of it has triggers that a worker judges. */
  public boolean hasTriggers() {
    for (TaskType<?> task : tasks) {
      if (task.triggers().areJudged()) {
        return true;
      }
    }
    return false;
  }

  /** The task of this name. */
  public Optional<TaskType<?>> task(String called) {
    return tasks.stream().filter(t -> t.name().value().equals(called)).findFirst();
  }

  private static <E> List<E> plus(List<E> list, List<E> more) {
    List<E> longer = new ArrayList<>(list);
    longer.addAll(more);
    return longer;
  }

  private Draft<S> draft() {
    return new Draft<>(this);
  }
}
