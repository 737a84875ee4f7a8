package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.Availability.ONLINE;
import static dev.toygun.BuiltIn.RESTART_TASK;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
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
import dev.toygun.TypeSet;
import dev.toygun.store.Refusal;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Restarts of a server that takes a minute to come up: by a person, its code and its alarms. */
class RestartTest {
  private static final TaskName MONITOR = TaskName.of("monitor");
  private static final Field<Boolean> SLOW = Field.bool("slow").initially(false);

  private boolean up = true;
  private boolean helps = true;
  private boolean panics;
  private Duration lasts = ofMinutes(1);
  private Instant ready = Instant.EPOCH;

  enum Here {
    UP
  }

  enum Watch {
    LOOK
  }

  enum Down {
    DOWN
  }

  enum Boot {
    DOWN,
    BOOT
  }

  private ResourceType<Here> server(UnaryOperator<ResourceType<Here>> with) {
    return server(with, boot());
  }

  private ResourceType<Here> server(UnaryOperator<ResourceType<Here>> with, TaskType<?> restart) {
    StateDef<Here> here = state(Here.UP).decide(RestartTest::decide).rests();
    return with.apply(
        ResourceType.of("server", here)
            .fields(SLOW)
            .tasks(TaskType.of(MONITOR, state(Watch.LOOK).decide(this::look).every(ofSeconds(5))))
            .onRestart(restart));
  }

  private TaskType<Boot> boot() {
    return endless().within(ofMinutes(10));
  }

  private TaskType<Boot> endless() {
    return TaskType.of(
        TaskName.of("boot"),
        state(Boot.DOWN).decide(this::down).to(Boot.BOOT),
        state(Boot.BOOT).decide(this::wait).every(ofSeconds(5)).finishes());
  }

  private static Next<Here> decide(Tick<Here> t) {
    Next<Here> stays = t.stay().ensure(MONITOR);
    return t.get(SLOW) ? stays.ensure(RESTART_TASK) : stays;
  }

  private Next<Watch> look(Tick<Watch> t) {
    return t.stay().observe(up);
  }

  private Next<Boot> down(Tick<Boot> t) {
    up = false;
    ready = t.now().plus(lasts);
    return t.go(Boot.BOOT);
  }

  private Next<Boot> wait(Tick<Boot> t) {
    if (panics) {
      return t.panic("Dead", "its disk is gone");
    }
    if (t.now().isBefore(ready)) {
      return t.stay();
    }
    up = helps;
    return t.finish();
  }

  private static ResourceType<Here> watched(ResourceType<Here> type) {
    return type.alarms(
        alarm("down", s -> s.availability() == OFFLINE).repair(RESTART_TASK, 10, ofHours(1)));
  }

