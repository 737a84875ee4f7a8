package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.TriggerRow;
import dev.toygun.store.Work.Sees;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tasks that are started and stopped by what is true of their resource. */
class TriggersTest {
  private static final TaskName CLEAN = TaskName.of("clean");
  private static final TaskName REPORT = TaskName.of("report");
  private static final Field<Long> FULL = Field.integer("full").initially(0L);
  private static final Field<Boolean> PAUSED = Field.bool("paused").initially(false);

  private static final Field<Instant> UNTIL = Field.instant("until");

  enum Here {
    UP
  }

  enum Work {
    DO
  }

  /** Takes a minute. */
  private static TaskType<Work> slow(TaskName name) {
    return TaskType.of(
            name,
            state(Work.DO)
                .decide(
                    t ->
                        t.find(UNTIL).isEmpty()
                            ? t.pause(ofMinutes(1)).with(UNTIL, t.now().plus(ofMinutes(1)))
                            : t.now().isBefore(t.get(UNTIL)) ? t.pause(ofSeconds(10)) : t.finish())
                .finishes())
        .fields(UNTIL);
  }

  /** Takes a minute, its way out included. */
  private static TaskType<Work> lingering(TaskName name) {
    return slow(name)
        .onExit(
            exit ->
                exit.decide(
                        t -> t.now().isBefore(t.get(UNTIL)) ? t.pause(ofSeconds(5)) : t.finish())
                    .finishes());
  }

  private static TaskType<Work> quick(TaskName name) {
    return TaskType.of(name, state(Work.DO).decide(t -> t.finish()).finishes());
  }

