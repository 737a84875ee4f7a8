package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Queue;
import dev.toygun.queue.Queue.Depth;
import dev.toygun.queue.Queue.Epoch;
import dev.toygun.queue.Queue.Worker;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every queue promises. */
public abstract class QueueContract {
  protected static final ListName WEB = new ListName("default", "website", 1, 5);
  protected static final ListName NEWER = new ListName("default", "website", 2, 5);
  protected static final ListName URGENT = new ListName("default", "website", 1, 0);

  /** The queue of this test, empty at its beginning; the same one each time. */
  protected abstract Queue queue();

  /** The time that the queue goes by. */
  protected abstract Time time();

  /** Waits for the future, or makes time go on until it is complete; fails as it fails. */
  protected abstract <T> T get(Future<T> future);

  /** Lets time go on until this is so; fails after some seconds. */
  protected abstract void until(BooleanSupplier so);

  /** A ticket for one new resource, queued now. */
  protected Ticket ticket(ListName list) {
    return new Ticket(
        list,
        List.of(SubjectKey.ofResource(time().uuid())),
        Cause.CLOCK,
        false,
        time().now(),
        null);
  }

  @Test
  void ticketsComeOutInTheOrderTheyWentIn() {
    List<Ticket> tickets = IntStream.range(0, 200).mapToObj(i -> ticket(WEB)).toList();
    get(queue().push(tickets));
    assertThat(get(queue().pop(List.of(WEB), 150))).isEqualTo(tickets.subList(0, 150));
    assertThat(get(queue().pop(List.of(WEB), 150))).isEqualTo(tickets.subList(150, 200));
    assertThat(get(queue().pop(List.of(WEB), 150))).isEmpty();
  }

