package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.AlarmType;
import dev.toygun.Efficacy;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.RepairOperations;
import dev.toygun.store.Repairs.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repairs are measured, and those that stop working are demoted. */
class RepairsTest {
  private static final TaskName RESTART = TaskName.of("restart");
  private static final Field<Boolean> DOWN = Field.bool("down").initially(false);
  private static final String DEMOTED = "demoted:server:restart";
  private static final By ANN = new By(Cause.OPERATOR, "key:ann", "its disk is new", null);

  enum Only {
    THERE
  }

  enum Step {
    RESTART
  }

  private boolean helps = true;

  private ResourceType<Only> server() {
    return server(task -> task.demoteBelow(Efficacy.percent(50).of(4)));
  }

  private ResourceType<Only> server(UnaryOperator<TaskType<Step>> also) {
    return server(also, alarm -> alarm.repair(RESTART, 1_000, ofDays(1)));
  }

  private ResourceType<Only> server(
      UnaryOperator<TaskType<Step>> also, UnaryOperator<AlarmType> rule) {
    return ResourceType.of("server", state(Only.THERE).decide(t -> t.stay()).rests())
        .fields(DOWN)
        .tasks(
            also.apply(
                TaskType.of(
                    RESTART,
                    state(Step.RESTART)
                        .decide(t -> helps ? t.finish().with(DOWN, false) : t.finish())
                        .finishes())))
        .alarms(rule.apply(alarm("down", s -> s.get(DOWN))));
  }

  private static RepairOperations operations(Simulation all) {
    return new RepairOperations(all.store().repairs(), all.time()::uuid);
  }

  private static Figures figures(Simulation all) {
    return all.world.await(operations(all).report(line -> true)).figures().get(0);
  }

  /** A server that is down, where a restart does not help. */
  private Simulation inVain(Simulation all) {
    helps = false;
    all.advance(ofSeconds(30)); // By then a clock knows which repairs there are.
    all.set(DOWN, true);
    return all;
  }

  @Test
  void whatClearsItsAlarmIsCountedWithTheTimeThatItTook() {
    Simulation one = Simulation.of(server());
    one.advance(ofSeconds(30));
    one.set(DOWN, true);
    one.advance(ofHours(25));
    one.set(DOWN, true);
    one.advance(ofHours(2));
    assertThat(figures(one).relapsed()).as("more than a day lies between").isZero();
    one.set(DOWN, true);
    one.advance(ofMinutes(20));
    Figures figures = figures(one);
    assertThat(figures.automatic()).isEqualTo(3);
    assertThat(figures.cleared()).isEqualTo(3);
    assertThat(figures.relapsed()).isOne();
    assertThat(figures.median()).isLessThan(ofSeconds(5));
    assertThat(one.store().repairs().alarms().all()).isEmpty();
  }

