package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms that users declare: judged after every tick, folded, repaired. */
class AlarmsTest {
  private static final TaskName WATCH = TaskName.of("watch");
  private static final TaskName FIX = TaskName.of("fix");

  enum Here {
    UP
  }

  enum Doing {
    LOOK
  }

  /** What is down, by type. */
  private final Set<String> down = new HashSet<>();

  private int fixes;
  private boolean fixHelps;

  private TaskType<Doing> watch(String type) {
    return TaskType.of(
        WATCH,
        state(Doing.LOOK).decide(t -> t.stay().observe(!down.contains(type))).every(ofSeconds(5)));
  }

  private TaskType<Doing> fix() {
    return TaskType.of(
        FIX,
        state(Doing.LOOK)
            .decide(
                t -> {
                  if (t.now().isAfter(java.time.Instant.EPOCH) && t.attempt() == 1) {
                    fixes++;
                  }
                  if (fixHelps) {
                    down.clear();
                  }
                  return t.finish();
                })
            .finishes());
  }

  private ResourceType<Here> host(AlarmType... alarms) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay().ensure(WATCH)).rests())
        .tasks(watch("host"), fix())
        .availability(a -> a.uncertainAfter(1).offlineAfter(2))
        .alarms(alarms);
  }

  private static AlarmType isDown() {
    return alarm("down", s -> s.availability() == OFFLINE);
  }

  @Test
  void anAlarmOpensWhenItHasBeenTrueForLongEnoughAndClosesByItself() {
    Simulation host =
        Simulation.of(host(isDown().forAtLeast(ofMinutes(1)).severity(Severity.CRITICAL)));
    host.advance(ofSeconds(30));
    assertThat(host.alarms()).isEmpty();
    down.add("host");
    host.advance(ofSeconds(30));
    assertThat(host.alarm("down").state()).isEqualTo(Alarm.State.PENDING);
    assertThat(host.told()).isEmpty();
    host.advance(ofSeconds(50));
    assertThat(host.told()).containsExactly("open down critical");
    host.advance(ofMinutes(10));
    down.clear();
    host.advance(ofSeconds(20));
    assertThat(host.told()).containsExactly("open down critical", "resolve down critical");
    assertThat(host.liveness()).isEmpty();
  }

  @Test
  void aBlipIsToldToNobody() {
    Simulation host = Simulation.of(host(isDown().forAtLeast(ofMinutes(1))));
    host.advance(ofSeconds(30));
    down.add("host");
    host.advance(ofSeconds(30));
    down.clear();
    host.advance(ofMinutes(5));
    assertThat(host.told()).isEmpty();
    assertThat(host.alarms()).isEmpty();
  }

  @Test
  void aHealthyResourceWritesNothingForItsAlarms() {
    Simulation host = Simulation.of(host(isDown()));
    host.advance(ofMinutes(2));
    long version = host.row().machine().version();
    host.advance(ofHours(1));
    assertThat(host.row().machine().version()).isEqualTo(version);
    assertThat(host.alarmRows()).isEmpty();
  }

  @Test
  void aConditionThatThrowsIsAnAlarm() {
    Simulation host =
        Simulation.of(
            host(
                alarm(
                    "odd",
                    s -> {
                      throw new IllegalStateException("what");
                    })));
    host.advance(ofSeconds(30));
    assertThat(host.told()).containsExactly("open odd error");
    assertThat(host.alarm("odd").message()).contains("threw").contains("what");
  }

  @Test
  void aRepairIsTriedAsOftenAsItMayAndThenItIsCritical() {
    Simulation host = Simulation.of(host(isDown().repair(FIX, 3, ofHours(1))));
    host.advance(ofSeconds(30));
    down.add("host");
    host.advance(ofMinutes(10));
    assertThat(host.runs(FIX)).isEqualTo(3);
    assertThat(host.told()).containsExactly("open down error", "open down critical");
    host.advance(ofMinutes(30));
    assertThat(host.runs(FIX)).isEqualTo(3);
    host.advance(ofHours(1));
    assertThat(host.runs(FIX)).as("an hour later it may again").isGreaterThan(3);
  }

  @Test
  void aRepairThatHelpsClosesItsAlarm() {
    fixHelps = true;
    Simulation host = Simulation.of(host(isDown().repair(FIX)));
    host.advance(ofSeconds(30));
    down.add("host");
    host.advance(ofMinutes(2));
    assertThat(host.runs(FIX)).isOne();
    assertThat(host.task(FIX)).isEqualTo(TaskStatus.FINISHED);
    assertThat(host.told()).containsExactly("open down error", "resolve down error");
  }

  @Test
  void whoSnoozesIsLeftInPeaceUntilThen() {
    Simulation host = Simulation.of(host(isDown()));
    host.advance(ofSeconds(30));
    down.add("host");
    host.advance(ofSeconds(30));
    host.say("down", new AlarmCommand.Snooze(host.now().plusSeconds(600)));
    host.advance(ofMinutes(9));
    assertThat(host.told()).containsExactly("open down error");
    host.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open down error", "open down error");
    host.say("down", new AlarmCommand.Snooze(host.now().plusSeconds(600)));
    down.clear();
    host.advance(ofMinutes(11));
    assertThat(host.told())
        .containsExactly("open down error", "open down error", "resolve down error");
  }

  @Test
  void codeRaisesAndClearsAnAlarmOfItsResource() {
    TaskType<Doing> raising =
        TaskType.of(
            WATCH,
            state(Doing.LOOK)
                .decide(
                    t ->
                        down.contains("host")
                            ? t.stay().raise("disk", "no space on /dev/sda")
                            : t.stay().clear("disk"))
                .every(ofSeconds(5)));
    ResourceType<Here> type =
        ResourceType.of("host", state(Here.UP).decide(t -> t.stay().ensure(WATCH)).rests())
            .tasks(raising)
            .alarms(alarm("disk").severity(Severity.WARNING));
    Simulation host = Simulation.of(type);
    down.add("host");
    host.advance(ofSeconds(30));
    assertThat(host.alarm("disk").message()).contains("no space");
    down.clear();
    host.advance(ofSeconds(30));
    assertThat(host.told()).containsExactly("open disk warning", "resolve disk warning");
  }

  private ResourceType<Here> rack(int children) {
    return ResourceType.of("rack", state(Here.UP).decide(t -> filled(t, children)).rests())
        .tasks(watch("rack"))
        .availability(a -> a.uncertainAfter(1).offlineAfter(2))
        .alarms(isDown())
        .children("host");
  }

  private static Next<Here> filled(Tick<Here> t, int children) {
    Next<Here> next = t.stay().ensure(WATCH);
    for (int i = 0; i < children; i++) {
      next = next.create("host", "host" + i, Values.NONE);
    }
    return next;
  }

  @Test
  void manyChildrenOfOneThatFailsAreOnePage() {
    Simulation rack = Simulation.of(rack(50), host(isDown().forAtLeast(ofSeconds(30))));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(2));
    assertThat(rack.store().alarms().told()).hasSize(1);
    List<Alarm> folded =
        rack.store().alarms().all().stream().filter(a -> a.state() == Alarm.State.FOLDED).toList();
    assertThat(folded).hasSize(50);

    // It comes back, and one of them does not.
    down.remove("rack");
    rack.advance(ofSeconds(20));
    down.remove("host");
    rack.advance(ofMinutes(2));
    assertThat(rack.alarms()).isEmpty();
    assertThat(rack.store().alarms().all()).allMatch(a -> a.state() == Alarm.State.CLOSED);
    assertThat(rack.liveness()).isEmpty();
  }

  /** Whichever is seen first: what is on a rack fails with it, and may be seen to before it is. */
  @ParameterizedTest(name = "the rack is down after {0} looks")
  @ValueSource(ints = {1, 2, 6})
  void childrenThatFailBeforeTheirParentIsSeenToAreStillOnePage(int looks) {
    ResourceType<Here> type = rack(50).availability(a -> a.uncertainAfter(1).offlineAfter(looks));
    Simulation rack = Simulation.of(type, host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(looks == 1 ? 10 : 3));
    down.add("rack");
    rack.advance(ofMinutes(2));
    Alarm above = rack.alarm("down");
    List<Alarm> below = rack.store().alarms().all().stream().filter(a -> !a.equals(above)).toList();
    assertThat(below).hasSize(50).allMatch(a -> a.state() == Alarm.State.FOLDED);
    assertThat(below)
        .as("some were first")
        .anyMatch(a -> a.createdAt().isBefore(above.createdAt()));
    assertThat(rack.store().alarms().told()).hasSize(1);
    assertThat(rack.told()).containsExactly("open down error");
  }

  /** The one above is true, but has to be for a while: those below wait for what becomes of it. */
  @Test
  void childrenWaitForAHostThatIsAboutToBeTold() {
    ResourceType<Here> slow =
        ResourceType.of("rack", state(Here.UP).decide(t -> filled(t, 20)).rests())
            .tasks(watch("rack"))
            .availability(a -> a.uncertainAfter(1).offlineAfter(2))
            .alarms(isDown().forAtLeast(ofMinutes(1)))
            .children("host");
    Simulation rack = Simulation.of(slow, host(isDown()));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(3));
    assertThat(rack.store().alarms().told()).hasSize(1);
    assertThat(rack.told()).containsExactly("open down error");
  }

  @Test
  void aChildThatFailsAloneIsToldOfAMomentLater() {
    Simulation rack = Simulation.of(rack(2), host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(40));
    assertThat(rack.told()).isEmpty();
    assertThat(rack.child("host", "host0").told()).containsExactly("open down error");
  }

  @Test
  void aChildThatIsBackAtOnceIsToldToNobody() {
    Simulation rack = Simulation.of(rack(1), host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(11));
    down.clear();
    rack.advance(ofMinutes(2));
    assertThat(rack.store().alarms().told()).isEmpty();
    assertThat(rack.liveness()).isEmpty();
  }

  @Test
  void whatIsStillTrueWhenTheOneAboveClosesIsToldOf() {
    Simulation rack = Simulation.of(rack(2), host(isDown().forAtLeast(ofSeconds(30))));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(2));
    down.remove("rack");
    rack.advance(ofMinutes(1));
    assertThat(rack.child("host", "host0").told()).containsExactly("open down error");
    assertThat(rack.child("host", "host1").told()).containsExactly("open down error");
  }

  @Test
  void whatIsHeldIsNeitherTickedNorLoudAndIsJudgedAgain() {
    Simulation host = Simulation.of(host(isDown()));
    host.advance(ofSeconds(30));
    java.util.UUID hold = host.hold("new cables", null);
    host.advance(ofSeconds(5));
    down.add("host");
    long version = host.row().machine().version();
    host.advance(ofMinutes(10));
    assertThat(host.row().machine().version()).isEqualTo(version);
    assertThat(host.told()).isEmpty();
    assertThat(host.liveness()).isEmpty();
    host.release(hold);
    host.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open down error");
  }

  @Test
  void aHoldEndsByItselfWhenItsTimeIsOver() {
    Simulation host = Simulation.of(host(isDown()));
    host.advance(ofSeconds(30));
    host.hold("new cables", host.now().plusSeconds(300));
    host.advance(ofSeconds(5));
    down.add("host");
    host.advance(ofMinutes(4));
    assertThat(host.told()).isEmpty();
    host.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open down error");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverDiesTheAlarmIsToldOnceAndResolvedOnce(long seed) {
    Simulation host = Simulation.crashing(host(isDown().forAtLeast(ofSeconds(30))), seed);
    host.advance(ofMinutes(1));
    down.add("host");
    host.advance(ofMinutes(3));
    assertThat(host.told()).as("%s", host).containsExactly("open down error");
    down.clear();
    host.calm().advance(ofMinutes(3));
    assertThat(host.told()).as("%s", host).containsExactly("open down error", "resolve down error");
    assertThat(host.liveness()).as("%s", host).isEmpty();
  }
}
