package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.RUNNING;
import static dev.toygun.TaskStatus.STOPPED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Backoff;
import dev.toygun.Breaker;
import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.BreakerOperations;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Standing;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Hold;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A task is not tried while what it needs does not work. */
class BreakersTest {
  private static final TaskName BOOK = TaskName.of("book");
  private static final Breaker BREAKER =
      Breaker.failures(10, ofMinutes(1)).named("ledger").openFor(ofSeconds(30));
  private static final By PERSON = new By(Cause.OPERATOR, "key:ann", "the ledger is moved", null);

  /** What all machines need. */
  private static final class Ledger {
    private boolean down;
    private int calls;

    void book() {
      calls++;
      if (down) {
        throw new IllegalStateException("the ledger is down");
      }
    }
  }

  enum Only {
    IDLE
  }

  enum Book {
    PREPARE,
    WRITE
  }

  private final Ledger ledger = new Ledger();
  private int retries = 3;

  private ResourceType<Only> shop(String name, Breaker breaker) {
    return ResourceType.of(name, state(Only.IDLE).decide(t -> t.stay()).rests())
        .tasks(
            TaskType.of(
                    BOOK,
                    state(Book.PREPARE).decide(t -> t.go(Book.WRITE)).to(Book.WRITE),
                    state(Book.WRITE)
                        .blocking(
                            t -> {
                              ledger.book();
                              return t.finish();
                            })
                        .within(ofMinutes(3))
                        .retries(retries, Backoff.fixed(ofSeconds(1)))
                        .finishes())
                .onExit(exit -> exit.decide(t -> t.finish()))
                .breaker(breaker));
  }

  private static Simulation simulation(ResourceType<?> type, ResourceType<?>... others) {
    Simulation all = Simulation.of(type, others);
    all.advance(ofSeconds(11)); // By then a clock knows which breakers there are.
    return all;
  }

