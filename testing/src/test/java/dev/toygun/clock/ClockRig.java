package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Leases.Want;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.VirtualTime;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Clocks on virtual time, rows in memory, and the queue that they fill. */
final class ClockRig {
  static final ListName WEB = new ListName("default", "website", 1, 5);
  static final ListName OTHER = new ListName("default", "other", 1, 5);

  final VirtualTime time = new VirtualTime(1);
  final FakeRows rows = new FakeRows(time);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final InProcessQueue queue = new InProcessQueue(time, metrics);
  final InProcessLeases leases = new InProcessLeases(time);
  private int clocks;

  /** A clock that has been started. */
  Clock clock(ClockSettings settings) {
    return clock(settings, time, queue);
  }

  Clock clock(ClockSettings settings, Time its, Queue itsQueue) {
    Clock clock = new Clock(settings, "clock-" + ++clocks, its, rows, itsQueue, leases, metrics);
    clock.start();
    return clock;
  }

  SubjectKey resource() {
    return SubjectKey.ofResource(time.uuid());
  }

  SubjectKey dueNow(ListName list) {
    return due(list, time.now());
  }

  SubjectKey due(ListName list, Instant dueAt) {
    SubjectKey key = resource();
    rows.due(Kind.RESOURCE, list, key, dueAt);
    return key;
  }

  /** There is a resource of this list, which rests. */
  void rests(ListName list) {
    rows.waits(list, resource(), true);
  }

  /** A ticket of somebody who has made this due. */
  void push(ListName list, SubjectKey key) {
    queue.push(List.of(new Ticket(list, List.of(key), Cause.API, false, time.now(), null)));
  }

  void pass(double seconds) {
    time.advance(Duration.ofMillis((long) (seconds * 1000)));
  }

  /** What was queued for this list since the last look. */
  List<SubjectKey> pop(ListName list) {
    List<SubjectKey> keys = new ArrayList<>();
    tickets(list, Integer.MAX_VALUE).forEach(ticket -> keys.addAll(ticket.subjects()));
    return keys;
  }

  List<Ticket> tickets(ListName list, int most) {
    return queue.pop(List.of(list), most).result();
  }

  long depth(ListName list) {
    Queue.Depth depth = queue.depths(List.of(list)).result().get(list);
    return depth == null ? 0 : depth.tickets();
  }

  void lease(String owner, SubjectKey key) {
    assertThat(leases.take(owner, Map.of(key.resource(), new Want(Set.of(key), false))).result())
        .containsKey(key.resource());
  }

  void release(String owner, UUID resource) {
    leases.release(owner, Set.of(resource));
  }

  double count(String counter) {
    return metrics.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  double gauge(String name, ListName list) {
    return metrics.get(name).tags("queue", list.queue(), "type", list.type()).gauge().value();
  }
}