  @Test
  void aTicketKeepsEverythingItSays() {
    UUID resource = time().uuid();
    List<SubjectKey> subjects = new ArrayList<>(List.of(SubjectKey.ofResource(resource)));
    while (subjects.size() < Ticket.MOST) {
      subjects.add(new SubjectKey(resource, time().uuid()));
    }
    Instant at = time().now().minusSeconds(5);
    Ticket full = new Ticket(WEB, subjects, Cause.OPERATOR, true, at, "trace \"1\"\n");
    get(queue().push(List.of(full)));
    Ticket popped = get(queue().pop(List.of(WEB), 1)).get(0);
    assertThat(popped).isEqualTo(full);
    assertThat(popped.at()).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void theFirstListsAreServedFirst() {
    Ticket urgent = ticket(URGENT);
    Ticket first = ticket(WEB);
    Ticket second = ticket(WEB);
    get(queue().push(List.of(first, second, urgent)));
    assertThat(get(queue().pop(List.of(URGENT, WEB), 2))).containsExactly(urgent, first);
    assertThat(get(queue().pop(List.of(URGENT, WEB), 2))).containsExactly(second);
  }

  @Test
  void aLongListTakesNoOthersPlace() {
    List<Ticket> many = IntStream.range(0, 10).mapToObj(i -> ticket(WEB)).toList();
    List<Ticket> few = List.of(ticket(NEWER), ticket(NEWER));
    get(queue().push(many));
    get(queue().push(few));
    assertThat(get(queue().pop(List.of(WEB, NEWER), 1))).containsExactly(many.get(0));
    assertThat(get(queue().pop(List.of(WEB, NEWER), 3)))
        .containsExactlyInAnyOrder(many.get(1), many.get(2), few.get(0));
    assertThat(get(queue().pop(List.of(WEB, NEWER), 20))).hasSize(8);
  }

  /** Whether or not there is room for all: what is asked for behind it gets what is left. */
  @Test
  void ofOnePriorityAllIsTakenBeforeAnyOfThoseBehindIt() {
    List<Ticket> urgent = IntStream.range(0, 6).mapToObj(i -> ticket(URGENT)).toList();
    List<Ticket> web = List.of(ticket(WEB), ticket(WEB));
    List<Ticket> newer = List.of(ticket(NEWER), ticket(NEWER));
    get(queue().push(web));
    get(queue().push(newer));
    get(queue().push(urgent));
    List<ListName> lists = List.of(URGENT, WEB, NEWER);
    assertThat(get(queue().pop(lists, 4))).isEqualTo(urgent.subList(0, 4));
    assertThat(get(queue().pop(lists, 5)))
        .startsWith(urgent.get(4), urgent.get(5))
        .containsExactlyInAnyOrder(
            urgent.get(4), urgent.get(5), web.get(0), newer.get(0), web.get(1));
    get(queue().push(urgent));
    assertThat(get(queue().pop(List.of(WEB, NEWER, URGENT), 3)))
        .containsExactly(newer.get(1), urgent.get(0), urgent.get(1));
  }

  @Test
  void aListThatIsNotAskedForKeepsItsTickets() {
    get(queue().push(List.of(ticket(NEWER))));
    assertThat(get(queue().pop(List.of(WEB, URGENT), 10))).isEmpty();
    assertThat(get(queue().pop(List.of(NEWER), 10))).hasSize(1);
  }

  @Test
  void askedForNothingItGivesNothing() {
    get(queue().push(List.of()));
    get(queue().push(List.of(ticket(WEB))));
    assertThat(get(queue().pop(List.of(), 10))).isEmpty();
    assertThat(get(queue().pop(List.of(WEB), 0))).isEmpty();
  }

  @Test
  void twoWhoPopNeverGetTheSameTicket() {
    List<Ticket> tickets = IntStream.range(0, 100).mapToObj(i -> ticket(WEB)).toList();
    get(queue().push(tickets));
    List<Future<List<Ticket>>> pops =
        IntStream.range(0, 20).mapToObj(i -> queue().pop(List.of(URGENT, WEB), 10)).toList();
    List<Ticket> popped = new ArrayList<>();
    pops.forEach(pop -> popped.addAll(get(pop)));
    popped.addAll(get(queue().pop(List.of(WEB), 100)));
    assertThat(popped).containsExactlyInAnyOrderElementsOf(tickets);
  }

  @Test
  void anExpiredTicketIsDroppedAndTheOneBehindItIsNot() {
    Ticket good = ticket(WEB);
    Instant longAgo = time().now().minus(Ticket.GOOD_FOR).minusSeconds(5);
    Ticket old = new Ticket(WEB, good.subjects(), Cause.CLOCK, false, longAgo, null);
    get(queue().push(List.of(old, good)));
    assertThat(get(queue().pop(List.of(WEB), 2))).contains(good).doesNotContain(old);
  }

  @Test
  void waitingEndsAtOnceWhereThereIsATicket() {
    Ticket there = ticket(WEB);
    get(queue().push(List.of(there)));
    get(queue().awaitAny(List.of(URGENT, WEB), Duration.ofSeconds(8)));
    assertThat(get(queue().pop(List.of(URGENT, WEB), 5))).containsExactly(there);
  }

  @Test
  void waitingEndsWhenATicketComes() {
    Future<Void> waited = queue().awaitAny(List.of(URGENT, WEB), Duration.ofSeconds(8));
    assertThat(waited.isComplete()).isFalse();
    Ticket comes = ticket(WEB);
    get(queue().push(List.of(comes)));
    long from = time().nanos();
    get(waited);
    assertThat(Duration.ofNanos(time().nanos() - from)).isLessThan(Duration.ofSeconds(4));
    assertThat(get(queue().pop(List.of(URGENT, WEB), 5))).containsExactly(comes);
  }

  @Test
  void waitingEndsWhenItsTimeIsOver() {
    long from = time().nanos();
    get(queue().awaitAny(List.of(WEB), Duration.ofMillis(120)));
    assertThat(Duration.ofNanos(time().nanos() - from))
        .isBetween(Duration.ofMillis(50), Duration.ofSeconds(4));
    assertThat(get(queue().pop(List.of(WEB), 5))).isEmpty();
  }

  @Test
  void aTicketOfAnotherListEndsNoWait() {
    get(queue().push(List.of(ticket(NEWER))));
    get(queue().awaitAny(List.of(WEB), Duration.ofMillis(60)));
    assertThat(get(queue().pop(List.of(WEB), 5))).isEmpty();
    assertThat(get(queue().pop(List.of(NEWER), 5))).hasSize(1);
  }

  @Test
  void depthsTellHowLongListsAreAndHowOldTheirHeads() {
    Instant at = time().now().minusSeconds(40).truncatedTo(ChronoUnit.MILLIS);
    Ticket oldest = new Ticket(WEB, ticket(WEB).subjects(), Cause.CLOCK, false, at, null);
    get(queue().push(List.of(oldest, ticket(WEB), ticket(WEB))));
    var depths = get(queue().depths(List.of(WEB, URGENT)));
    assertThat(depths)
        .containsEntry(WEB, new Depth(3, Optional.of(at)))
        .containsEntry(URGENT, new Depth(0, Optional.empty()));
  }

  @Test
  void theEpochIsMadeOnceAndStays() {
    Epoch first = get(queue().epoch());
    Epoch second = get(queue().epoch());
    assertThat(first.made()).isTrue();
    assertThat(second).isEqualTo(new Epoch(first.value(), false));
  }

  @Test
  void aWorkerLivesFromItsHeartbeatToItsFarewell() {
    Instant at = time().now().truncatedTo(ChronoUnit.MILLIS);
    Worker one =
        new Worker(
            "one",
            "build 1",
            List.of("default:website:1"),
            new Queue.About("host", List.of("default", "big"), at.minusSeconds(9), at, 7, true));
    Worker two = new Worker("two", "build 2", List.of());
    get(queue().heartbeat(one));
    get(queue().heartbeat(two));
    get(queue().heartbeat(two));
    assertThat(get(queue().workers())).containsExactlyInAnyOrder(one, two);
    get(queue().farewell("one"));
    assertThat(get(queue().workers())).containsExactly(two);
  }

  @Test
  void aNudgeReachesEverybodyWhoListens() {
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger heardToo = new AtomicInteger();
    Queue.Listening one = queue().listen(heard::incrementAndGet);
    Queue.Listening two = queue().listen(heardToo::incrementAndGet);
    nudgeUntil(heard, 1);
    nudgeUntil(heardToo, 1);
    one.close();
    int before = heard.get();
    nudgeUntil(heardToo, heardToo.get() + 1);
    nudgeUntil(heardToo, heardToo.get() + 1);
    assertThat(heard.get()).isLessThanOrEqualTo(before + 1); // one may have been on its way
    two.close();
  }

  @Test
  void anInterruptTellsEverybodyWhoListensWhatWasAskedToEnd() {
    SubjectKey resource = SubjectKey.ofResource(time().uuid());
    SubjectKey task = new SubjectKey(time().uuid(), time().uuid());
    Set<SubjectKey> heard = ConcurrentHashMap.newKeySet();
    Set<SubjectKey> heardToo = ConcurrentHashMap.newKeySet();
    Queue.Listening one = queue().interrupts(heard::add);
    Queue.Listening two = queue().interrupts(heardToo::add);
    interruptUntil(resource, heard);
    interruptUntil(task, heardToo);
    assertThat(heardToo).contains(task).isSubsetOf(resource, task);
    one.close();
    SubjectKey later = SubjectKey.ofResource(time().uuid());
    interruptUntil(later, heardToo);
    assertThat(heard).doesNotContain(later);
    two.close();
  }

  private void interruptUntil(SubjectKey subject, Set<SubjectKey> heard) {
    until(
        () -> {
          get(queue().interrupt(subject));
          return heard.contains(subject);
        });
  }

  /* A nudge is not kept for who begins to listen while it is sent; so it is sent again. */
  private void nudgeUntil(AtomicInteger heard, int times) {
    until(
        () -> {
          get(queue().nudge());
          return heard.get() >= times;
        });
  }
}
