package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.KNOWN_OFFLINE;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.Availability.ONLINE;
import static dev.toygun.Availability.UNCERTAIN;
import static dev.toygun.Availability.UNKNOWN;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.store.SubjectKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a resource's availability once nobody observes it any more. */
class UnobservedTest {
  private static final TaskName MONITOR = TaskName.of("monitor");
  private static final TaskName DEEP = TaskName.of("deep");
  private static final TaskName PROVISION = TaskName.of("provision");

  private static final Field<String> SEEN = Field.text("seen");

  enum Here {
    UP
  }

  enum Work {
    LOOK
  }

  /** What the monitor sees next; it panics where it sees nothing. */
  private @Nullable Boolean sees = true;

  private @Nullable Boolean seesDeep = true;
  private boolean isDone;

  private Next<Work> look(Tick<Work> t) {
    if (sees == null) {
      return t.panic("Blind", "no route");
    }
    return (isDone ? t.finish() : t.stay()).observe(sees);
  }

  private Next<Work> lookDeep(Tick<Work> t) {
    return seesDeep == null ? t.panic("Blind", "no route") : t.stay().observe(seesDeep);
  }

  /** Looks once and ends. */
  private Next<Work> glance(Tick<Work> t) {
    return sees == null ? t.panic("Blind", "no route") : t.finish().observe(sees);
  }

  private StateDef<Work> looks(Function<Tick<Work>, Next<Work>> code) {
    return state(Work.LOOK).decide(code::apply).finishes();
  }

  private TaskType<Work> polling() {
    return TaskType.of(MONITOR, looks(this::look).every(ofSeconds(5)));
  }

  private TaskType<Work> once(TaskName name) {
    return TaskType.of(name, looks(this::glance));
  }

