package dev.toygun.queue;

import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists of sealed tickets, and what processes tell each other beside them. */
public interface Queue {
  /**
   * Puts tickets at the end of their lists. A list that nobody takes from does not grow without
   * end: it loses its oldest tickets, which are counted.
   */
  Future<Void> push(List<Ticket> tickets);

  /**
   * Takes up to {@code most} tickets off the heads of these lists: one of each that has any, the
   * first lists first, and again, so that a long list does not keep the others waiting. Lists of
   * one priority that follow each other are emptied so before those behind them are looked at.
   * Tickets that cannot be opened (forged, foreign, expired, oversized, taken before) are counted
   * by reason and dropped.
   */
  Future<List<Ticket>> pop(List<ListName> lists, int most);

  /**
   * Waits until one of these lists may have a ticket, or this time is over: a hint. Never fails; a
   * queue that cannot be reached is waited for, too, for a moment.
   */
  Future<Void> awaitAny(List<ListName> lists, Duration time);

  /** How long each of these lists is, and how old its head. */
  Future<Map<ListName, Depth>> depths(Collection<ListName> lists);

  /**
   * How long a list is.
   *
   * @param tickets how many it holds
   * @param head when its oldest was queued; empty where the list is empty
   */
  record Depth(long tickets, Optional<Instant> head) {}

  /**
   * How many tickets of all lists could not be opened, by reason: nothing once none was for five
   * minutes. Whoever is to open them lacks a key, or somebody else writes into Redis.
   */
  Future<Map<String, Long>> unopened();

  /** A random value that is gone once Redis was emptied; made where it is missing. */
  Future<Epoch> epoch();

  /**
   * The value, and whether it is new.
   *
   * @param made whether it was missing, and has just been made
   */
  record Epoch(String value, boolean made) {}

  /** Says that this worker lives, for 5 s. */
  Future<Void> heartbeat(Worker worker);

  /** The workers that live. */
  Future<List<Worker>> workers();

  /**
   * A worker that lives.
   *
   * @param lists what it takes, of whatever priority, as {@code queue:type:version}: nothing once
   *     it is about to stop
   * @param about what else it says of itself; null where it says nothing
   */
  record Worker(String id, String build, List<String> lists, @Nullable About about) {
    /** One that says no more. */
    public Worker(String id, String build, List<String> lists) {
      this(id, build, lists, null);
    }
  }

  /**
   * What a worker says of itself, for people.
   *
   * @param host the machine it runs on; empty where that is not known
   * @param queues the queues it takes from
   * @param started when it began
   * @param at when it said so
   * @param inFlight how many subjects it has in hand
   * @param drains whether it takes nothing on any more, and ends once it has nothing in hand
   */
  record About(
      String host,
      List<String> queues,
      Instant started,
      Instant at,
      int inFlight,
      boolean drains) {}

  /** Takes back the heartbeat of a worker that stops. */
  Future<Void> farewell(String worker);

  /** Tells everybody who listens that something was committed: an empty message. */
  Future<Void> nudge();

  /**
   * Runs this after each nudge, and after a time in which nudges may have been missed. It runs
   * where this method was called, and must not block.
   */
  Listening listen(Runnable nudged);

  /**
   * Tells whoever ticks this subject, or any subject of this resource, that it was asked to end, so
   * that code that is under way is broken off. A hint, sealed as tickets are: one that is lost
   * costs the rest of a tick, and one that is repeated a tick that is begun again.
   */
  Future<Void> interrupt(SubjectKey subject);

  /** Runs this with each subject that was asked to end, where this method was called. */
  Listening interrupts(Consumer<SubjectKey> asked);

  /** Listens until it is closed. */
  interface Listening {
    /** Nothing is run after this, but what is under way already. */
    void close();
  }
}
