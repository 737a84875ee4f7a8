package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms that users declare: judged after every tick, folded, repaired. */
class AlarmsTest extends AlarmsRig {
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
  void aConditionWhoseClassIsMissingIsAnAlarm() {
    Simulation host =
        Simulation.of(
            host(
                alarm(
                    "odd",
                    s -> {
                      throw new NoClassDefFoundError("org/example/Gone");
                    })));
    host.advance(ofSeconds(30));
    assertThat(host.alarm("odd").message()).contains("threw").contains("Gone");
    assertThat(host.liveness()).isEmpty();
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
  void aRepairOfWhatRestsIsTriedAgainThoughNothingElseLooks() {
    TaskType<Doing> once = TaskType.of(WATCH, state(Doing.LOOK).decide(t -> t.finish()).finishes());
    ResourceType<Here> type =
        ResourceType.of(
                "host",
                state(Here.UP)
                    .decide(
                        t -> t.task(WATCH) == TaskStatus.ABSENT ? t.stay().start(WATCH) : t.stay())
                    .rests())
            .tasks(once, fix())
            .alarms(
                alarm("gone", s -> s.task(WATCH) == TaskStatus.FINISHED)
                    .repair(FIX, 3, ofHours(1)));
    Simulation host = Simulation.of(type);
    host.advance(ofSeconds(20));
    assertThat(host.runs(FIX)).as("%s", host).isOne();
    host.advance(ofSeconds(30));
    assertThat(host.runs(FIX)).isEqualTo(2);
    host.advance(ofMinutes(10));
    assertThat(host.runs(FIX)).isEqualTo(3);
    assertThat(host.told()).containsExactly("open gone error", "open gone critical");
    host.advance(ofHours(1));
    assertThat(host.runs(FIX)).as("an hour later it may again").isGreaterThan(3);
    assertThat(host.liveness()).isEmpty();
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

  /** Looked at only when somebody asks for it: nothing else would have its alarm judged. */
  private Simulation flapped() {
    TaskType<Doing> look =
        TaskType.of(
            WATCH,
            state(Doing.LOOK).decide(t -> t.finish().observe(!down.contains("host"))).finishes());
    ResourceType<Here> type =
        ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests())
            .tasks(look)
            .availability(a -> a.uncertainAfter(1).offlineAfter(1))
            .alarms(isDown());
    Simulation host = Simulation.of(type).advance(ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      looks(host, "host");
      looks(host);
    }
    assertThat(host.alarm("down").state()).isEqualTo(Alarm.State.OPEN);
    return host;
  }

  private void looks(Simulation host, String... isDown) {
    down.clear();
    down.addAll(List.of(isDown));
    host.start(WATCH);
    host.advance(ofSeconds(2));
  }

  @Test
  void whatHasFlappedAndIsQuietedIsOverAtOnceAndArmedAgain() {
    for (Function<Instant, AlarmCommand> command : QUIETING) {
      Simulation host = flapped();
      host.say("down", command.apply(host.now().plusSeconds(7200)));
      host.advance(ofSeconds(2));
      assertThat(host.alarms()).as("%s", command.apply(host.now())).isEmpty();
      looks(host, "host");
      assertThat(host.told()).hasSize(7).endsWith("resolve down error", "open down error");
    }
  }

  private static final List<Function<Instant, AlarmCommand>> QUIETING =
      List.of(
          then -> new AlarmCommand.Ignore(),
          then -> new AlarmCommand.Acknowledge(null),
          AlarmCommand.Acknowledge::new,
          AlarmCommand.Snooze::new);

  @Test
  void whatIsAcknowledgedUntilATimeIsOpenAgainThenIfItIsStillTrue() {
    Simulation host = Simulation.of(host(isDown()));
    host.advance(ofSeconds(30));
    down.add("host");
    host.advance(ofSeconds(30));
    host.say("down", new AlarmCommand.Acknowledge(host.now().plusSeconds(600)));
    host.advance(ofMinutes(9));
    assertThat(host.told()).containsExactly("open down error");
    host.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open down error", "open down error");
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
