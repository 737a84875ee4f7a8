package dev.toygun.testing;

import static dev.toygun.StateDef.forSignal;
import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.ABORTED;
import static dev.toygun.TaskStatus.ABSENT;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.PANICKED;
import static dev.toygun.TaskStatus.RUNNING;
import static dev.toygun.TaskStatus.STOPPED;
import static dev.toygun.TaskStatus.TIMED_OUT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> NOTE = Field.text("note");
  private static final Field<Long> COUNT = Field.integer("count").initially(0L);
  private static final SignalType GO = SignalType.of("go", NOTE);

  enum One {
    ONLY
  }

  enum Two {
    FIRST,
    SECOND
  }

  private final FakeCloud cloud = new FakeCloud();
  private final Simulation server =
      Simulation.of(new Server(cloud).type()).with(Server.PLAN, "small");

  /** A resource that keeps one task running. */
  private static ResourceType<One> keeping(TaskType<?> task) {
    return ResourceType.of(
            "keeper", state(One.ONLY).decide(t -> t.stay().ensure(task.name())).rests())
        .fields(NOTE, COUNT)
        .tasks(task);
  }

  /** A resource that does nothing by itself. */
  private static ResourceType<One> idle(TaskType<?>... tasks) {
    return ResourceType.of("idle", state(One.ONLY).decide(t -> t.stay()).rests())
        .fields(NOTE, COUNT)
        .tasks(tasks);
  }

  @Test
  void aFailedTryIsTriedAgainAndThenPanics() {
    cloud.failures = 4;
    server.advance(ofMinutes(1));
    assertThat(server.task(Server.PROVISION)).as(server.toString()).isEqualTo(PANICKED);
    assertThat(server.errors()).hasSize(4);
    assertThat(server.errors().get(3)).startsWith("Unhandled: ");
    assertThat(server.alarms()).containsExactly("server/provision: panic");
    assertThat(server.liveness()).isEmpty();
    assertThat(cloud.calls).isEqualTo(4);

    server.retry(Server.PROVISION);
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("up");
    assertThat(server.alarms()).isEmpty();
    assertThat(cloud.made).isOne();
  }

  @Test
  void aTokenIsTheSameAfterAPanicAndARetry() {
    List<String> tokens = new ArrayList<>();
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .blocking(
                    t -> {
                      tokens.add(t.token("x"));
                      return tokens.size() == 1 ? t.panic("not yet") : t.finish();
                    })
                .finishes());
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).isEqualTo(PANICKED);
    sim.retry(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).isEqualTo(FINISHED);
    assertThat(tokens).hasSize(2);
    assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    assertThat(tokens).hasSize(3);
    assertThat(tokens.get(2)).isNotEqualTo(tokens.get(0));
  }

  @Test
  void aReasonIsOnTheMoveThatItLedTo() {
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .decide(t -> t.finish().with(NOTE, "n").because("it was there already"))
                .finishes());
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.moves().stream().filter(m -> !m.subject().isResource()))
        .extracting(m -> m.transition().to() + ": " + m.transition().message())
        .containsExactly("only: ", "__stop__: it was there already");
  }

  @Test
  void aSignalIsConsumedOnceOldestFirst() {
    List<String> seen = new ArrayList<>();
    TaskType<Two> task =
        TaskType.<Two>of(
            WORK,
            state(Two.FIRST)
                .decide(
                    t ->
                        t.signal(GO)
                            .map(
                                s -> {
                                  seen.add(s.values().find(NOTE).orElse("") + " from " + s.from());
                                  return t.go(Two.FIRST).consume(s);
                                })
                            .orElseGet(t::stay))
                .to(Two.FIRST, Two.SECOND)
                .waits(forSignal(GO)),
            state(Two.SECOND).decide(t -> t.finish()).finishes());
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofMinutes(10));
    assertThat(sim.liveness()).isEmpty();
    sim.signal(WORK, GO, Values.of(NOTE, "a"));
    sim.signal(WORK, GO, Values.of(NOTE, "b"));
    sim.advance(ofMinutes(1));
    assertThat(seen).as(sim.toString()).containsExactly("a from key:test", "b from key:test");
    assertThat(sim.path(WORK)).containsExactly("first", "first", "first");
  }

  @Test
  void aStateThatTakesTooLongTimesOutThroughItsExit() {
    List<String> done = new ArrayList<>();
    TaskType<One> task =
        TaskType.of(WORK, state(One.ONLY).decide(t -> t.stay()).within(ofMinutes(2)).finishes())
            .onExit(
                exit ->
                    exit.blocking(
                        t -> {
                          done.add("cleaned up");
                          return t.finish();
                        }));
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofSeconds(110));
    assertThat(sim.task(WORK)).isEqualTo(RUNNING);
    sim.advance(ofSeconds(20));
    assertThat(sim.task(WORK)).as(sim.toString()).isEqualTo(TIMED_OUT);
    assertThat(sim.path(WORK)).containsExactly("only", "__timeout__", "__exit__", "__stop__");
    assertThat(sim.errors()).hasSize(1);
    assertThat(sim.errors().get(0)).startsWith("Timeout: ");
    assertThat(done).containsExactly("cleaned up");
  }

  @Test
  void theExitRunsOnEveryEnd() {
    List<String> done = new ArrayList<>();
    TaskType<Two> task =
        TaskType.<Two>of(
                WORK,
                state(Two.FIRST).decide(t -> t.stay()).waits().to(Two.SECOND),
                state(Two.SECOND).decide(t -> t.finish()).finishes())
            .onExit(
                exit ->
                    exit.blocking(
                        t -> {
                          done.add("out");
                          return t.finish();
                        }));
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    sim.stop(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).as(sim.toString()).isEqualTo(STOPPED);
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    sim.abort(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).isEqualTo(ABORTED);
    assertThat(done).containsExactly("out", "out");
  }

  @Test
  void anEnsureNeverBeginsWhatAPersonStopped() {
    TaskType<One> task =
        TaskType.of(WORK, state(One.ONLY).decide(t -> t.stay()).every(ofSeconds(1)));
    Simulation sim = Simulation.of(keeping(task));
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).isEqualTo(RUNNING);
    sim.stop(WORK);
    sim.advance(ofMinutes(10));
    assertThat(sim.task(WORK)).as(sim.toString()).isEqualTo(STOPPED);
    assertThat(sim.runs(WORK)).isOne();
    sim.start(WORK);
    sim.advance(ofMinutes(1));
    assertThat(sim.task(WORK)).isEqualTo(RUNNING);
    assertThat(sim.runs(WORK)).isEqualTo(2);
  }

  @Test
  void aTaskThatEndsAtOnceIsEnsuredLessAndLessOften() {
    TaskType<One> task = TaskType.of(WORK, state(One.ONLY).decide(t -> t.finish()).finishes());
    Simulation sim = Simulation.of(keeping(task));
    sim.advance(ofMinutes(10));
    assertThat(sim.runs(WORK)).as(sim.toString()).isBetween(9L, 12L);
  }

  @Test
  void aPollHasItsOwnSecondInItsPeriod() {
    List<Long> seconds = new ArrayList<>();
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .decide(
                    t -> {
                      seconds.add(t.now().getEpochSecond());
                      return t.stay();
                    })
                .every(ofSeconds(30)));
    Simulation sim = Simulation.of(keeping(task));
    sim.advance(ofMinutes(10));
    UUID run = sim.store().task(sim.uuid(), "work").orElseThrow().key().uuid();
    long bucket = (run.getLeastSignificantBits() & 0xFFFFFFFFL) % 30;
    List<Long> polls = seconds.subList(2, seconds.size());
    assertThat(polls).as(sim.toString()).hasSizeBetween(18, 20);
    assertThat(polls).allMatch(s -> s % 30 >= bucket && s % 30 <= bucket + 1);
  }

  @Test
  void childrenAreTakenDownFirst() {
    ResourceType<One> node = ResourceType.of("node", state(One.ONLY).decide(t -> t.stay()).rests());
    ResourceType<Two> cluster =
        ResourceType.<Two>of(
                "cluster",
                state(Two.FIRST)
                    .decide(
                        t ->
                            t.children("node").size() == 3
                                ? t.go(Two.SECOND)
                                : t.stay()
                                    .create("node", "a", Values.NONE)
                                    .create("node", "b", Values.NONE)
                                    .create("node", "c", Values.NONE))
                    .to(Two.SECOND),
                state(Two.SECOND).decide(t -> t.stay()).rests())
            .children("node");
    Simulation sim = Simulation.of(cluster, node);
    sim.advance(ofSeconds(10));
    assertThat(sim.state()).as(sim.toString()).isEqualTo("second");
    assertThat(sim.children("node")).hasSize(3);
    Simulated child = sim.child("node", "b");
    assertThat(child.state()).isEqualTo("only");
    assertThat(child.parent().orElseThrow().uuid()).isEqualTo(sim.uuid());
    sim.delete();
    sim.advance(ofSeconds(30));
    assertThat(sim.active()).as(sim.toString()).isFalse();
    List<String> ends =
        sim.store().history().moves().stream()
            .filter(m -> m.transition().to().equals("__stop__"))
            .map(m -> m.subject().uuid().equals(sim.uuid()) ? "cluster" : "node")
            .toList();
    assertThat(ends).containsExactly("node", "node", "node", "cluster");
  }

  @Test
  void aTaskReturnsSomethingInItsFields() {
    Field<String> result = Field.text("result");
    TaskType<One> task =
        TaskType.of(WORK, state(One.ONLY).decide(t -> t.finish().with(result, "done")).finishes())
            .fields(result);
    Simulation sim = Simulation.of(idle(task));
    assertThat(sim.task(WORK)).isEqualTo(ABSENT);
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.taskView(WORK).orElseThrow().find(result)).contains("done");
    assertThat(sim.taskView(WORK).orElseThrow().endedAt()).isPresent();
  }

  @Test
  void aTaskSeesItsArgumentsAndItsResource() {
    Field<String> name = Field.text("name").required();
    List<String> seen = new ArrayList<>();
    TaskType<One> task =
        TaskType.of(
                WORK,
                state(One.ONLY)
                    .decide(
                        t -> {
                          seen.add(t.get(name) + " " + t.args().find(name).orElse("?"));
                          seen.add(t.get(NOTE));
                          return t.finish().with(COUNT, t.get(COUNT) + 1);
                        })
                    .finishes())
            .fields(name);
    Simulation sim = Simulation.of(idle(task)).with(NOTE, "hello");
    sim.start(WORK, Values.of(name, "x"));
    sim.advance(ofSeconds(5));
    assertThat(seen).containsExactly("x x", "hello");
    assertThat(sim.get(COUNT)).isOne();
    sim.with(NOTE, "again");
    assertThat(sim.get(NOTE)).isEqualTo("again");
  }

  @Test
  void aRingOfMachinesThatWaitForEachOtherIsLeftOver() {
    TaskType<One> task = TaskType.of(WORK, state(One.ONLY).decide(t -> t.stay()).waits());
    ResourceType<One> type =
        ResourceType.of("ring", state(One.ONLY).decide(t -> t.stay().ensure(WORK))).tasks(task);
    Simulation sim = Simulation.of(type);
    sim.advance(ofMinutes(5));
    assertThat(sim.liveness()).hasSize(2);
  }
}