  private static List<Simulated> started(Simulation all, ResourceType<?> type, int many) {
    List<Simulated> shops = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      shops.add(all.create(type, type.name() + "-" + i, Values.NONE));
    }
    all.advance(ofSeconds(1));
    shops.forEach(shop -> shop.start(BOOK));
    return shops;
  }

  private static BreakerOperations operations(Simulation all) {
    return new BreakerOperations(all.store().breakers(), all.time()::uuid);
  }

  private static BreakerRow breaker(Simulation all) {
    return all.world.await(operations(all).find("ledger").map(Standing::row));
  }

  private static TaskRow run(Simulation all, Simulated shop) {
    return all.store().task(shop.uuid(), BOOK.value()).orElseThrow();
  }

  private static Instant deadline(Simulation all, Simulated shop) {
    return Objects.requireNonNull(run(all, shop).machine().deadlineAt());
  }

  private static void assertAllDone(Simulation all, List<Simulated> shops) {
    assertThat(shops)
        .allSatisfy(shop -> assertThat(shop.task(BOOK)).as(all.toString()).isEqualTo(FINISHED));
  }

  private static long panics(List<Simulated> shops) {
    return shops.stream()
        .flatMap(shop -> shop.path(BOOK).stream())
        .filter(s -> s.equals("__panic__"))
        .count();
  }

  @Test
  void fiftyMachinesWhoseLedgerFailsAreOneAlarmAndGoOnOnceItWorksAgain() {
    ResourceType<Only> type = shop("shop", BREAKER.severity(Severity.CRITICAL));
    Simulation all = simulation(type);
    ledger.down = true;
    List<Simulated> shops = started(all, type, 50);

    all.advance(ofSeconds(5));
    assertThat(breaker(all).state()).isEqualTo(State.OPEN);
    assertThat(all.store().breakers().alarms().all())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.name()).isEqualTo("breaker:ledger");
              assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alarm.message()).contains("breaker ledger is open", "within 60 s");
            });
    int calls = ledger.calls;
    all.advance(ofSeconds(20));
    assertThat(ledger.calls).as("nobody calls what is down").isEqualTo(calls);
    assertThat(all.liveness()).isEmpty();

    all.advance(ofMinutes(10));
    assertThat(ledger.calls - calls).as("but a few, now and then").isBetween(3, 30);
    assertThat(breaker(all).times()).isGreaterThan(3);

    ledger.down = false;
    all.advance(ofMinutes(10));
    assertThat(breaker(all).state()).isEqualTo(State.CLOSED);
    assertAllDone(all, shops);
    assertThat(panics(shops)).as("nobody needs a person").isZero();
    assertThat(shops).allSatisfy(shop -> assertThat(shop.alarms()).isEmpty());
    assertThat(all.store().breakers().alarms().all()).hasSize(1);
    assertThat(all.store().breakers().alarms().active()).isEmpty();
    assertThat(all.liveness()).isEmpty();
  }

  @Test
  void whatWaitedDoesNotGoOnAllAtOnce() {
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = simulation(type);
    all.advance(ofSeconds(1));
    all.world.await(operations(all).open("ledger", null, PERSON));
    all.advance(ofSeconds(3));
    List<Simulated> shops = started(all, type, 40);
    all.advance(ofMinutes(5));
    assertThat(ledger.calls).as("it stays open until a person closes it").isZero();
    assertThat(all.store().breakers().alarms().all()).as("who opened it knows").isEmpty();

    all.world.await(operations(all).close("ledger", PERSON));
    Instant closed = all.time().now();
    all.advance(ofSeconds(40));
    assertAllDone(all, shops);
    List<Long> seconds =
        shops.stream()
            .flatMap(shop -> shop.moves().stream())
            .filter(move -> move.transition().to().equals("write"))
            .map(move -> Duration.between(closed, move.at()).toSeconds())
            .distinct()
            .toList();
    assertThat(seconds).hasSizeGreaterThan(10);
  }

  @Test
  void neitherRetriesNorDeadlinesPassMeanwhile() {
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = simulation(type);
    ledger.down = true;
    List<Simulated> shops = started(all, type, 10);
    all.advance(ofSeconds(3));
    int tries = run(all, shops.get(9)).machine().tries();
    Instant deadline = deadline(all, shops.get(9));
    all.world.await(operations(all).open("ledger", null, PERSON));
    all.advance(Duration.ofHours(2));
    assertThat(run(all, shops.get(9)).machine().tries()).isEqualTo(tries);
    ledger.down = false;
    all.world.await(operations(all).close("ledger", PERSON));
    all.advance(ofSeconds(1));
    assertThat(deadline(all, shops.get(9))).isAfter(deadline.plus(Duration.ofHours(2)));
    all.advance(ofMinutes(1));
    assertAllDone(all, shops);
    assertThat(panics(shops)).isZero();
  }

  @Test
  void tasksOfSeveralTypesShareOne() {
    ResourceType<Only> shop = shop("shop", BREAKER);
    ResourceType<Only> kiosk = shop("kiosk", BREAKER);
    ResourceType<Only> stall = shop("stall", Breaker.failures(10, ofMinutes(1)));
    Simulation all = simulation(shop, kiosk, stall);
    ledger.down = true;
    started(all, shop, 10);
    all.advance(ofSeconds(5));
    int calls = ledger.calls;
    List<Simulated> kiosks = started(all, kiosk, 3);
    all.advance(ofSeconds(10));
    assertThat(ledger.calls).as("the kiosks wait too").isEqualTo(calls);
    assertThat(kiosks).allSatisfy(one -> assertThat(one.task(BOOK)).isEqualTo(RUNNING));
    started(all, stall, 1);
    all.advance(ofSeconds(3));
    assertThat(ledger.calls).as("a stall has a breaker of its own").isGreaterThan(calls);
  }

  @Test
  void aShareOfTheTriesOpensIt() {
    ResourceType<Only> type = shop("shop", Breaker.ratio(0.5, 30, ofMinutes(1)).named("ledger"));
    Simulation all = simulation(type);
    started(all, type, 40);
    all.advance(ofSeconds(5));
    assertThat(breaker(all).state()).isEqualTo(State.CLOSED);
    ledger.down = true;
    Simulated one = all.create(type, "one", Values.NONE);
    all.advance(ofSeconds(1));
    one.start(BOOK);
    all.advance(ofSeconds(10));
    assertThat(breaker(all).state()).as("one of forty").isEqualTo(State.CLOSED);
    List<Simulated> many = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      many.add(all.create(type, "more-" + i, Values.NONE));
    }
    all.advance(ofSeconds(1));
    many.forEach(shop -> shop.start(BOOK));
    all.advance(ofSeconds(30));
    assertThat(breaker(all).state()).isEqualTo(State.OPEN);
  }

  @Test
  void anOpenBreakerKeepsNothingFromBeingStoppedOrTakenDown() {
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = simulation(type);
    all.advance(ofSeconds(1));
    all.world.await(operations(all).open("ledger", null, PERSON));
    all.advance(ofSeconds(3));
    List<Simulated> shops = started(all, type, 2);
    all.advance(ofSeconds(5));
    shops.get(0).stop(BOOK);
    shops.get(1).delete();
    all.advance(ofSeconds(10));
    assertThat(shops.get(0).task(BOOK)).isEqualTo(STOPPED);
    assertThat(shops.get(0).path(BOOK)).contains("__exit__");
    assertThat(shops.get(1).active()).isFalse();
  }

  @Test
  void aNewBuildWithoutTheBreakerLetsAllGoOn() {
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = simulation(type);
    all.advance(ofSeconds(1));
    all.world.await(operations(all).open("ledger", null, PERSON));
    all.advance(ofSeconds(3));
    List<Simulated> shops = started(all, type, 3);
    all.advance(ofSeconds(10));
    all.deploy(shop("shop", Breaker.failures(10, ofMinutes(1)).named("other")));
    all.advance(ofMinutes(1));
    assertAllDone(all, shops);
    assertThat(all.world.await(all.store().holds())).isEmpty();
  }

  @Test
  void nobodyReleasesTheHoldOfABreakerButTheBreaker() {
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = simulation(type);
    all.advance(ofSeconds(1));
    all.world.await(operations(all).open("ledger", null, PERSON));
    Hold hold = all.world.await(all.store().holds()).get(0);
    assertThat(hold.reason()).isEqualTo("breaker ledger is open: the ledger is moved");
    assertThatThrownBy(() -> all.release(hold.uuid())).hasMessageContaining("a breaker's");
    assertThatThrownBy(() -> all.world.await(operations(all).open("ledgers", null, PERSON)))
        .hasMessageContaining("no task of a published type has a breaker 'ledgers'");
  }

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  /* Two clocks, and workers that die: one alarm, no call while it is open, and nothing is lost. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesOneAlarmTellsAndAllGoOn(long seed) {
    retries = 30; // A clock that died opens no breaker until another takes over.
    ResourceType<Only> type = shop("shop", BREAKER);
    Simulation all = Simulation.crashing(type, seed);
    all.world.startClock();
    ledger.down = true;
    List<Simulated> shops = started(all, type, 20);
    all.advance(ofSeconds(40)).loseQueue();
    all.advance(ofMinutes(2));
    assertThat(breaker(all).state()).as(all.toString()).isNotEqualTo(State.CLOSED);
    assertThat(all.store().breakers().alarms().all()).as(all.toString()).hasSize(1);
    ledger.down = false;
    all.world.stopClocks();
    all.advance(ofSeconds(20));
    all.world.startClock();
    all.world.startClock();
    all.calm().advance(ofMinutes(15));
    assertThat(breaker(all).state()).as(all.toString()).isEqualTo(State.CLOSED);
    assertAllDone(all, shops);
    assertThat(panics(shops)).as(all.toString()).isZero();
    assertThat(all.liveness()).isEmpty();
  }

  @Test
  void breakersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Breaker.failures(0, ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 tries: from 1 to 1000");
    assertThatThrownBy(() -> Breaker.ratio(1.5, 10, ofMinutes(1))).hasMessageContaining("up to 1");
    assertThatThrownBy(() -> BREAKER.openFor(Duration.ofMillis(1_500)))
        .hasMessageContaining("whole seconds, from 1 s to 1 h");
    assertThatThrownBy(() -> BREAKER.probes(0)).hasMessageContaining("probes(0)");
    assertThatThrownBy(() -> TypeSet.of(List.of(shop("a", BREAKER), shop("b", BREAKER.probes(5)))))
        .hasMessageContaining("breaker ledger is")
        .hasMessageContaining("tasks that share one say the same of it");
    assertThatThrownBy(() -> TypeSet.of(List.of(shop("a", BREAKER.named("The Ledger")))))
        .hasMessageContaining("breaker 'The Ledger'");
  }
}
