package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Queue.Depth;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.contract.QueueContract;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedisQueueTest extends QueueContract {
  private final RedisRig rig = new RedisRig();
  private final RedisQueue queue = rig.queue();

  @Override
  protected Queue queue() {
    return queue;
  }

  @Override
  protected Time time() {
    return rig.time;
  }

  @Override
  protected <T> T get(Future<T> future) {
    return Waiting.get(future);
  }

  @Override
  protected void until(BooleanSupplier so) {
    Waiting.until(so);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aHeartbeatIsBelievedForFiveSeconds() {
    get(queue.heartbeat(new Queue.Worker("one", "build", List.of())));
    long left = Long.parseLong(rig.server.command("PTTL", key("worker:one")).get(0));
    assertThat(left).isBetween(3_000L, 5_000L);
    rig.server.command("DEL", key("worker:one"));
    assertThat(get(queue.workers())).isEmpty();
  }

  /** A clock that misses it would end its leases. */
  @Test
  void aWorkerWhoseHeartbeatComesAsSomebodyLooksIsMissingInNoLaterLook() {
    RedisQueue clock = rig.queue(rig.keychain, rig.settings);
    Queue.Worker worker = new Queue.Worker("one", "build", List.of());
    get(queue.heartbeat(worker));
    for (int i = 0; i < 300; i++) {
      rig.server.command("DEL", key("worker:one"));
      Future<?> look = clock.workers();
      get(queue.heartbeat(worker));
      get(look);
      assertThat(get(clock.workers())).as("look %d", i).containsExactly(worker);
    }
  }

  @Test
  void whoWasSilentForAnHourIsNamedNoMore() {
    get(queue.heartbeat(new Queue.Worker("one", "build", List.of())));
    long old = time().now().minus(Duration.ofMinutes(61)).toEpochMilli();
    rig.server.command("ZADD", key("roster"), String.valueOf(old), "one");
    get(queue.heartbeat(new Queue.Worker("two", "build", List.of())));
    assertThat(rig.server.command("ZRANGE", key("roster"), "0", "-1")).containsExactly("two");
  }

  @Test
  void aListThatNobodyTakesFromLosesItsOldest() {
    RedisQueue small = rig.queue(rig.keychain, rig.settings.withMostTickets(100));
    List<Ticket> tickets = IntStream.range(0, 250).mapToObj(i -> ticket(WEB)).toList();
    get(small.push(tickets));
    assertThat(get(small.depths(List.of(WEB))))
        .containsEntry(WEB, new Depth(100, Optional.of(tickets.get(150).at())));
    assertThat(get(small.pop(List.of(WEB), 1))).containsExactly(tickets.get(150));
    assertThat(rig.dropped(DroppedTickets.OVERFLOWN)).isEqualTo(150);
    assertThat(Long.parseLong(rig.server.command("TTL", key("list:" + WEB)).get(0)))
        .isBetween(3600L, 4000L);
  }

  /** The shares that the queue in memory gives, and all lists are found that have any. */
  @ParameterizedTest
  @MethodSource("seeds")
  void eachListGivesItsShareWhicheverHaveAny(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(40);
    int priorities = 1 + random.nextInt(3);
    List<ListName> lists =
        IntStream.range(0, size)
            .mapToObj(i -> new ListName("q", "t" + i, 1, i * priorities / size))
            .toList();
    double any = random.nextDouble();
    List<Long> lengths =
        lists.stream()
            .map(list -> random.nextDouble() < any ? (long) random.nextInt(5) : 0L)
            .toList();
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      for (int n = 0; n < lengths.get(i); n++) {
        tickets.add(ticket(lists.get(i)));
      }
    }
    get(queue.push(tickets));
    int room = 1 + random.nextInt(30);
    List<Ticket> popped = new ArrayList<>(get(queue.pop(lists, room)));
    assertThat(lists.stream().mapToInt(list -> ofList(popped, list).size()).toArray())
        .isEqualTo(Shares.of(lengths, Shares.classes(lists), room));
    popped.addAll(get(queue.pop(lists, tickets.size() + 1)));
    for (ListName list : lists) {
      assertThat(ofList(popped, list)).isEqualTo(ofList(tickets, list));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @Test
  void aTicketAmongThousandsOfListsIsFound() {
    List<ListName> lists = lists(10_000);
    List<Ticket> some =
        Stream.of(0, 1_000, 1_001, 9_999).map(lists::get).map(this::ticket).toList();
    get(queue.push(some));
    assertThat(get(queue.pop(lists, 16))).isEqualTo(some);
  }

  private static List<ListName> lists(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ListName("q", "t" + i, 1, 5)).toList();
  }

  private static List<Ticket> ofList(List<Ticket> tickets, ListName list) {
    return tickets.stream().filter(ticket -> ticket.list().equals(list)).toList();
  }

  @Test
  void nothingInRedisSaysWhatATicketHolds() {
    Ticket ticket = ticket(WEB);
    get(queue.push(List.of(ticket)));
    assertThat(rig.server.command("LRANGE", key("list:" + WEB), "0", "-1"))
        .singleElement()
        .asString()
        .startsWith("{\"v\":1,")
        .doesNotContain(ticket.subjects().get(0).toString());
  }

  @Test
  void severalWaitAtOnceAndTheCallsOfOthersGoOn() {
    List<Future<Void>> waits =
        IntStream.range(0, 6)
            .mapToObj(i -> queue.awaitAny(List.of(WEB), Duration.ofSeconds(1)))
            .toList();
    get(queue.ping());
    assertThat(waits.get(0).isComplete()).isFalse();
    waits.forEach(this::get);
  }

  @Test
  void whatAWaitTookAndNobodyAskedForGoesBackToItsList() {
    Ticket first = ticket(WEB);
    Ticket second = ticket(WEB);
    get(queue.push(List.of(first, second)));
    get(queue.awaitAny(List.of(WEB), Duration.ofSeconds(1)));
    get(queue.close());
    assertThat(get(rig.queue().pop(List.of(WEB), 5))).containsExactly(first, second);
  }

  @Test
  void anAnswerComesBackWhereItWasAskedFor() {
    var context = rig.vertx.getOrCreateContext();
    var other = io.vertx.core.Promise.<Boolean>promise();
    get(queue.ping()); // another context has opened the connections
    context.runOnContext(
        v ->
            queue
                .epoch()
                .onComplete(
                    done -> other.complete(io.vertx.core.Vertx.currentContext() == context)));
    assertThat(get(other.future())).isTrue();
  }

  /** The client swallows an answer that is waited for when a message comes in. */
  @Test
  void whoListensKeepsItsConnectionHoweverMuchIsSaid() {
    AtomicInteger heard = new AtomicInteger();
    queue.listen(heard::incrementAndGet);
    Waiting.until(
        () -> {
          get(queue.nudge());
          return heard.get() > 0;
        });
    String before = subscriber();
    long from = time().nanos();
    Waiting.until(
        () -> {
          for (int i = 0; i < 100; i++) {
            queue.nudge();
          }
          get(queue.nudge());
          return Duration.ofNanos(time().nanos() - from).toMillis() > 3_500;
        });
    assertThat(subscriber()).isEqualTo(before);
  }

  private String subscriber() {
    return rig.server
        .command("CLIENT", "LIST", "TYPE", "pubsub")
        .get(0)
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .collect(Collectors.joining());
  }

  @Test
  void whatIsNoInterruptOfOursInterruptsNothing() {
    List<SubjectKey> heard = new CopyOnWriteArrayList<>();
    queue.interrupts(heard::add);
    Ticket ofAList = ticket(WEB);
    get(queue.push(List.of(ofAList)));
    String sealed = rig.server.command("LRANGE", key("list:" + WEB), "0", "-1").get(0);
    SubjectKey asked = SubjectKey.ofResource(time().uuid());
    Waiting.until(
        () -> {
          for (String forged : List.of("", "garbage", sealed)) {
            rig.server.command("PUBLISH", key("interrupt"), forged);
          }
          get(queue.interrupt(asked));
          return heard.contains(asked);
        });
    assertThat(heard).containsOnly(asked);
    assertThat(rig.dropped("malformed")).isPositive();
    assertThat(rig.dropped("foreign")).isPositive();
  }

  private String key(String name) {
    return rig.settings.prefix() + name;
  }
}
