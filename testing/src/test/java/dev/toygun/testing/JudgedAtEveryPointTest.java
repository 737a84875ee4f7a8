package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a resource's alarm is judged on changes once, and then the resource rests: nothing of it is
 * due or polled ever again. A worker dies at each await point in turn, and the alarm is told of all
 * the same: it was judged in the commit that made it true.
 */
class JudgedAtEveryPointTest {
  private static final TaskName CHECK = TaskName.of("check");
  private static final TaskName FIX = TaskName.of("fix");
  private static final Field<String> FOUND = Field.text("found");
  private static final Field<String> OWN = Field.text("own");

  enum Here {
    UP
  }

  enum Twice {
    NEW,
    UP
  }

  enum Look {
    ONCE
  }

  enum Walk {
    LOOK,
    REST
  }

  /** One way in which an alarm becomes true for good. */
  private record Way(String name, ResourceType<?> type, String told) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way(
            "a task writes its resource and ends",
            type(ends(), alarm("bad", s -> s.find(FOUND).isPresent())),
            "open bad error"),
        new Way(
            "a task ends",
            type(ends(), alarm("bad", s -> s.task(CHECK) == TaskStatus.FINISHED)),
            "open bad error"),
        new Way(
            "a task stays in a state that waits",
            type(rests(), alarm("bad", s -> own(s).isPresent())),
            "open bad error"),
        new Way(
            "a task with a lease of its own stays",
            type(rests().shared(), alarm("bad", s -> own(s).isPresent())),
            "open bad error"),
        new Way(
            "a resource writes itself and rests",
            ResourceType.of(
                    "host",
                    state(Twice.NEW).decide(t -> t.go(Twice.UP).with(FOUND, "x")).to(Twice.UP),
                    state(Twice.UP).decide(t -> t.stay()).rests())
                .fields(FOUND)
                .alarms(alarm("bad", s -> s.find(FOUND).isPresent())),
            "open bad error"),
        new Way(
            "a resource panics",
            ResourceType.of(
                    "host",
                    state(Twice.NEW).decide(t -> t.go(Twice.UP)).to(Twice.UP),
                    state(Twice.UP).decide(t -> t.panic("Odd", "it is odd")).rests())
                .alarms(alarm("bad", s -> s.error().isPresent())),
            "open bad error"),
        new Way(
            "a resource starts a task that somebody else ticks",
            ResourceType.of("host", state(Here.UP).decide(JudgedAtEveryPointTest::start).rests())
                .fields(FOUND)
                .tasks(idle().shared())
                .alarms(alarm("bad", s -> s.task(CHECK) == TaskStatus.RUNNING)),
            "open bad error"),
        new Way(
            "code raises an alarm that is repaired",
            ResourceType.of(
                    "host",
                    state(Twice.NEW).decide(t -> t.go(Twice.UP).raise("bad", "it is")).to(Twice.UP),
                    state(Twice.UP).decide(t -> t.stay()).rests())
                .tasks(fix())
                .alarms(alarm("bad").repair(FIX)),
            "open bad error"),
        new Way(
            "a predicate raises an alarm that is repaired",
            type(ends(), alarm("bad", s -> s.find(FOUND).isPresent()).repair(FIX)),
            "open bad error"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void aWorkerThatDiesAnywhereLosesNoAlarm(Way way) {
    int points = run(way, Set.of(), false, "nothing");
    assertThat(points).isBetween(5, 200);
    for (int point = 1; point <= points; point++) {
      run(way, Set.of(point), false, way + ": death at point " + point);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void aWorkerThatFreezesAnywhereLosesNoAlarm(Way way) {
    int points = run(way, Set.of(), true, "nothing");
    for (int point = 1; point <= points; point++) {
      run(way, Set.of(point), true, way + ": freeze at point " + point);
    }
  }

  private static int run(Way way, Set<Integer> at, boolean freezes, String what) {
    Faults faults = Faults.at(at, freezes);
    Simulation host = Simulation.with(faults, way.type());
    host.advance(ofMinutes(3));
    assertThat(host.told()).as("%s: %s", what, host).contains(way.told());
    if (way.type().alarm("bad").orElseThrow().repair() != null) {
      assertThat(host.runs(FIX)).as("%s: repairs, %s", what, host).isEqualTo(3);
      assertThat(host.told()).as("%s: %s", what, host).contains("open bad critical");
    }
    return faults.points();
  }

  @Test
  void anAlarmIsClearedThoughTheWorkerDies() {
    for (int point = 1; point <= 60; point++) {
      Faults faults = Faults.at(Set.of(point), false);
      ResourceType<Here> type =
          type(idle(), alarm("bad", s -> s.task(CHECK) == TaskStatus.RUNNING));
      Simulation host = Simulation.with(faults, type);
      host.advance(ofMinutes(1));
      host.stop(CHECK);
      host.advance(ofMinutes(3));
      assertThat(host.told())
          .as("death at %d: %s", point, host)
          .isEqualTo(List.of("open bad error", "resolve bad error"));
    }
  }

  private static java.util.Optional<String> own(dev.toygun.Snapshot s) {
    return s.taskView(CHECK).flatMap(view -> view.find(OWN));
  }

  private static Next<Here> start(Tick<Here> t) {
    return t.task(CHECK) == TaskStatus.ABSENT ? t.stay().start(CHECK) : t.stay();
  }

  private static ResourceType<Here> type(TaskType<?> check, AlarmType alarm) {
    return ResourceType.of("host", state(Here.UP).decide(JudgedAtEveryPointTest::start).rests())
        .fields(FOUND)
        .tasks(check, fix())
        .alarms(alarm);
  }

  private static TaskType<Look> ends() {
    return TaskType.of(CHECK, state(Look.ONCE).decide(t -> t.finish().with(FOUND, "x")).finishes());
  }

  private static TaskType<Walk> rests() {
    return TaskType.of(
            CHECK,
            state(Walk.LOOK).decide(t -> t.go(Walk.REST).with(OWN, "x")).to(Walk.REST),
            state(Walk.REST).decide(t -> t.stay()).waits().finishes())
        .fields(OWN);
  }

  private static TaskType<Look> idle() {
    return TaskType.of(CHECK, state(Look.ONCE).decide(t -> t.stay()).waits().finishes());
  }

  private static TaskType<Look> fix() {
    return TaskType.of(FIX, state(Look.ONCE).decide(t -> t.finish()).finishes());
  }
}
