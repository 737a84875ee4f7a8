package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of a machine's table: a state, its code, and where that code may go. Immutable: each
 * method gives a changed copy.
 */
public final class StateDef<S extends Enum<S>> implements Cloneable {
  /** One tick's time unless a state says otherwise. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private final @Nullable S state;
  private @Nullable Step<S> step;
  private Set<S> targets;
  private boolean finishes;
  private boolean onDelete;
  private boolean rests;
  private boolean waits;
  private List<SignalType> signals = List.of();
  private List<String> formerly = List.of();
  private @Nullable Duration every;
  private @Nullable Duration within;
  private Duration limit = LIMIT;
  private int retries = 5;
  private Backoff backoff = Backoff.DEFAULT;

  private StateDef(@Nullable S state, Set<S> targets) {
    this.state = state;
    this.targets = targets;
  }

  /** A row for this state. */
  public static <S extends Enum<S>> StateDef<S> state(S state) {
    return new StateDef<>(state, EnumSet.noneOf(state.getDeclaringClass()));
  }

  /** The row of {@code __exit__}, which may only finish. */
  static <S extends Enum<S>> StateDef<S> exit() {
    StateDef<S> exit = new StateDef<S>(null, Set.of());
    exit.finishes = true;
    return exit;
  }

  /** Says in {@link #waits(SignalType...)} what is waited for. */
  public static SignalType forSignal(SignalType type) {
    return type;
  }

  /** Code that only looks and answers: for a resource's states, and a task's that touch nothing. */
  public StateDef<S> decide(Step.Decide<S> code) {
    return copy(d -> d.step = code);
  }

  /** Code that answers with a future, on the event loop. */
  public StateDef<S> async(Step.Async<S> code) {
    return copy(d -> d.step = code);
  }

  /** Plain code that may block. */
  public StateDef<S> blocking(Step.Blocking<S> code) {
    return copy(d -> d.step = code);
  }

  /** The states this one may go to. Going anywhere else is a panic. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final StateDef<S> to(S first, S... others) {
    return copy(d -> d.targets = EnumSet.of(first, others));
  }

  /** This state may finish the machine. */
  public StateDef<S> finishes() {
    return copy(d -> d.finishes = true);
  }

  /**
   * A {@code stay} is ticked again after this time: whole seconds, 1 s at least. Costs no write in
   * the database up to 5 min, one write a tick above.
   */
  public StateDef<S> every(Duration time) {
    return copy(d -> d.every = time);
  }

  /** Longer than this in the state, counted from its entry, is a time-out: {@code __timeout__}. */
  public StateDef<S> within(Duration time) {
    return copy(d -> d.within = time);
  }

  /** A {@code stay} waits for something it sees to change: a field, another task, the resource. */
  public StateDef<S> waits() {
    return copy(d -> d.waits = true);
  }

  /** A {@code stay} waits for one of these signals, {@code forSignal(X)}, or for what it sees. */
  public StateDef<S> waits(SignalType... types) {
    return copy(
        d -> {
          d.waits = true;
          d.signals = List.of(types);
        });
  }

  /** A resource may be in this state for ever: nothing is being waited for. */
  public StateDef<S> rests() {
    return copy(d -> d.rests = true);
  }

  /** One tick's time: 30 s unless said; longer only in a {@code shared()} task. */
  public StateDef<S> limit(Duration time) {
    return copy(d -> d.limit = time);
  }

  /**
   * How often a failed try of this state is tried again before it panics (5, from 1 s to 1 min).
   */
  public StateDef<S> retries(int times, Backoff wait) {
    return copy(
        d -> {
          d.retries = times;
          d.backoff = wait;
        });
  }

  /** A resource that is asked to go enters this state once its tasks and children have ended. */
  public StateDef<S> onDelete() {
    return copy(d -> d.onDelete = true);
  }

  /** The state was stored under this name before. */
  public StateDef<S> formerly(String old) {
    return copy(
        d -> {
          List<String> names = new ArrayList<>(formerly);
          names.add(old);
          d.formerly = List.copyOf(names);
        });
  }

  /** The state; empty for {@code __exit__}. */
  public Optional<S> state() {
    return Optional.ofNullable(state);
  }

  /** The stored name: {@code WAIT_FOR_VM} is {@code wait_for_vm}. */
  public String name() {
    return state == null ? BuiltIn.EXIT : Machine.nameOf(state);
  }

  public Optional<Step<S>> step() {
    return Optional.ofNullable(step);
  }

  public Set<S> targets() {
    return Set.copyOf(targets);
  }

  public boolean mayGo(S target) {
    return targets.contains(target);
  }

  public boolean mayFinish() {
    return finishes;
  }

  public boolean isOnDelete() {
    return onDelete;
  }

  public boolean isResting() {
    return rests;
  }

  public boolean isWaiting() {
    return waits;
  }

  public List<SignalType> waitsFor() {
    return signals;
  }

  public Optional<Duration> period() {
    return Optional.ofNullable(every);
  }

  public Optional<Duration> deadline() {
    return Optional.ofNullable(within);
  }

  public Duration tickLimit() {
    return limit;
  }

  public int maxRetries() {
    return retries;
  }

  public Backoff backoff() {
    return backoff;
  }

  public List<String> formerNames() {
    return formerly;
  }

  /** The stored name, and the former ones. */
  public List<String> names() {
    return Stream.concat(Stream.of(name()), formerly.stream()).toList();
  }

  @SuppressWarnings("unchecked")
  private StateDef<S> copy(Consumer<StateDef<S>> change) {
    try {
      StateDef<S> copy = (StateDef<S>) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("a StateDef can be cloned", e);
    }
  }
}
