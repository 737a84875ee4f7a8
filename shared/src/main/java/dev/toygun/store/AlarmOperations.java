package dev.toygun.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * What an operator may ask for about alarms and holds; as {@link Operations}, each future fails
 * with a {@link Refusal} where it cannot be, and then nothing has changed.
 */
public final class AlarmOperations {
  private final Commands store;
  private final String process;
  private final String build;

  /**
   * Operations on a store.
   *
   * @param process the process that carries requests out, for the history
   * @param build its build
   */
  public AlarmOperations(Commands store, String process, String build) {
    this.store = store;
    this.process = process;
    this.build = build;
  }

  /** Says something to an alarm: takes care of it, quiets it, closes it. */
  public Future<Alarm> say(UUID alarm, OptionalLong version, AlarmCommand command, By by) {
    return store.alarm(alarm, version, command, by.reason(), stamp(by));
  }

  /** Puts something on hold. */
  public Future<Hold> hold(Hold.Request request, By by) {
    return store.hold(request, stamp(by));
  }

  /** Releases a hold: what it held goes on where it was. */
  public Future<Hold> release(UUID hold, By by) {
    return store.release(hold, stamp(by));
  }

  /** Releases all of these, or none; gives those that were not over. */
  public Future<List<Hold>> release(Set<UUID> holds, By by) {
    return store.release(holds, stamp(by));
  }

  /** Ends a resource and everything below it without running code; a clock carries it out. */
  public Future<Hold> abandon(Abandonment asked, By by) {
    return store.abandon(asked, stamp(by));
  }

  private Stamp stamp(By by) {
    return new Stamp(by.cause(), by.actor(), process, build, null, by.trace(), Stamp.Delays.NONE);
  }
}