  private static ResourceType<Here> host(TaskType<?>... tasks) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests())
        .fields(FULL, PAUSED)
        .tasks(tasks);
  }

  private static boolean isFull(Snapshot s) {
    return s.get(FULL) > 80;
  }

  private static ResourceType<Here> cleaned(TaskType<Work> clean) {
    return host(clean.startWhen(TriggersTest::isFull).stopWhen(s -> s.get(PAUSED)));
  }

  @Test
  void aTaskIsStartedOnceAsItsConditionTurnsTrue() {
    Simulation host = Simulation.of(cleaned(quick(CLEAN)));
    host.advance(ofMinutes(1));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.ABSENT);
    host.set(FULL, 90L);
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).isEqualTo(1);
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.FINISHED);
    host.set(FULL, 95L);
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).as("it has not been false meanwhile").isEqualTo(1);
    host.set(FULL, 10L);
    host.advance(ofMinutes(1));
    host.set(FULL, 90L);
    host.advance(ofMinutes(1));
    assertThat(host.runs(CLEAN)).isEqualTo(2);
    assertThat(host.store().tasks(host.uuid()))
        .allMatch(run -> run.cause() == dev.toygun.store.Cause.TRIGGER);
  }

  @Test
  void whatTurnsTrueWhileItRunsIsStartedOnceThatHasEnded() {
    Simulation host = Simulation.of(cleaned(slow(CLEAN)));
    host.start(CLEAN);
    host.set(FULL, 90L);
    host.advance(ofSeconds(30));
    assertThat(host.runs(CLEAN)).isEqualTo(1);
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).isEqualTo(2);
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.FINISHED);
  }

  @Test
  void whatWasTrueOnlyWhileItRanIsNotStarted() {
    Simulation host = Simulation.of(cleaned(slow(CLEAN)));
    host.start(CLEAN);
    host.set(FULL, 90L);
    host.advance(ofSeconds(10));
    host.set(FULL, 10L);
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).isEqualTo(1);
  }

  @Test
  void aTaskIsStoppedAsItsConditionTurnsTrueThroughItsExit() {
    Simulation host =
        Simulation.of(cleaned(slow(CLEAN).onExit(exit -> exit.decide(t -> t.finish()).finishes())));
    host.set(FULL, 90L);
    host.advance(ofSeconds(5));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.RUNNING);
    host.set(PAUSED, true);
    host.advance(ofSeconds(5));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.STOPPED);
    assertThat(host.path(CLEAN)).endsWith("__exit__", "__stop__");
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).as("while it is paused").isEqualTo(1);
    host.set(PAUSED, false);
    host.advance(ofMinutes(1));
    assertThat(host.runs(CLEAN)).as("it is still full").isEqualTo(2);
  }

  @Test
  void whatAPersonStartsWhileItIsToBeStoppedRuns() {
    Simulation host = Simulation.of(cleaned(slow(CLEAN)));
    host.set(PAUSED, true);
    host.advance(ofMinutes(1));
    host.start(CLEAN);
    host.advance(ofMinutes(2));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.FINISHED);
  }

  @Test
  void whatAPersonStoppedStaysSo() {
    Simulation host = Simulation.of(cleaned(slow(CLEAN)));
    host.set(FULL, 90L);
    host.advance(ofSeconds(5));
    host.stop(CLEAN);
    host.advance(ofMinutes(5));
    host.set(FULL, 10L);
    host.advance(ofMinutes(1));
    host.set(FULL, 90L);
    host.advance(ofMinutes(5));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.STOPPED);
    assertThat(host.runs(CLEAN)).isEqualTo(1);
    host.start(CLEAN);
    host.advance(ofMinutes(5));
    assertThat(host.runs(CLEAN)).as("a person let it run again, and it is full").isEqualTo(3);
  }

  @Test
  void whatAPersonStopsIsTheirStopThoughItsConditionTurnsTrueMeanwhile() {
    Simulation host = Simulation.of(cleaned(lingering(CLEAN)));
    host.start(CLEAN);
    host.advance(ofSeconds(5));
    host.stop(CLEAN);
    host.set(PAUSED, true);
    host.advance(ofSeconds(5));
    assertThat(host.path(CLEAN)).as("it still cleans up").endsWith("__exit__");
    host.advance(ofMinutes(5));
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.STOPPED);
    host.set(PAUSED, false);
    host.set(FULL, 90L);
    host.advance(ofMinutes(5));
    assertThat(host.runs(CLEAN)).isEqualTo(1);
  }

  @Test
  void whatATriggerStoppedStaysItsStopThoughItsConditionTurnsTrueAgainMeanwhile() {
    Simulation host = Simulation.of(cleaned(lingering(CLEAN)));
    host.set(FULL, 90L);
    host.advance(ofSeconds(5));
    for (boolean paused : new boolean[] {true, false, true, false}) {
      host.set(PAUSED, paused);
      host.advance(ofSeconds(1));
    }
    assertThat(host.path(CLEAN)).as("it still cleans up").endsWith("__exit__");
    host.advance(ofMinutes(1));
    assertThat(host.runs(CLEAN)).isEqualTo(2);
  }

  @Test
  void oneTaskIsStartedByTheEndOfAnotherHoweverLongTheChain() {
    List<TaskName> names =
        java.util.stream.IntStream.range(0, 9).mapToObj(n -> TaskName.of("t" + n)).toList();
    TaskType<?>[] chain = new TaskType<?>[9];
    chain[0] = quick(names.get(0)).startWhen(TriggersTest::isFull);
    for (int n = 1; n < 9; n++) {
      TaskName before = names.get(n - 1);
      chain[n] = quick(names.get(n)).startWhen(s -> s.task(before) == TaskStatus.FINISHED);
    }
    Simulation host = Simulation.of(host(chain));
    host.set(FULL, 90L);
    host.advance(ofMinutes(5));
    assertThat(host.task(names.get(8))).isEqualTo(TaskStatus.FINISHED);
    assertThat(host.runs(names.get(8))).isEqualTo(1);
  }

  @Test
  void aTaskWithALeaseOfItsOwnStartsAnotherToo() {
    Simulation host =
        Simulation.of(
            host(
                quick(CLEAN).shared().startWhen(TriggersTest::isFull),
                quick(REPORT).startWhen(s -> s.task(CLEAN) == TaskStatus.FINISHED)));
    host.set(FULL, 90L);
    host.advance(ofMinutes(1));
    assertThat(host.task(REPORT)).isEqualTo(TaskStatus.FINISHED);
  }

  @Test
  void aResourceThatIsBeingTakenDownStartsNothing() {
    Simulation host =
        Simulation.of(
            host(quick(CLEAN).startWhen(s -> s.task(REPORT) == TaskStatus.STOPPED), slow(REPORT)));
    host.start(REPORT);
    host.advance(ofSeconds(5));
    host.delete();
    host.advance(ofMinutes(5));
    assertThat(host.active()).isFalse();
    assertThat(host.task(CLEAN)).isEqualTo(TaskStatus.ABSENT);
  }

  @Test
  void aResourceThatIsBeingMadeStartsNothing() {
    Simulation host = Simulation.of(host(quick(CLEAN).startWhen(s -> true)).onStart(slow(REPORT)));
    host.advance(ofSeconds(30));
    assertThat(host.state()).isEqualTo("__new__");
    assertThat(host.runs(CLEAN)).isZero();
    host.advance(ofMinutes(5));
    assertThat(host.runs(CLEAN)).isEqualTo(1);
  }

  @Test
  void aConditionThatIsNotPureDoesNotGoOnForEver() {
    boolean[] flip = {false};
    Simulation host = Simulation.of(host(quick(CLEAN).startWhen(s -> flip[0] = !flip[0])));
    host.advance(ofMinutes(10));
    assertThat(host.runs(CLEAN)).isLessThan(50);
  }

  @Test
  void whatNeverTurnsTrueIsNeverWritten() {
    Simulation host = Simulation.of(cleaned(quick(CLEAN)));
    host.set(FULL, 10L);
    host.advance(ofMinutes(1));
    assertThat(triggers(host)).isEmpty();
  }

  private static List<TriggerRow> triggers(Simulation host) {
    return host.world
        .await(host.store().load(List.of(host.uuid()), new Sees(false, false, false, false, true)))
        .families()
        .get(0)
        .triggers();
  }

  @Test
  void aWorkerThatDiesAnywhereStartsItAndStartsItOnce() {
    for (boolean freezes : new boolean[] {false, true}) {
      int points = run(Set.of(), freezes, "nothing");
      assertThat(points).isBetween(5, 300);
      for (int point = 1; point <= points; point++) {
        run(Set.of(point), freezes, (freezes ? "freeze" : "death") + " at point " + point);
      }
    }
  }

  private static int run(Set<Integer> at, boolean freezes, String what) {
    Faults faults = Faults.at(at, freezes);
    TaskType<Work> first =
        TaskType.of(CLEAN, state(Work.DO).decide(t -> t.finish().with(FULL, 90L)).finishes());
    Simulation host =
        Simulation.with(
            faults,
            host(first.startWhen(s -> true), quick(REPORT).startWhen(TriggersTest::isFull)));
    host.advance(ofMinutes(3));
    assertThat(host.runs(CLEAN)).as("%s: %s", what, host).isEqualTo(1);
    assertThat(host.runs(REPORT)).as("%s: %s", what, host).isEqualTo(1);
    return faults.points();
  }

  @Test
  void whatIsWrongWithTriggersIsToldAtStartUp() {
    Field<String> must = Field.text("must").required();
    assertThatThrownBy(
            () ->
                TypeSet.of(
                    List.of(
                        host(quick(CLEAN).fields(must).startWhen(s -> true))
                            .onStart(quick(REPORT).stopWhen(s -> true)))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("task clean: it starts by itself")
        .hasMessageContaining("task __start__: Toygun itself starts and stops it");
  }
}