  @Test
  void thatItDoesNotAnswerWhileItIsRestartedBothersNobody() {
    Simulation server = Simulation.of(server(RestartTest::watched));
    server.advance(ofMinutes(1));
    server.restart(false);
    server.advance(ofSeconds(40));
    assertThat(up).isFalse();
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.RUNNING);
    server.advance(ofMinutes(2));
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.FINISHED);
    assertThat(server.observations()).containsExactly(ONLINE);
    assertThat(server.told()).isEmpty();
    assertThat(server.liveness()).isEmpty();
  }

  /** A run stays in {@code __new__} until its first step is done. */
  @Test
  void norDoesItWhereTheFirstStepTakesItDownAndUpAgain() {
    AtomicReference<Simulation> here = new AtomicReference<>();
    TaskType<Down> boot =
        TaskType.of(
                TaskName.of("boot"),
                state(Down.DOWN)
                    .async(
                        t -> {
                          up = false;
                          Promise<Next<Down>> done = Promise.promise();
                          requireNonNull(here.get())
                              .time()
                              .after(ofMinutes(3), () -> done.complete(back(t)));
                          return done.future();
                        })
                    .finishes()
                    .limit(ofMinutes(5)))
            .shared()
            .within(ofMinutes(10));
    Simulation server = Simulation.of(server(RestartTest::watched, boot));
    here.set(server);
    server.advance(ofMinutes(1));
    server.restart(false);
    server.advance(ofMinutes(5));
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.FINISHED);
    assertThat(server.observations()).containsExactly(ONLINE);
    assertThat(server.told()).isEmpty();
  }

  private Next<Down> back(Tick<Down> t) {
    up = true;
    return t.finish();
  }

  @Test
  void whatDoesNotComeBackCountsFromThenOn() {
    helps = false;
    Simulation server = Simulation.of(server(type -> type));
    server.advance(ofMinutes(1));
    server.restart(false);
    server.advance(ofMinutes(2));
    assertThat(server.availability()).isEqualTo(OFFLINE);
  }

  @Test
  void soDoesWhatComesToNoEnd() {
    Simulation server = Simulation.of(server(type -> type));
    server.advance(ofMinutes(1));
    lasts = ofHours(5);
    server.restart(false);
    server.advance(ofMinutes(12));
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.TIMED_OUT);
    assertThat(server.availability()).isEqualTo(OFFLINE);
  }

  @Test
  void soDoesWhatPanicsOnTheWay() {
    panics = true;
    Simulation server = Simulation.of(server(type -> type));
    server.advance(ofMinutes(1));
    server.restart(false);
    server.advance(ofMinutes(2));
    assertThat(server.alarms()).containsExactly("server/__restart__: panic");
    assertThat(server.availability()).isEqualTo(OFFLINE);
  }

  @Test
  void anAlarmRestartsAndStaysOpenUntilThatHasHelped() {
    Simulation server = Simulation.of(server(RestartTest::watched));
    server.advance(ofMinutes(1));
    up = false;
    server.advance(ofMinutes(3));
    assertThat(server.runs(RESTART_TASK)).isOne();
    assertThat(server.availability()).isEqualTo(ONLINE);
    assertThat(server.told()).containsExactly("open down error", "resolve down error");
  }

  @Test
  void beyondItsBudgetSomebodyIsToldAndItGoesOnOnceItMay() {
    helps = false;
    Simulation server = Simulation.of(server(t -> watched(t).restarts(2, ofHours(1))));
    server.advance(ofMinutes(30));
    assertThat(server.runs(RESTART_TASK)).isZero();
    up = false;
    server.advance(ofMinutes(30));
    assertThat(server.runs(RESTART_TASK)).isEqualTo(2);
    assertThat(server.alarms()).containsExactlyInAnyOrder("server: down", "server: restarts");
    assertThat(server.told()).containsOnlyOnce("open restarts critical");
    helps = true;
    server.advance(ofMinutes(40));
    assertThat(server.runs(RESTART_TASK)).isEqualTo(3);
    assertThat(server.alarms()).isEmpty();
  }

  @Test
  void codeThatRestartsIsHeldToItAsWell() {
    Simulation server = Simulation.of(server(t -> t.restarts(2, ofHours(6)))).with(SLOW, true);
    server.advance(ofHours(1));
    assertThat(server.runs(RESTART_TASK)).isEqualTo(2);
    assertThat(server.alarms()).containsExactly("server: restarts");
    long ticks = server.store().resource(server.uuid()).orElseThrow().machine().version();
    server.advance(ofHours(4));
    assertThat(server.store().resource(server.uuid()).orElseThrow().machine().version())
        .as("nor does it ask all the time")
        .isLessThan(ticks + 10);
    assertThat(server.liveness()).isEmpty();
    server.advance(ofHours(2));
    assertThat(server.runs(RESTART_TASK)).as("%s", server.history()).isEqualTo(4);
  }

  @Test
  void soIsATriggerOfOneThatNothingElseLooksAt() {
    ResourceType<Here> type =
        ResourceType.of("server", state(Here.UP).decide(t -> t.stay()).rests())
            .fields(SLOW)
            .onRestart(boot().startWhen(s -> s.get(SLOW)))
            .restarts(1, ofHours(1));
    Simulation server = Simulation.of(type);
    server.advance(ofMinutes(1));
    for (int i = 0; i < 2; i++) {
      server.set(SLOW, true);
      server.advance(ofMinutes(5));
      server.set(SLOW, false);
      server.advance(ofMinutes(5));
    }
    assertThat(server.runs(RESTART_TASK)).isOne();
    assertThat(server.alarms()).containsExactly("server: restarts");
    server.set(SLOW, true);
    server.advance(ofHours(1));
    assertThat(server.runs(RESTART_TASK)).as("once it may, as it is still wanted").isEqualTo(2);
  }

  @Test
  void aPersonMayByForce() {
    Simulation server = Simulation.of(server(t -> t.restarts(1, ofHours(1))));
    server.advance(ofMinutes(1));
    server.restart(false);
    assertThatThrownBy(() -> server.restart(true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("its restart is under way already");
    server.advance(ofMinutes(5));
    assertThatThrownBy(() -> server.restart(false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("1 within 3600 s")
        .hasMessageContaining("force");
    server.restart(true);
    server.advance(ofMinutes(5));
    assertThat(server.runs(RESTART_TASK)).isEqualTo(2);
    assertThat(server.store().history().said(SubjectKey.ofResource(server.uuid())))
        .extracting(said -> said.what().text())
        .contains("restarted by force, beyond what its type allows");
  }

  /** What never began took nothing down. */
  @Test
  void whatWasWithdrawnBeforeItsTurnIsNotCounted() {
    Simulation server =
        Simulation.of(server(t -> watched(t).restarts(1, ofHours(6)), boot().approval()));
    server.advance(ofMinutes(1));
    for (int i = 0; i < 2; i++) {
      up = false;
      server.advance(ofMinutes(1));
      up = true;
      server.advance(ofMinutes(1));
    }
    assertThat(server.runs(RESTART_TASK)).isEqualTo(2);
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.STOPPED);
    assertThat(server.told()).doesNotContain("open restarts critical");
    server.restart(false);
    assertThat(server.task(RESTART_TASK)).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void anAlarmOfItsOwnMayBeCalledAsThatOfTheBudgetWhereThereIsNone() {
    ResourceType<Here> own = server(t -> t.alarms(alarm("restarts", s -> s.get(SLOW))));
    Simulation server = Simulation.of(own).with(SLOW, true);
    server.advance(ofMinutes(5));
    assertThat(server.runs(RESTART_TASK)).as("%s", server.history()).isPositive();
    assertThat(server.alarms()).containsExactly("server: restarts");
    assertThat(server.told()).as("no restart closes it").containsExactly("open restarts error");
    assertThatThrownBy(() -> TypeSet.of(List.of(own.restarts(1, ofHours(1)))))
        .hasMessageContaining("alarm restarts: there is one of this name already");
  }

  @Test
  void whatIsMisdeclaredIsToldAsTheWorkerStarts() {
    ResourceType<Here> bare =
        ResourceType.of("server", state(Here.UP).decide(t -> t.stay()).rests());
    assertThatThrownBy(() -> TypeSet.of(List.of(bare.restarts(0, Duration.ofDays(2)))))
        .hasMessageContaining("add .onRestart(task)")
        .hasMessageContaining("restarts(0, PT48H): 1 to 100");
    assertThatThrownBy(() -> TypeSet.of(List.of(bare.onRestart(boot().every(Duration.ofDays(1))))))
        .hasMessageContaining("no schedule restarts");
    assertThatThrownBy(
            () -> TypeSet.of(List.of(bare.onRestart(boot().fields(Field.text("why").required())))))
        .hasMessageContaining("its onRestart task is started without values");
    assertThatThrownBy(() -> TypeSet.of(List.of(bare.onRestart(endless()))))
        .hasMessageContaining("an outage is hidden")
        .hasMessageContaining(".within(…)");
  }
}
