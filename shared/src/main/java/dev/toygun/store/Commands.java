package dev.toygun.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What operators' requests need of a store. {@link Operations} says what each request is. */
public interface Commands {
  /**
   * Locks a resource, reads it with its tasks and signals, lets the function decide, and commits
   * what it decided, in one transaction. The function is pure, and may fail with a {@link Refusal}.
   *
   * @return what became of it; fails with a {@link Refusal} of code {@code NOT_FOUND} where there
   *     is no such resource, and with the function's own, and with the one of a refused outcome
   */
  Future<Committed.Done> transact(UUID resource, Function<Family, Outcome> decide);

  /**
   * Begins a run of a task where nothing stands in its way: mostly that is so, and much sooner done
   * than {@link #transact}, which comes to the same.
   *
   * @return nothing where something may stand in its way: nothing was written then, and {@link
   *     #transact} tells what it is
   */
  default Future<Optional<Begun>> begin(PlainStart start, Cause cause) {
    return Future.succeededFuture(Optional.empty());
  }

  /**
   * Makes a resource without a parent.
   *
   * @return the new resource; fails with a {@link Refusal} of code {@code EXISTS} where an active
   *     one of its type and label is there
   */
  Future<ResourceRow> insert(ChildCreate root, Stamp stamp);

  /**
   * Carries out what a person says to an alarm.
   *
   * @param version the alarm's version that the caller knows, if that matters
   * @param reason why, for its history; may be empty
   * @return the alarm as it is then; fails with a {@link Refusal} of code {@code NOT_FOUND}, {@code
   *     STALE}, {@code WRONG_STATE} or {@code INVALID}
   */
  Future<Alarm> alarm(
      UUID alarm, OptionalLong version, AlarmCommand command, String reason, Stamp by);

  /**
   * Puts a hold.
   *
   * @return the hold; nothing in it begins or is committed after its {@code effectiveAt}. Fails
   *     with a {@link Refusal} of code {@code INVALID}
   */
  Future<Hold> hold(Hold.Request request, Stamp by);

  /** Releases a hold; fails with a {@link Refusal} of code {@code NOT_FOUND} where it is over. */
  default Future<Hold> release(UUID hold, Stamp by) {
    return release(Set.of(hold), by)
        .map(released -> released.stream().findFirst().orElseThrow(() -> Hold.absent(hold)));
  }

  /** Releases all of these holds or, where that fails, none; gives those that were not over. */
  Future<List<Hold>> release(Set<UUID> holds, Stamp by);

  /**
   * Abandons a subtree: a hold that is not released, and that a clock empties by {@link
   * Due#endAbandoned}. From now on every request about what is in it is refused with code {@code
   * DELETING}.
   *
   * @return the hold; the one that is there where it is being abandoned already. Fails with a
   *     {@link Refusal} of code {@code NOT_FOUND}, {@code ENDED}, {@code STALE}, {@code INVALID}
   *     or, where something above it is being abandoned, {@code DELETING}
   */
  Future<Hold> abandon(Abandonment asked, Stamp by);

  /** Reads one resource; null where there is none. */
  default Future<@Nullable ResourceRow> row(UUID resource) {
    return family(resource).map(family -> family == null ? null : family.resource());
  }

  /** Reads one resource with its tasks and signals. */
  Future<@Nullable Family> family(UUID resource);

  /** The resource that a run of a task hangs off; null where there is no such run. */
  Future<@Nullable SubjectKey> taskKey(UUID task);
}
