package dev.toygun;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A task: a machine that hangs off a resource, and runs at most once at a time. One task type can
 * be used on many resource types, under any name: {@link #as}.
 *
 * @param exit the row of {@code __exit__}, or null where nothing is to be cleaned up
 * @param isShared whether it is leased on its own, beside the resource's other tasks
 * @param isInternal whether only what its resource's type says starts it, and nobody else
 * @param onPanic what is done about a panic of it before its resource is asked, or null
 * @param triggers what starts and stops it by itself
 * @param keep which of its ended runs stay
 * @param limits what a run of it waits for before it begins, and its breaker
 * @param within how long a run of it may take from its first state on, or null
 */
public record TaskType<S extends Enum<S>>(
    TaskName name,
    Machine<S> machine,
    List<Field<?>> fields,
    @Nullable StateDef<S> exit,
    boolean isShared,
    boolean isInternal,
    @Nullable OnPanic onPanic,
    Triggers triggers,
    Keep keep,
    Limits limits,
    @Nullable Duration within) {

  public TaskType {
    Objects.requireNonNull(name);
    Objects.requireNonNull(limits);
    fields = List.copyOf(fields);
  }

  /** A task of these states; the first is where it starts. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <S extends Enum<S>> TaskType<S> of(TaskName name, StateDef<S>... states) {
    if (states.length == 0) {
      throw new IllegalArgumentException("task " + name + " has no states");
    }
    return new TaskType<>(
        name,
        Machine.of(List.of(states)),
        List.of(),
        null,
        false,
        false,
        null,
        Triggers.NONE,
        Keep.DEFAULT,
        Limits.NONE,
        null);
  }

  /** The fields only this task has, fresh in each run. It sees its resource's as well. */
  public TaskType<S> fields(Field<?>... fields) {
    return new TaskType<>(
        name,
        machine,
        List.of(fields),
        exit,
        isShared,
        isInternal,
        onPanic,
        triggers,
        keep,
        limits,
        within);
  }

  /** The same task under another name. */
  public TaskType<S> as(TaskName other) {
    return new TaskType<>(
        other,
        machine,
        fields,
        exit,
        isShared,
        isInternal,
        onPanic,
        triggers,
        keep,
        limits,
        within);
  }

  /**
   * What is run before every end, in the state {@code __exit__}, to free what the task holds:
   * {@code .onExit(exit -> exit.blocking(this::free))}. It may be tried again, may take many ticks,
   * and answers {@code finish()}.
   */
  public TaskType<S> onExit(UnaryOperator<StateDef<S>> row) {
    return new TaskType<>(
        name,
        machine,
        fields,
        row.apply(StateDef.exit()),
        isShared,
        isInternal,
        onPanic,
        triggers,
        keep,
        limits,
        within);
  }

  /**
   * The same task, leased on its own, so that it is ticked beside the resource's other tasks; it
   * may then write only its own fields, and a tick of it may take longer than 30 s.
   */
  public TaskType<S> shared() {
    return new TaskType<>(
        name, machine, fields, exit, true, isInternal, onPanic, triggers, keep, limits, within);
  }

  /**
   * The same task, started only by what its resource's type says: its states, handlers, triggers,
   * the repairs of its alarms. Whoever else asks for a run of it, be that a person or a program, is
   * refused. For what makes and what takes down, which would do harm at any other time.
   */
  public TaskType<S> internal() {
    return new TaskType<>(
        name, machine, fields, exit, isShared, true, onPanic, triggers, keep, limits, within);
  }

  /** What is done about a panic of it, before its resource is asked. */
  public TaskType<S> onPanic(OnPanic handler) {
    return new TaskType<>(
        name, machine, fields, exit, isShared, isInternal, handler, triggers, keep, limits, within);
  }

  /**
   * Starts it as this turns true: once each time, and not again before it has been false. While a
   * run is active the start waits for its end; over what a person stopped or aborted nothing is
   * started.
   */
  public TaskType<S> startWhen(Predicate<Snapshot> predicate) {
    return triggers(new Triggers(predicate, triggers.stopWhen(), triggers.schedule()));
  }

  /** Stops it as this turns true, through its {@code __exit__}; while it is, it is not started. */
  public TaskType<S> stopWhen(Predicate<Snapshot> predicate) {
    return triggers(new Triggers(triggers.startWhen(), predicate, triggers.schedule()));
  }

  /**
   * Starts it again and again, this long after each other, the first time this long after its
   * resource was made: 1 min to 366 days, in whole seconds.
   */
  public TaskType<S> every(Duration period) {
    return schedule(schedule().every(period));
  }

  /**
   * Starts it at these times: {@code cron("0 3 * * *", "Europe/Berlin")}.
   *
   * @param expression as Unix has it: minute, hour, day of the month, month, day of the week. Where
   *     both days are limited, one of them by a step over all, it is refused as the worker starts
   * @param zone of which the times are, as {@link java.time.ZoneId#of} has it. An hour that it
   *     leaves out as it changes its clocks counts as the moment after that; of one that comes
   *     twice the first counts
   */
  public TaskType<S> cron(String expression, String zone) {
    return schedule(schedule().cron(expression, zone));
  }

  /** What becomes of times of its schedule at which it could not start; by default {@code ONCE}. */
  public TaskType<S> missed(Missed rule) {
    return schedule(schedule().missed(rule));
  }

  /**
   * Starts it so much later at most, always equally so for one resource: by its uuid, so that not
   * all start at once. In whole seconds, and shorter than the time between two starts.
   */
  public TaskType<S> jitter(Duration most) {
    return schedule(schedule().jitter(most));
  }

  private Schedule schedule() {
    Schedule schedule = triggers.schedule();
    return schedule == null ? Schedule.NEVER : schedule;
  }

  private TaskType<S> schedule(Schedule other) {
    return triggers(new Triggers(triggers.startWhen(), triggers.stopWhen(), other));
  }

  /**
   * Which of its ended runs stay: so many of the latest, and all that ended within this time; 10
   * and 30 days unless said. The others are removed, with their history.
   */
  public TaskType<S> keep(int runs, Duration time) {
    return new TaskType<>(
        name,
        machine,
        fields,
        exit,
        isShared,
        isInternal,
        onPanic,
        triggers,
        new Keep(runs, time),
        limits,
        within);
  }

  /**
   * A run that takes longer than this is a time-out, whatever its state, as one that is longer in a
   * state than {@link StateDef#within}. Counted from its first state on, so without what it waited
   * for its turn or for approval, and without the time for which it was held; and anew from where a
   * person retries or rewinds it. A {@linkplain #onPanic handler} that does so leaves it what was
   * left. Its {@code __exit__} has a time of its own.
   */
  public TaskType<S> within(Duration time) {
    return new TaskType<>(
        name, machine, fields, exit, isShared, isInternal, onPanic, triggers, keep, limits, time);
  }

  private TaskType<S> triggers(Triggers other) {
    return new TaskType<>(
        name, machine, fields, exit, isShared, isInternal, onPanic, other, keep, limits, within);
  }

  /**
   * At most so many runs of it begin within this time, over all resources of a type: what is
   * started beyond that waits in {@code __new__} until the clock gives it its turn, the oldest
   * first. Nothing that has begun is kept waiting.
   *
   * @param runs at least 1
   * @param per whole seconds, 1 s to 1 day; any stretch of it, not one that begins with the clock's
   * @throws IllegalArgumentException where one of them is not within this
   */
  public TaskType<S> rate(int runs, Duration per) {
    return limits(limits.with(name, new Limits.Rate(runs, per)));
  }

  /**
   * At most so many runs of it are under way at once, over all resources of a type, from their
   * first state to their end: what is started beyond that waits as it does for {@link #rate}. A run
   * that is panicked gives its place up, and one that is retried does not wait for another.
   *
   * @param runs at least 1
   * @throws IllegalArgumentException where it is less
   */
  public TaskType<S> concurrency(int runs) {
    return limits(limits.with(name, runs));
  }

  /**
   * At most so many runs of it, and of all other tasks that share this limit, are under way at once
   * or begin within a time, over all types. Its own {@link #concurrency} and {@link #rate} count
   * besides.
   *
   * @throws IllegalArgumentException where it limits nothing
   */
  public TaskType<S> limitedBy(SharedLimit limit) {
    if (limit.isNone()) {
      throw new IllegalArgumentException(
          "task %s: limitedBy(%s) limits nothing: give it a concurrency or a rate"
              .formatted(name, limit.name()));
    }
    return limits(limits.with(limit));
  }

  /**
   * No run of it begins while more than this share of the peers want it, as those do that have an
   * active run which waits or is under way: {@code .brake(Brake.percent(20).perParent())}. One run
   * may always begin where no other is active. An alarm opens once it holds; a person says whether
   * they go on all the same. What has begun goes on.
   *
   * @throws IllegalArgumentException where the share is not 1 to 99 %
   */
  public TaskType<S> brake(Brake brake) {
    return limits(limits.with(name, brake));
  }

  /**
   * No run of it begins before a person has approved of it ({@code toygun approve}), whoever starts
   * it: a person, a trigger, a schedule, the repair of an alarm. Until then it waits in {@code
   * __new__}, and its alarm {@code approval} tells of it. Who does not approve stops it.
   */
  public TaskType<S> approval() {
    return limits(limits.approved());
  }

  /**
   * Once fewer of the latest runs that nobody asked for have worked, as those that a trigger or the
   * repair of an alarm started, it is demoted: its next runs wait for {@link #approval}, whoever
   * starts them, until a person promotes it again ({@code toygun repairs promote}). An alarm of the
   * system says so. It goes by the alarms that name the task: {@link AlarmType#repair} and {@link
   * AlarmType#suggest}.
   *
   * @throws IllegalArgumentException where that is not 1 to 100 % of 1 to 1,000 runs
   */
  public TaskType<S> demoteBelow(Efficacy efficacy) {
    return limits(limits.with(name, efficacy));
  }

  /**
   * While too many tries of it fail, it is not tried: what is due waits, and nothing of it is lost.
   * Its {@code __exit__} is run all the same.
   */
  public TaskType<S> breaker(Breaker breaker) {
    return limits(limits.with(breaker));
  }

  private TaskType<S> limits(Limits other) {
    return new TaskType<>(
        name, machine, fields, exit, isShared, isInternal, onPanic, triggers, keep, other, within);
  }

  /** The row of this stored state, {@code __exit__} included. */
  public Optional<StateDef<S>> row(String state) {
    return state.equals(BuiltIn.EXIT) ? Optional.ofNullable(exit) : machine.find(state);
  }
}
