package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.RUNNING;
import static dev.toygun.TaskStatus.STOPPED;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.AlarmType;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Severity;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.Refusal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that a person has to approve. */
class ApprovalTest {
  private static final TaskName FAILOVER = TaskName.of("failover");
  private static final Field<Boolean> LOST = Field.bool("lost").initially(false);
  private static final String ASKS = "database/failover: approval";

  enum Only {
    THERE
  }

  enum Step {
    PROMOTE
  }

  private static ResourceType<Only> database(UnaryOperator<TaskType<Step>> also) {
    return ResourceType.of("database", state(Only.THERE).decide(t -> t.stay()).rests())
        .fields(LOST)
        .tasks(
            also.apply(
                TaskType.of(
                        FAILOVER,
                        state(Step.PROMOTE)
                            .decide(t -> t.finish().with(LOST, false).because("promoted"))
                            .finishes())
                    .approval()))
        .alarms(
            alarm("lost", s -> s.get(LOST))
                .severity(Severity.CRITICAL)
                .repair(FAILOVER, 3, ofHours(1)));
  }

  @Test
  void aRunBeginsOnceAPersonApprovesItAndNotBefore() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.advance(ofMinutes(30));
    assertThat(one.path(FAILOVER)).isEmpty();
    assertThat(one.task(FAILOVER)).isEqualTo(RUNNING);
    assertThat(one.alarms()).containsExactly(ASKS);
    assertThat(one.told()).containsExactly("open approval warning");
    assertThat(one.liveness()).isEmpty();

