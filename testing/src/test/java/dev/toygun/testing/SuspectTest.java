package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.Leases;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What workers died of is ticked alone; and whoever is waited for may lose its lease. */
class SuspectTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> NOTE = Field.text("note");

  enum State {
    KEPT
  }

  private final Promise<Next<State>> answer = Promise.promise();
  private int frailTicks;

  private static ResourceType<State> type(String name, TaskType<?> work) {
    return ResourceType.of(name, state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(work);
  }

  private ResourceType<State> hanging() {
    return type(
        "hanging", TaskType.of(WORK, state(State.KEPT).async(t -> answer.future()).finishes()));
  }

  private ResourceType<State> frail() {
    return type(
        "frail", TaskType.of(WORK, state(State.KEPT).decide(this::watch).every(ofSeconds(5))));
  }

  private Next<State> watch(Tick<State> t) {
    frailTicks++;
    return t.stay();
  }

  private static ResourceType<State> quick() {
    return type(
        "quick",
        TaskType.of(
            WORK, state(State.KEPT).async(t -> Future.succeededFuture(t.finish())).finishes()));
  }

  /** Two workers died while they ticked it: whoever takes its lease next is to tick it alone. */
  static void killTwoWorkersOf(TaskRow task, InProcessLeases leases) {
    killTwoWorkersOf(task, task.key().resource(), leases);
  }

  private static void killTwoWorkersOf(TaskRow task, UUID lease, InProcessLeases leases) {
    Map<UUID, Leases.Want> want = wants(task, lease);
    Map<UUID, Leases.Lost> ticking =
        Map.of(task.key().uuid(), new Leases.Lost(task.machine().step(), 0));
    leases.take("dead-1", want);
    leases.renew("dead-1", Map.of(lease, ticking));
    leases.expire("dead-1");
    leases.take("dead-2", want);
    leases.expire("dead-2");
  }

  private static Map<UUID, Leases.Want> wants(TaskRow task, UUID lease) {
    return Map.of(lease, new Leases.Want(Set.of(task.key()), true));
  }

  @Test
  void aSuspectThatWaitsToBeTickedAloneIsTickedOnceTheLastOtherLeaseIsLost() {
    Simulation hanging = Simulation.of(hanging(), frail(), quick());
    InProcessLeases leases = hanging.world.leases;
    Simulated frail = hanging.create(frail(), "f", Values.NONE);
    hanging.advance(ofSeconds(1));
    int before = frailTicks;
    assertThat(before).isPositive();
    killTwoWorkersOf(hanging.world.store.task(frail.uuid(), "work").orElseThrow(), leases);

    hanging.advance(ofSeconds(10));
    assertThat(frailTicks).as("not beside a tick that hangs").isEqualTo(before);

    leases.expire("worker-1");
    leases.take(
        "thief",
        Map.of(
            hanging.uuid(), new Leases.Want(Set.of(SubjectKey.ofResource(hanging.uuid())), false)));
    hanging.advance(ofSeconds(4));
    assertThat(frailTicks).as("%s", hanging).isGreaterThan(before);

    Simulated other = hanging.create(quick(), "q", Values.NONE);
    hanging.advance(ofSeconds(2));
    assertThat(other.runs(WORK)).as("%s", other).isPositive();
    assertThat(other.history()).anyMatch(line -> line.contains("work: kept -> __stop__"));
  }

  @Test
  void whatThreeWorkersDiedOfBeforeTheyHadReadItsRowsPanicsAndRunsNoMore() {
    Simulation simulation = Simulation.of(frail(), quick());
    simulation.advance(ofSeconds(1));
    int before = frailTicks;
    TaskRow task = simulation.world.store.task(simulation.uuid(), "work").orElseThrow();
    UUID lease = task.key().resource();
    for (String dead : List.of("dead-1", "dead-2", "dead-3")) {
      simulation.world.leases.take(dead, wants(task, lease));
      simulation.world.leases.expire(dead);
    }

    simulation.advance(ofSeconds(10));
    assertThat(frailTicks).as("%s", simulation).isEqualTo(before);
    assertThat(simulation.history()).anyMatch(line -> line.contains("kept -> __panic__"));
    assertThat(simulation.toString()).contains("three workers died");
    Simulated other = simulation.create(quick(), "q", Values.NONE);
    simulation.advance(ofSeconds(2));
    assertThat(other.runs(WORK)).as("the worker lives: %s", other).isPositive();
  }

  @Test
  void whatIsNotTickedAgainWaitsForNobody() {
    Simulation hanging = Simulation.of(hanging(), frail());
    Simulated frail = hanging.create(frail(), "f", Values.NONE);
    hanging.advance(ofSeconds(1));
    TaskRow task = hanging.world.store.task(frail.uuid(), "work").orElseThrow();
    UUID lease = task.key().resource();
    killTwoWorkersOf(task, hanging.world.leases);
    hanging.world.leases.take("dead-3", wants(task, lease));
    hanging.world.leases.expire("dead-3");
    hanging.advance(ofSeconds(10));
    assertThat(frail.history()).anyMatch(line -> line.contains("kept -> __panic__"));
  }

  @Test
  void aSuspectIsTickedInTheEndBesideATaskThatRunsForHours() {
    ResourceType<State> longest =
        type(
            "hanging",
            TaskType.of(
                    WORK,
                    state(State.KEPT)
                        .async(t -> answer.future())
                        .limit(Duration.ofHours(2))
                        .finishes())
                .shared());
    Simulation hanging = Simulation.of(longest, frail(), quick());
    Simulated frail = hanging.create(frail(), "f", Values.NONE);
    hanging.advance(ofSeconds(1));
    int before = frailTicks;
    killTwoWorkersOf(
        hanging.world.store.task(frail.uuid(), "work").orElseThrow(), hanging.world.leases);
    hanging.advance(ofSeconds(50));
    assertThat(frailTicks).as("nothing else is ticked beside it, if that ends").isEqualTo(before);
    hanging.advance(ofSeconds(30));
    assertThat(frailTicks).as("%s", hanging).isGreaterThan(before);
    Simulated other = hanging.create(quick(), "q", Values.NONE);
    hanging.advance(ofSeconds(5));
    assertThat(other.history()).anyMatch(line -> line.contains("work: kept -> __stop__"));
  }

  @Test
  void aSuspectThatRunsForHoursIsAloneForAMinuteOnly() {
    boolean[] hangs = new boolean[1];
    ResourceType<State> longest =
        type(
            "longest",
            TaskType.of(
                    WORK,
                    state(State.KEPT)
                        .async(
                            t ->
                                hangs[0]
                                    ? answer.future()
                                    : Future.succeededFuture(t.pause(ofSeconds(5))))
                        .limit(Duration.ofHours(2))
                        .finishes())
                .shared());
    Simulation one = Simulation.of(longest, frail(), quick());
    Simulated frail = one.create(frail(), "f", Values.NONE);
    one.advance(ofSeconds(1));
    hangs[0] = true;
    TaskRow task = one.world.store.task(one.uuid(), "work").orElseThrow();
    killTwoWorkersOf(task, task.key().uuid(), one.world.leases);
    one.advance(ofSeconds(10));
    int before = frailTicks;
    one.advance(ofSeconds(40));
    assertThat(frailTicks).as("nothing is ticked beside it").isEqualTo(before);
    one.advance(ofSeconds(20));
    assertThat(frailTicks).as("%s", one).isGreaterThan(before);

    int after = frailTicks;
    killTwoWorkersOf(one.world.store.task(frail.uuid(), "work").orElseThrow(), one.world.leases);
    one.advance(ofSeconds(70));
    assertThat(frailTicks).as("the next suspect has its turn").isGreaterThan(after);
    Simulated other = one.create(quick(), "q", Values.NONE);
    one.advance(ofSeconds(5));
    assertThat(other.history()).anyMatch(line -> line.contains("work: kept -> __stop__"));
  }

  @Test
  void aSuspectWhoseOutcomeIsFencedHasItsTurnStill() {
    List<Promise<Next<State>>> answers = new ArrayList<>();
    List<Tick<State>> ticks = new ArrayList<>();
    TaskType<State> work =
        TaskType.of(
            WORK,
            state(State.KEPT)
                .async(
                    t -> {
                      ticks.add(t);
                      Promise<Next<State>> promise = Promise.promise();
                      answers.add(promise);
                      return ticks.size() == 1
                          ? Future.succeededFuture(t.stay())
                          : promise.future();
                    })
                .finishes()
                .every(ofSeconds(5))
                .waits());
    Simulation frail = Simulation.of(type("frail", work).fields(NOTE), quick());
    frail.advance(ofSeconds(1));
    assertThat(ticks).hasSize(1);
    killTwoWorkersOf(
        frail.world.store.task(frail.uuid(), "work").orElseThrow(), frail.world.leases);
    frail.advance(ofSeconds(6));
    assertThat(ticks).as("alone").hasSize(2);

    frail.set(NOTE, "written meanwhile");
    answers.get(1).complete(ticks.get(1).stay().with(NOTE, "too late"));
    frail.advance(ofSeconds(1));
    assertThat(ticks).as("fenced, and ticked again").hasSize(3);
    answers.get(2).complete(ticks.get(2).finish().with(NOTE, "in time"));
    frail.advance(ofSeconds(1));
    assertThat(frail.get(NOTE)).isEqualTo("in time");
    Simulated other = frail.create(quick(), "q", Values.NONE);
    frail.advance(ofSeconds(2));
    assertThat(other.history()).anyMatch(line -> line.contains("work: kept -> __stop__"));
  }

  @Test
  void aSuspectThatWaitsIsNotToBlameForWhatItsWorkerDiesOfMeanwhile() {
    boolean[] hangs = new boolean[1];
    TaskType<State> work =
        TaskType.of(
            WORK,
            state(State.KEPT)
                .async(
                    t -> hangs[0] ? answer.future() : Future.succeededFuture(t.pause(ofSeconds(5))))
                .finishes());
    ResourceType<State> frail = type("frail", work);
    Simulation one = Simulation.of(frail);
    Simulated two = one.create(frail, "two", Values.NONE);
    one.advance(ofSeconds(1));
    InProcessLeases leases = one.world.leases;
    List<TaskRow> tasks =
        Stream.of(one, two)
            .map(it -> one.world.store.task(it.uuid(), "work").orElseThrow())
            .toList();
    tasks.forEach(task -> killTwoWorkersOf(task, leases));
    hangs[0] = true;
    one.advance(ofSeconds(10));

    leases.expire("worker-1");
    Map<UUID, Leases.Want> wants =
        tasks.stream()
            .collect(
                Collectors.toMap(
                    task -> task.key().resource(),
                    task -> new Leases.Want(Set.of(task.key()), true)));
    Map<UUID, Leases.Taken> taken = leases.take("worker-2", wants).result();
    List<Integer> deaths =
        taken.values().stream()
            .flatMap(it -> it.lost().values().stream())
            .map(Leases.Lost::times)
            .toList();
    assertThat(deaths)
        .as("one was ticked when its third worker died, the other one waited")
        .containsExactlyInAnyOrder(2, 3);
  }
}