  private static ResourceType<Here> host(TaskType<?>... tasks) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests())
        .tasks(tasks)
        .availability(a -> a.uncertainAfter(1).offlineAfter(2))
        .alarms(
            alarm(
                "blind",
                host -> host.availability() == UNKNOWN && host.task(MONITOR) != TaskStatus.ABSENT),
            alarm("down", host -> host.availability() == OFFLINE));
  }

  private Simulation watched(ResourceType<Here> type) {
    Simulation host = Simulation.of(type);
    host.advance(ofSeconds(1));
    host.start(MONITOR);
    host.advance(ofSeconds(10));
    assertThat(host.availability()).isEqualTo(ONLINE);
    return host;
  }

  private long version(Simulation host) {
    return host.store().resource(host.uuid()).orElseThrow().machine().version();
  }

  @Test
  void aMonitorThatPanicsLeavesItsResourceUnknownUntilItLooksAgain() {
    Simulation host = watched(host(polling()));
    long before = version(host);
    host.advance(ofMinutes(5));
    assertThat(version(host)).as("what changes nothing writes nothing").isEqualTo(before);

    sees = null;
    host.advance(ofSeconds(10));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN);
    assertThat(host.alarm("blind").active()).isTrue();
    assertThat(host.store().history().said(SubjectKey.ofResource(host.uuid())))
        .extracting(said -> said.what().text())
        .containsExactly("it is unknown whether it answers: task monitor has panicked");

    sees = true;
    host.retry(MONITOR);
    host.advance(ofSeconds(10));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN, ONLINE);
    assertThat(host.alarms()).noneMatch(line -> line.contains("blind") && line.contains("open"));
  }

  @Test
  void soDoesOneThatIsStoppedOrAbortedOrTimesOut() {
    Simulation stopped = watched(host(polling()));
    stopped.stop(MONITOR);
    stopped.advance(ofSeconds(1));
    assertThat(stopped.observations()).containsExactly(ONLINE, UNKNOWN);

    Simulation aborted = watched(host(polling()));
    aborted.abort(MONITOR);
    aborted.advance(ofSeconds(1));
    assertThat(aborted.observations()).containsExactly(ONLINE, UNKNOWN);

    Simulation late =
        watched(
            host(
                TaskType.of(MONITOR, looks(this::look).every(ofSeconds(5)).within(ofSeconds(60)))));
    late.advance(ofMinutes(1));
    assertThat(late.task(MONITOR)).isEqualTo(TaskStatus.TIMED_OUT);
    assertThat(late.observations()).containsExactly(ONLINE, UNKNOWN);
    late.start(MONITOR);
    late.advance(ofSeconds(1));
    assertThat(late.availability()).isEqualTo(ONLINE);
  }

  @Test
  void whatAMonitorSaidThatIsDoneStands() {
    Simulation host = watched(host(polling()));
    isDone = true;
    sees = false;
    host.advance(ofHours(3));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.FINISHED);
    assertThat(host.observations()).containsExactly(ONLINE, UNCERTAIN);
  }

  @Test
  void aTaskThatLooksOnceAndIsStartedAgainAndAgainDoesNotFlap() {
    Simulation scheduled = Simulation.of(host(once(MONITOR).every(ofMinutes(1))));
    scheduled.advance(ofMinutes(10));
    assertThat(scheduled.observations()).containsExactly(ONLINE);

    Simulation ensured =
        Simulation.of(
            ResourceType.of("host", state(Here.UP).decide(t -> t.stay().ensure(MONITOR)).rests())
                .tasks(once(MONITOR)));
    ensured.advance(ofMinutes(10));
    assertThat(ensured.observations()).containsExactly(ONLINE);
    assertThat(ensured.runs(MONITOR)).isGreaterThan(3);
  }

  @Test
  void oneThatIsStartedAgainAndAgainAndFailsLeavesItsResourceUnknown() {
    Simulation host = Simulation.of(host(once(MONITOR).every(ofMinutes(1))));
    host.advance(ofSeconds(90));
    assertThat(host.availability()).isEqualTo(ONLINE);
    sees = null;
    host.advance(ofMinutes(1));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN);
    host.stop(MONITOR);
    sees = true;
    host.advance(ofMinutes(1));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN, ONLINE);
  }

  @Test
  void asLongAsOneOfTwoLooksItIsKnown() {
    TaskType<Work> deep = TaskType.of(DEEP, looks(this::lookDeep).every(ofSeconds(5)));
    Simulation host = watched(host(polling(), deep));
    host.start(DEEP);
    host.advance(ofSeconds(10));
    long before = version(host);
    host.advance(ofMinutes(5));
    assertThat(version(host)).as("two that see the same write nothing").isEqualTo(before);
    sees = null;
    host.advance(ofMinutes(1));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.observations()).containsExactly(ONLINE);
    seesDeep = null;
    host.advance(ofMinutes(1));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN);
  }

  @Test
  void whatSawItOnceLongAgoDoesNotVouchForAMonitorThatPanics() {
    Simulation host = Simulation.of(host(polling(), once(PROVISION)));
    host.advance(ofSeconds(1));
    host.start(PROVISION);
    host.advance(ofHours(1));
    assertThat(host.availability()).as("nobody has looked since").isEqualTo(ONLINE);
    host.start(MONITOR);
    host.advance(ofMinutes(1));
    sees = null;
    host.advance(ofSeconds(10));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN);
  }

  @Test
  void aTaskThatNeverLookedMayPanic() {
    TaskType<Work> backup =
        TaskType.of(DEEP, state(Work.LOOK).decide(t -> t.panic("Full", "no room")).finishes());
    Simulation host = Simulation.of(host(polling(), once(PROVISION), backup));
    host.advance(ofSeconds(1));
    host.start(PROVISION);
    host.advance(ofSeconds(1));
    host.start(DEEP);
    host.advance(ofMinutes(1));
    assertThat(host.task(DEEP)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.observations()).containsExactly(ONLINE);
  }

  @Test
  void whatIsDownOnPurposeIsSoUntilItsTimeIsOver() {
    TaskType<Work> move =
        TaskType.of(DEEP, state(Work.LOOK).decide(t -> t.finish().offline(ofHours(1))).finishes());
    Simulation host = watched(host(polling(), move));
    host.start(DEEP);
    host.advance(ofSeconds(1));
    host.stop(MONITOR);
    host.advance(ofMinutes(58));
    assertThat(host.observations()).containsExactly(ONLINE, KNOWN_OFFLINE);
    host.advance(ofMinutes(3));
    assertThat(host.observations()).containsExactly(ONLINE, KNOWN_OFFLINE, UNKNOWN);
  }

  @Test
  void whatARunSawThatHasFinishedHoldsForAsLongAsItsTypeSays() {
    ResourceType<Here> type =
        host(once(MONITOR).every(ofMinutes(1))).availability(a -> a.unknownAfter(ofMinutes(5)));
    Simulation host = Simulation.of(type);
    host.advance(ofMinutes(20));
    assertThat(host.observations()).as("it is looked at in time").containsExactly(ONLINE);
    assertThat(host.liveness()).isEmpty();

    host.deploy(host(once(MONITOR)).availability(a -> a.unknownAfter(ofMinutes(5))));
    host.advance(ofMinutes(4));
    assertThat(host.observations()).containsExactly(ONLINE);
    host.advance(ofMinutes(2));
    assertThat(host.observations()).as("nothing starts it any more").endsWith(UNKNOWN);
    assertThat(host.alarm("blind").active()).isTrue();
    host.start(MONITOR);
    host.advance(ofSeconds(1));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN, ONLINE);
  }

  @Test
  void aResourceThatPollsDecidesOnWhatIsUnknownAtOnce() {
    ResourceType<Here> type =
        ResourceType.of(
                "host",
                state(Here.UP)
                    .decide(t -> t.stay().with(SEEN, t.availability().stored()))
                    .every(ofMinutes(2)))
            .fields(SEEN)
            .tasks(once(MONITOR))
            .availability(a -> a.unknownAfter(ofSeconds(90)));
    Simulation host = Simulation.of(type);
    host.advance(ofSeconds(1));
    host.start(MONITOR);
    host.advance(ofSeconds(80));
    assertThat(host.get(SEEN)).isEqualTo("online");
    host.advance(ofSeconds(12));
    assertThat(host.get(SEEN)).isEqualTo("unknown");
  }

  @Test
  void itIsToldWhoseTimeIsNone() {
    assertThatThrownBy(
            () -> Simulation.of(host(polling()).availability(a -> a.unknownAfter(ofSeconds(0)))))
        .hasMessageContaining("unknownAfter is 1 s or more");
  }

  @Test
  void whoeverDiesAtAnyPointItIsUnknownInTheEnd() {
    for (long seed = 1; seed <= 20; seed++) {
      sees = true;
      Simulation host = Simulation.crashing(host(once(MONITOR).every(ofMinutes(1))), seed);
      host.advance(ofMinutes(3));
      sees = null;
      host.advance(ofMinutes(3)).calm();
      assertThat(host.availability()).as("seed %d: %s", seed, host).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void aMonitorWithALeaseOfItsOwnIsMissedToo() {
    Simulation host = watched(host(polling().shared()));
    sees = null;
    host.advance(ofSeconds(10));
    assertThat(host.observations()).containsExactly(ONLINE, UNKNOWN);
  }
}