  @Test
  void whatStopsWorkingAsksFromThenOnAndOneAlarmSaysSo() {
    Simulation one = inVain(Simulation.of(server()));
    one.advance(ofMinutes(10));
    assertThat(one.store().repairs().alarms().all())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.name()).isEqualTo(DEMOTED);
              assertThat(alarm.message())
                  .isEqualTo(
                      "repair restart of server asks for approval from now on: of its last 4 automatic runs 0 worked, less than 50 %; see `toygun repairs`");
            });
    long runs = one.runs(RESTART);
    one.advance(ofHours(3));
    assertThat(one.runs(RESTART)).as("it waits").isEqualTo(runs);
    assertThat(one.alarms()).contains("server/restart: approval");
    assertThat(one.liveness()).isEmpty();

    helps = true;
    one.approve(RESTART);
    one.advance(ofSeconds(5));
    assertThat(one.task(RESTART)).isEqualTo(FINISHED);
    assertThat(one.get(DOWN)).isFalse();
    assertThat(one.store().repairs().alarms().active()).containsExactly(DEMOTED);
  }

  @Test
  void whatAPersonStartsAsksTooWhileItIsDemoted() {
    Simulation one = inVain(Simulation.of(server()));
    one.advance(ofMinutes(10));
    one.stop(RESTART);
    one.set(DOWN, false);
    one.advance(ofMinutes(1));
    one.start(RESTART);
    one.advance(ofMinutes(1));
    assertThat(one.alarms()).contains("server/restart: approval");
    one.approve(RESTART);
    one.advance(ofSeconds(5));
    assertThat(one.task(RESTART)).isEqualTo(FINISHED);
  }

  @Test
  void onceAPersonPromotesItItRunsByItselfAndIsCountedAnew() {
    Simulation one = inVain(Simulation.of(server()));
    one.advance(ofMinutes(10));
    one.world.await(operations(one).promote("server", "restart", ANN));
    assertThat(one.store().repairs().alarms().active()).isEmpty();
    helps = true;
    one.approve(RESTART); // What asked before still has to be answered.
    one.advance(ofMinutes(5));
    long runs = one.runs(RESTART);
    helps = false;
    one.set(DOWN, true);
    one.advance(ofSeconds(70));
    assertThat(one.runs(RESTART)).isGreaterThan(runs);
    assertThat(one.alarms()).doesNotContain("server/restart: approval");
    one.advance(ofMinutes(10));
    assertThat(one.store().repairs().alarms().all()).hasSize(2);
    assertThat(one.alarms()).contains("server/restart: approval");
  }

  @Test
  void newWorkersKnowIt() {
    Simulation one = inVain(Simulation.of(server()));
    one.advance(ofMinutes(10));
    one.stop(RESTART);
    one.advance(ofSeconds(5));
    one.deploy(server());
    one.start(RESTART);
    one.advance(ofMinutes(1));
    assertThat(one.alarms()).contains("server/restart: approval");
  }

  @Test
  void whatIsNoLongerMeasuredAsksNoMore() {
    Simulation one = inVain(Simulation.of(server()));
    one.advance(ofMinutes(10));
    one.stop(RESTART);
    one.deploy(server(task -> task));
    one.advance(ofSeconds(30));
    assertThat(one.store().repairs().alarms().active()).isEmpty();
    one.start(RESTART);
    one.advance(ofSeconds(10));
    assertThat(one.task(RESTART)).isEqualTo(FINISHED);
  }

  @Test
  void whatATriggerStartedIsMeasuredByTheAlarmThatSuggestsIt() {
    ResourceType<Only> type =
        server(
            task -> task.startWhen(s -> s.get(DOWN)).demoteBelow(Efficacy.percent(100).of(2)),
            alarm -> alarm.suggest(RESTART));
    Simulation one = inVain(Simulation.of(type));
    for (int i = 0; i < 2; i++) {
      one.advance(ofMinutes(20));
      one.set(DOWN, false);
      one.advance(ofMinutes(20));
      one.set(DOWN, true);
    }
    assertThat(one.store().repairs().alarms().active()).containsExactly(DEMOTED);
    assertThat(figures(one).automatic()).isGreaterThanOrEqualTo(2);
  }

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  /* Two clocks, and workers that die: each run counts once, and it is demoted once. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesItIsDemotedOnceAndThenNothingBeginsUnasked(long seed) {
    ResourceType<Only> type = server();
    Simulation all = Simulation.crashing(type, seed);
    all.world.startClock();
    helps = false;
    all.advance(ofSeconds(30));
    List<Simulated> servers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      servers.add(all.create(type, "server-" + i, Values.NONE.with(DOWN, true)));
    }
    all.advance(ofMinutes(3));
    all.loseQueue().advance(ofMinutes(3));
    all.world.stopClocks();
    all.advance(ofSeconds(20));
    all.world.startClock();
    all.world.startClock();
    all.calm().advance(ofMinutes(10));
    assertThat(all.store().repairs().alarms().all()).as(all.toString()).hasSize(1);
    long runs = servers.stream().mapToLong(server -> server.runs(RESTART)).sum();
    Figures figures = figures(all);
    assertThat(figures.cleared()).isZero();
    assertThat(figures.automatic()).as(all.toString()).isLessThanOrEqualTo(runs);
    all.advance(ofHours(1));
    assertThat(servers.stream().mapToLong(server -> server.runs(RESTART)).sum()).isEqualTo(runs);
    assertThat(servers)
        .as(all.toString())
        .allSatisfy(it -> assertThat(it.alarms()).contains("server/restart: approval"));
    assertThat(all.liveness()).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredIsToldAsTheTypeIsMade() {
    assertThatThrownBy(() -> server(task -> task.demoteBelow(Efficacy.percent(0))))
        .hasMessageContaining("task restart: demoteBelow(percent(0).of(10))");
    UnaryOperator<TaskType<Step>> measured = task -> task.demoteBelow(Efficacy.percent(50));
    ResourceType<Only> unnamed = server(measured, alarm -> alarm);
    assertThatThrownBy(() -> TypeSet.of(List.of(unnamed)))
        .hasMessageContaining("have one say .repair(restart) or .suggest(restart)");
    ResourceType<Only> wrong = server(task -> task, a -> a.suggest(TaskName.of("reboot")));
    assertThatThrownBy(() -> TypeSet.of(List.of(wrong)))
        .hasMessageContaining("suggests reboot, which is no task");
  }
}
