package dev.toygun.queue;

import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue in memory, for one process and for simulations; nothing leaves the process, so nothing
 * is sealed. Every future but that of {@link #awaitAny} is complete when it is returned. Safe for
 * use from any thread; what was waited for goes on where it waited.
 */
public final class InProcessQueue implements Queue {
  private static final int MOST_TICKETS = 20_000;

  private final Map<ListName, Deque<Ticket>> lists = new HashMap<>();
  private final Map<String, Beat> beats = new LinkedHashMap<>();
  private final List<Wait> waits = new ArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<SubjectKey>> interrupted = new CopyOnWriteArrayList<>();
  private final Time time;
  private final DroppedTickets dropped;
  private @Nullable String epoch;

  private record Beat(Worker worker, Instant until) {}

  private record Wait(List<ListName> lists, Promise<Void> over, Here here) {}

  /**
   * @param metrics counts dropped tickets: {@code toygun_tickets_dropped_total{reason}}
   */
  public InProcessQueue(Time time, MeterRegistry metrics) {
    this.time = time;
    this.dropped = new DroppedTickets(metrics, reason -> {});
  }

  @Override
  public synchronized Future<Void> push(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      Deque<Ticket> list = lists.computeIfAbsent(ticket.list(), name -> new ArrayDeque<>());
      list.add(ticket);
      if (list.size() > MOST_TICKETS) {
        list.remove();
        dropped.count(DroppedTickets.OVERFLOWN, 1);
      }
    }
    Iterator<Wait> each = waits.iterator();
    while (each.hasNext()) {
      Wait wait = each.next();
      if (anyTicket(wait.lists)) {
        each.remove();
        wait.here.run(() -> wait.over.tryComplete());
      }
    }
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<List<Ticket>> pop(List<ListName> wanted, int most) {
    Instant oldest = time.now().minus(Ticket.GOOD_FOR);
    List<Ticket> tickets = new ArrayList<>();
    for (ListName name : wanted) {
      Deque<Ticket> list = lists.getOrDefault(name, new ArrayDeque<>());
      while (!list.isEmpty() && list.peek().at().isBefore(oldest)) {
        list.remove();
        dropped.count(DroppedTickets.EXPIRED, 1);
      }
    }
    int[] shares =
        Shares.of(wanted.stream().map(this::length).toList(), Shares.classes(wanted), most);
    for (int i = 0; i < shares.length; i++) {
      Deque<Ticket> list = lists.getOrDefault(wanted.get(i), new ArrayDeque<>());
      for (int n = 0; n < shares[i]; n++) {
        tickets.add(list.remove());
      }
      if (list.isEmpty()) {
        lists.remove(wanted.get(i));
      }
    }
    return Future.succeededFuture(tickets);
  }

  private long length(ListName name) {
    Deque<Ticket> list = lists.get(name);
    return list == null ? 0 : list.size();
  }

  @Override
  public synchronized Future<Void> awaitAny(List<ListName> wanted, Duration most) {
    if (anyTicket(wanted)) {
      return Future.succeededFuture();
    }
    Wait wait = new Wait(List.copyOf(wanted), Promise.promise(), Here.now(time));
    waits.add(wait);
    Time.Timer timer =
        time.after(
            most,
            () -> {
              forget(wait);
              wait.over.tryComplete();
            });
    return wait.over.future().onComplete(over -> timer.cancel());
  }

  @Override
  public synchronized Future<Map<ListName, Depth>> depths(Collection<ListName> wanted) {
    Map<ListName, Depth> depths = new LinkedHashMap<>();
    for (ListName name : wanted) {
      Deque<Ticket> list = lists.getOrDefault(name, new ArrayDeque<>());
      depths.put(name, new Depth(list.size(), Optional.ofNullable(list.peek()).map(Ticket::at)));
    }
    return Future.succeededFuture(depths);
  }

  /** Nothing is sealed here. */
  @Override
  public Future<Map<String, Long>> unopened() {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public synchronized Future<Epoch> epoch() {
    boolean made = epoch == null;
    String value = epoch;
    if (value == null) {
      byte[] bytes = new byte[16];
      time.random(bytes);
      value = HexFormat.of().formatHex(bytes);
      epoch = value;
    }
    return Future.succeededFuture(new Epoch(value, made));
  }

  @Override
  public synchronized Future<Void> heartbeat(Worker worker) {
    beats.put(worker.id(), new Beat(worker, time.now().plus(Roster.BELIEVED)));
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<List<Worker>> workers() {
    Instant now = time.now();
    beats.values().removeIf(beat -> !beat.until.isAfter(now));
    return Future.succeededFuture(beats.values().stream().map(Beat::worker).toList());
  }

  @Override
  public synchronized Future<Void> farewell(String worker) {
    beats.remove(worker);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> nudge() {
    listeners.forEach(Runnable::run);
    return Future.succeededFuture();
  }

  @Override
  public Listening listen(Runnable nudged) {
    Runnable here = Here.now(time).once(nudged);
    listeners.add(here);
    return () -> listeners.remove(here);
  }

  @Override
  public Future<Void> interrupt(SubjectKey subject) {
    interrupted.forEach(asked -> asked.accept(subject));
    return Future.succeededFuture();
  }

  @Override
  public Listening interrupts(Consumer<SubjectKey> asked) {
    Here here = Here.now(time);
    Consumer<SubjectKey> there = subject -> here.run(() -> asked.accept(subject));
    interrupted.add(there);
    return () -> interrupted.remove(there);
  }

  /** Forgets tickets, workers and epoch, as a Redis does that is emptied. */
  public synchronized void forgetEverything() {
    lists.clear();
    beats.clear();
    epoch = null;
  }

  private synchronized void forget(Wait wait) {
    waits.remove(wait);
  }

  private boolean anyTicket(List<ListName> wanted) {
    return wanted.stream().anyMatch(lists::containsKey);
  }
}