    one.approve(FAILOVER);
    one.advance(ofSeconds(2));
    assertThat(one.path(FAILOVER)).containsExactly("promote", "__stop__");
    assertThat(one.task(FAILOVER)).isEqualTo(FINISHED);
    assertThat(one.alarms()).isEmpty();
    assertThat(one.told()).containsExactly("open approval warning", "resolve approval warning");
  }

  @Test
  void theRepairOfAnAlarmWaitsForAPersonAndIsNotStartedAgainMeanwhile() {
    Simulation one = Simulation.of(database(task -> task));
    one.set(LOST, true);
    one.advance(ofMinutes(20));
    assertThat(one.alarms()).containsExactlyInAnyOrder("database: lost", ASKS);
    assertThat(one.alarm(AlarmType.APPROVAL).message())
        .isEqualTo("failover, started by database, begins once somebody approves it");
    assertThat(one.runs(FAILOVER)).isOne();
    one.approve(FAILOVER);
    one.advance(ofSeconds(2));
    assertThat(one.get(LOST)).isFalse();
    assertThat(one.alarms()).isEmpty();
  }

  @Test
  void aRepairThatHasNotBegunIsWithdrawnOnceItsAlarmIsOverAndAskedForByTheNext() {
    Simulation one = Simulation.of(database(task -> task));
    one.set(LOST, true);
    one.advance(ofMinutes(1));
    one.set(LOST, false);
    one.advance(ofMinutes(10));
    assertThat(one.task(FAILOVER)).isEqualTo(STOPPED);
    assertThat(one.path(FAILOVER)).doesNotContain("promote");
    assertThat(one.alarms()).isEmpty();
    one.set(LOST, true);
    one.advance(ofMinutes(1));
    assertThat(one.alarms()).containsExactlyInAnyOrder("database: lost", ASKS);
    assertThat(one.runs(FAILOVER)).isEqualTo(2);
    one.stop(FAILOVER);
    one.advance(ofMinutes(10));
    assertThat(one.runs(FAILOVER)).as("who said no has said it of all of this").isEqualTo(2);
    assertThat(one.alarms()).containsExactly("database: lost");
  }

  @Test
  void whatWasWithdrawnIsNoTryAndAnAlarmThatFlapsAsksAgain() {
    Simulation one = Simulation.of(database(task -> task));
    for (int i = 1; i <= 6; i++) {
      one.set(LOST, true);
      one.advance(ofSeconds(10));
      assertThat(one.alarms()).as("%d", i).containsExactlyInAnyOrder("database: lost", ASKS);
      assertThat(one.runs(FAILOVER)).isEqualTo(i);
      one.set(LOST, false);
      one.advance(ofSeconds(10));
      assertThat(one.alarms()).as("%d", i).doesNotContain(ASKS);
    }
  }

  @Test
  void whatAPersonStartedIsNotWithdrawnWithAnAlarm() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.set(LOST, true);
    one.advance(ofMinutes(1));
    one.set(LOST, false);
    one.advance(ofMinutes(10));
    assertThat(one.alarms()).containsExactly(ASKS);
  }

  @Test
  void whoDoesNotApproveStopsItAndNothingOfItRuns() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.advance(ofSeconds(5));
    one.stop(FAILOVER);
    one.advance(ofSeconds(5));
    assertThat(one.task(FAILOVER)).isEqualTo(STOPPED);
    assertThat(one.path(FAILOVER)).doesNotContain("promote");
    assertThat(one.alarms()).isEmpty();
    assertThatThrownBy(() -> one.approve(FAILOVER))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("ended");
  }

  @Test
  void whatDoesNotAskCannotBeApprovedAndIsApprovedOnce() {
    Simulation free = Simulation.of(database(task -> task));
    free.start(FAILOVER);
    free.advance(ofSeconds(5));
    free.hold("not yet", null);
    free.approve(FAILOVER);
    assertThatThrownBy(() -> free.approve(FAILOVER))
        .isInstanceOf(Refusal.class)
        .hasMessage("it does not wait for approval");
  }

  @Test
  void nobodyApprovesForAnHourAndItsAlarmGrowsMoreSevere() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.advance(ofMinutes(61));
    assertThat(one.alarm(AlarmType.APPROVAL).severity()).isEqualTo(Severity.ERROR);
    assertThatThrownBy(() -> one.say(AlarmType.APPROVAL, new AlarmCommand.Close()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("approve or stop that, or ignore the alarm");
  }

  @Test
  void aRunThatIsApprovedWaitsForItsTurnAsAllOthersDo() {
    ResourceType<Only> type = database(task -> task.rate(1, ofMinutes(10)));
    Simulation all = Simulation.of(type);
    List<Simulated> two =
        List.of(all.create(type, "one", Values.NONE), all.create(type, "two", Values.NONE));
    all.advance(ofSeconds(1));
    two.forEach(database -> database.start(FAILOVER));
    all.advance(ofSeconds(1));
    two.forEach(database -> database.approve(FAILOVER));
    all.advance(ofSeconds(5));
    assertThat(two.get(0).task(FAILOVER)).isEqualTo(FINISHED);
    assertThat(two.get(1).task(FAILOVER)).isEqualTo(RUNNING);
    assertThat(two.get(1).alarms()).isEmpty();
    all.advance(ofMinutes(10));
    assertThat(two.get(1).task(FAILOVER)).isEqualTo(FINISHED);
  }

  @Test
  void whatAsksIsNoSymptomOfWhatIsWrongAboveIt() {
    ResourceType<Only> cluster =
        ResourceType.of(
                "cluster",
                state(Only.THERE)
                    .decide(t -> t.stay().create("database", "one", Values.NONE))
                    .rests())
            .fields(LOST)
            .children("database")
            .alarms(alarm("degraded", s -> s.get(LOST)).severity(Severity.CRITICAL));
    Simulation top = Simulation.of(cluster, database(task -> task));
    top.set(LOST, true);
    top.advance(ofSeconds(5));
    assertThat(top.alarms()).containsExactly("cluster: degraded");
    Simulated one = top.child("database", "one");
    one.start(FAILOVER);
    top.advance(ofSeconds(30));
    assertThat(one.told()).containsExactly("open approval warning");
  }

  @Test
  void codeThatDoesNotKnowItsTaskLeavesItAskingAndItCanBeStopped() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.advance(ofSeconds(5));
    one.deploy(
        ResourceType.of("database", state(Only.THERE).decide(t -> t.stay()).rests())
            .fields(LOST)
            .version(2)
            .upgrade(1, fields -> fields));
    one.set(LOST, true);
    one.advance(ofSeconds(5));
    assertThat(one.alarms()).containsExactly(ASKS);
    one.stop(FAILOVER);
    assertThat(one.alarms()).doesNotContain(ASKS);
  }

  @Test
  void aResourceThatIsTakenDownTakesWhatAskedWithIt() {
    Simulation one = Simulation.of(database(task -> task));
    one.start(FAILOVER);
    one.advance(ofSeconds(5));
    one.delete();
    one.advance(ofSeconds(30));
    assertThat(one.active()).isFalse();
    assertThat(one.alarms()).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesItIsAskedOnceAndRunsOnce(long seed) {
    Simulation one = Simulation.crashing(database(task -> task), seed);
    one.start(FAILOVER);
    one.advance(ofMinutes(2));
    assertThat(one.alarms()).as(one.toString()).containsExactly(ASKS);
    one.loseQueue();
    one.approve(FAILOVER);
    one.calm().advance(ofMinutes(5));
    assertThat(one.path(FAILOVER)).as(one.toString()).containsExactly("promote", "__stop__");
    assertThat(one.told().stream().filter("open approval warning"::equals)).hasSize(1);
    assertThat(one.liveness()).isEmpty();
  }
}
