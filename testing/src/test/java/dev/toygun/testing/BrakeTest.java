package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Brake;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever sees a fifth of all servers dead should doubt what he sees with. */
class BrakeTest {
  private static final TaskName REBUILD = TaskName.of("rebuild");
  private static final String BRAKE = "brake:server:rebuild";
  private static final int SERVERS = 100;

  /** What a monitor says. */
  private static final Field<Boolean> LOOKS_DEAD = Field.bool("looks_dead").initially(false);

  private static final Field<Boolean> WIPED = Field.bool("wiped").initially(false);

  private enum Only {
    HERE
  }

  private enum Step {
    WIPE,
    INSTALL
  }

  private static ResourceType<Only> server() {
    return ResourceType.of("server", state(Only.HERE).decide(t -> t.stay()).rests())
        .fields(LOOKS_DEAD)
        .alarms(alarm("down", s -> s.get(LOOKS_DEAD)).severity(Severity.CRITICAL))
        .tasks(
            TaskType.of(
                    REBUILD,
                    state(Step.WIPE).decide(t -> t.go(Step.INSTALL)).to(Step.INSTALL),
                    state(Step.INSTALL)
                        .decide(
                            t ->
                                t.get(WIPED) ? t.finish() : t.pause(ofMinutes(5)).with(WIPED, true))
                        .finishes())
                .fields(WIPED)
                .startWhen(s -> s.get(LOOKS_DEAD))
                .stopWhen(s -> !s.get(LOOKS_DEAD))
                .brake(Brake.percent(20).perParent()));
  }

  private static Simulation rack(Simulation all) {
    all.advance(ofSeconds(30));
    assertThat(all.children("server")).hasSize(SERVERS);
    return all;
  }

  private static ResourceType<Only> rackType() {
    return ResourceType.of("rack", state(Only.HERE).decide(BrakeTest::fill).rests())
        .children("server");
  }

  private static Next<Only> fill(Tick<Only> t) {
    Next<Only> next = t.stay();
    for (int i = 0; t.children("server").isEmpty() && i < SERVERS; i++) {
      next = next.create("server", "server-" + i, Values.NONE);
    }
    return next;
  }

  private static List<Simulated> servers(Simulation all) {
    return all.resources().stream().filter(one -> one.row().type().equals("server")).toList();
  }

  private static long rebuilt(Simulation all) {
    return servers(all).stream()
        .filter(one -> one.moves().stream().anyMatch(m -> m.transition().to().equals("wipe")))
        .count();
  }

  /** The monitor goes mad: one look after another it says of each server that it is dead. */
  private static void goMad(Simulation all) {
    List<Simulated> servers = servers(all);
    for (int i = 0; i < SERVERS; i++) {
      servers.get(i).set(LOOKS_DEAD, true);
      if (i % 5 == 4) {
        all.advance(ofSeconds(1));
      }
    }
    all.advance(ofMinutes(2));
    assertThat(rebuilt(all)).as("of %s", all).isLessThanOrEqualTo(20);
  }

  private static List<MemoryAlarms.Told> pages(Simulation all) {
    return all.store().alarms().told().stream().filter(t -> t.event().equals("open")).toList();
  }

  @Test
  void aMonitorThatGoesMadHasAFifthRebuiltAndOnePersonPaged() {
    Simulation all = rack(Simulation.of(rackType(), server()));
    goMad(all);
    assertThat(rebuilt(all)).isEqualTo(20);
    assertThat(pages(all))
        .singleElement()
        .satisfies(page -> assertThat(page.severity()).isEqualTo(Severity.CRITICAL));
    assertThat(all.alarm(BRAKE).message())
        .startsWith("suspect the monitor: 100 of 100 server want 'rebuild' at once");
    assertThat(all.liveness()).isEmpty();

    // Somebody puts the monitor right: nobody waits any more, and nobody else is rebuilt.
    servers(all).forEach(one -> one.set(LOOKS_DEAD, false));
    all.advance(ofMinutes(20));
    assertThat(rebuilt(all)).isEqualTo(20);
    assertThat(all.alarms()).isEmpty();
    assertThat(all.told())
        .containsExactly(
            "open %s critical".formatted(BRAKE), "resolve %s critical".formatted(BRAKE));
    assertThat(pages(all)).hasSize(1);
  }

  @Test
  void whereTheyAreDeadIndeedAPersonLiftsTheBrakeAndAllAreRebuilt() {
    Simulation all = rack(Simulation.of(rackType(), server()));
    goMad(all);
    all.say(BRAKE, new AlarmCommand.Lift(all.now().plus(ofMinutes(30))));
    all.advance(ofMinutes(1));
    assertThat(rebuilt(all)).isEqualTo(100);
    assertThat(all.alarm(BRAKE).state()).isEqualTo(Alarm.State.LIFTED);
    all.advance(ofMinutes(10));
    assertThat(all.alarms()).as("nobody wants it any more").isEmpty();
  }

  @Test
  void aFewThatAreDeadAreRebuiltAtOnceAndNobodyIsAsked() {
    Simulation all = rack(Simulation.of(rackType(), server()));
    servers(all).subList(0, 20).forEach(one -> one.set(LOOKS_DEAD, true));
    all.advance(ofSeconds(2));
    assertThat(rebuilt(all)).isEqualTo(20);
    assertThat(all.alarms()).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesNoMoreAreRebuiltThanMay(long seed) {
    Simulation all = rack(Simulation.crashing(rackType(), seed, server()));
    goMad(all);
    assertThat(rebuilt(all)).as(all.toString()).isLessThanOrEqualTo(20);
    all.calm().advance(ofMinutes(5));
    assertThat(pages(all))
        .as(all.toString())
        .extracting(MemoryAlarms.Told::severity)
        .contains(Severity.CRITICAL);
    assertThat(all.liveness()).isEmpty();
  }

  @Test
  void aShareThatMakesNoSenseIsRefusedAsTheTypeIsMade() {
    TaskType<Step> task = TaskType.of(REBUILD, state(Step.WIPE).decide(t -> t.finish()).finishes());
    for (int bad : List.of(0, 100, -1)) {
      assertThatThrownBy(() -> task.brake(Brake.percent(bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("task rebuild: brake(percent(%d)): 1 to 99".formatted(bad));
    }
  }
}
