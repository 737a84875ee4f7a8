package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a state's code decided: where its machine goes, and what is stored as it goes.
 *
 * <p>A state writes nothing itself. The worker commits the whole decision (state, fields, started
 * tasks, made children, the row of history) in one transaction, or none of it. Being a value, a
 * decision can be compared in a test. (A step that returns its decision, and one place that carries
 * it out: the habit is Oban's and controller-runtime's.)
 *
 * @param changes the fields it sets, or, with an empty value, unsets
 * @param effects what else happens in the same commit, in the order it was said
 */
public record Next<S extends Enum<S>>(
    Move<S> move, Map<Field<?>, Optional<Object>> changes, List<Effect> effects, String because) {

  /** Where the machine goes. */
  public sealed interface Move<S extends Enum<S>> {
    /** To another state, or the same one anew. */
    record Go<S extends Enum<S>>(S state) implements Move<S> {}

    /** Nowhere: ticked again by the state's {@code every}, or when something it sees changes. */
    record Stay<S extends Enum<S>>() implements Move<S> {}

    /** Nowhere for this long, then ticked once. */
    record Pause<S extends Enum<S>>(Duration time) implements Move<S> {}

    /** To its end. */
    record Finish<S extends Enum<S>>() implements Move<S> {}

    /** Nowhere until somebody handles the error. */
    record Panicked<S extends Enum<S>>(String kind, String message, Map<String, Object> attributes)
        implements Move<S> {}
  }

  /** Something that happens in the same commit. */
  public sealed interface Effect {
    /** A new run of a task, unless one is active. */
    record Start(TaskName task, Values args) implements Effect {}

    /** A new run, but only over one that is absent, finished or timed out. */
    record Ensure(TaskName task, Values args) implements Effect {}

    /** The active run of a task goes through its {@code __exit__}. */
    record Stop(TaskName task) implements Effect {}

    /** A child, unless an active one of this type and label is there. */
    record Create(String type, String label, Values fields) implements Effect {}

    /** A child is asked to go, unless it is on its way already. */
    record Delete(ResourceView child) implements Effect {}

    /** A signal to another resource that it sees. */
    record Send(ResourceView to, SignalType type, Values fields) implements Effect {}

    /** A signal to the active run of a task of its own resource. */
    record SendTask(TaskName to, SignalType type, Values fields) implements Effect {}

    /** The resource is down on purpose, for this long at most. */
    record Offline(Duration atMost) implements Effect {}

    /** A signal is done with. */
    record Consume(Signal signal) implements Effect {}

    /** Somebody looked whether the resource answers. */
    record Observe(boolean up) implements Effect {}

    /** An alarm of the resource opens, if it is not open. */
    record Raise(String alarm, String message) implements Effect {}

    /** An alarm of the resource closes, if it is open. */
    record Clear(String alarm) implements Effect {}

    /** A line for the history that goes with the move. */
    record Note(String text) implements Effect {}
  }

  public Next {
    Objects.requireNonNull(move);
    Objects.requireNonNull(because);
    changes =
        changes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    effects = List.copyOf(effects);
  }

  static <S extends Enum<S>> Next<S> of(Move<S> move) {
    return new Next<>(move, Map.of(), List.of(), "");
  }

  /** Store this value, on the task or on the resource: whichever declares the field. */
  public <T> Next<S> with(Field<T> field, T value) {
    return change(field, Optional.of(value));
  }

  /** Unset this field. */
  public Next<S> without(Field<?> field) {
    return change(field, Optional.empty());
  }

  /** Start a task of the same resource, unless it is active. */
  public Next<S> start(TaskName task) {
    return start(task, Values.NONE);
  }

  /** Start a task with these fields, unless it is active. */
  public Next<S> start(TaskName task, Values args) {
    return effect(new Effect.Start(task, args));
  }

  /** Start a task unless it is active, or a person stopped or aborted its latest run. */
  public Next<S> ensure(TaskName task) {
    return ensure(task, Values.NONE);
  }

  /** Start a task with these fields, unless it is active or a person ended its latest run. */
  public Next<S> ensure(TaskName task, Values args) {
    return effect(new Effect.Ensure(task, args));
  }

  /** Stop a task, if it is active. */
  public Next<S> stop(TaskName task) {
    return effect(new Effect.Stop(task));
  }

  /**
   * Make a child of the resource; one of this type and label that is there already is left alone.
   *
   * @throws IllegalArgumentException if the label is blank
   */
  public Next<S> create(String type, String label, Values fields) {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a child of type " + type + " has no label: give it one");
    }
    return effect(new Effect.Create(type, label, fields));
  }

  /**
   * Ask a child to go, as somebody would who deletes it; one that is on its way already stays on
   * it.
   *
   * @param child one of {@link Tick#children}: of anything else it is a panic
   */
  public Next<S> delete(ResourceView child) {
    return effect(new Effect.Delete(child));
  }

  /**
   * Send a signal to a child, the parent, or what a field refers to; it is stored, and wakes whom
   * it is for, in the commit of this answer. Its type must be one that a state of the other {@link
   * StateDef#waits waits for}: else it is a panic. What has ended meanwhile gets none.
   *
   * @param fields what it carries
   */
  public Next<S> signal(ResourceView to, SignalType type, Values fields) {
    return effect(new Effect.Send(to, type, fields));
  }

  /**
   * Send a signal to the active run of a task of the same resource; where there is none, to nobody.
   */
  public Next<S> signal(TaskName to, SignalType type, Values fields) {
    return effect(new Effect.SendTask(to, type, fields));
  }

  /** The signal is done with, and will not be seen again. */
  public Next<S> consume(Signal signal) {
    return effect(new Effect.Consume(signal));
  }

  /**
   * It is down on purpose, until it is observed to answer, or for this long at most: {@link
   * Availability#KNOWN_OFFLINE}, in which bad observations count for nothing. Said by the step that
   * has taken it down.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public Next<S> offline(Duration atMost) {
    if (atMost.isNegative() || atMost.isZero()) {
      throw new IllegalArgumentException("offline for " + atMost + ": say for how long at most");
    }
    return effect(new Effect.Offline(atMost));
  }

  /** Whether the resource answered: feeds {@link Availability}, written only when it changes. */
  public Next<S> observe(boolean up) {
    return effect(new Effect.Observe(up));
  }

  /** Open an alarm that the resource's type declares; one that is open stays as it is. */
  public Next<S> raise(String alarm, String message) {
    return effect(new Effect.Raise(alarm, message));
  }

  /** Close an alarm that was raised. */
  public Next<S> clear(String alarm) {
    return effect(new Effect.Clear(alarm));
  }

  /** A line for the history. */
  public Next<S> note(String text) {
    return effect(new Effect.Note(text));
  }

  /** Why, as a sentence for the history. */
  public Next<S> because(String reason) {
    return new Next<>(move, changes, effects, reason);
  }

  private Next<S> change(Field<?> field, Optional<Object> value) {
    Map<Field<?>, Optional<Object>> more = new LinkedHashMap<>(changes);
    more.put(field, value);
    return new Next<>(move, more, effects, because);
  }

  private Next<S> effect(Effect effect) {
    List<Effect> more = new ArrayList<>(effects);
    more.add(effect);
    return new Next<>(move, changes, more, because);
  }
}
