package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.InvalidTypes;
import dev.toygun.Missed;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Cause;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tasks that start again and again, by a period or by the calendar. */
class SchedulesTest {
  private static final TaskName BACKUP = TaskName.of("backup");

  enum Here {
    UP
  }

  enum Work {
    DO
  }

  private static TaskType<Work> quick() {
    return TaskType.of(BACKUP, state(Work.DO).decide(t -> t.finish()).finishes());
  }

  /** Takes so long. */
  private static TaskType<Work> lasting(Duration long_) {
    return TaskType.of(
            BACKUP,
            state(Work.DO)
                .decide(
                    t ->
                        t.attempt() > 0 && t.now().isBefore(started(t).plus(long_))
                            ? t.pause(ofSeconds(30)).with(BEGAN, started(t))
                            : t.finish())
                .finishes())
        .fields(BEGAN);
  }

  private static final Field<Instant> BEGAN = Field.instant("began");

  private static Instant started(dev.toygun.Tick<Work> t) {
    return t.find(BEGAN).orElse(t.now());
  }

  private static ResourceType<Here> host(TaskType<?>... tasks) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests()).tasks(tasks);
  }

  private static List<Instant> starts(Simulation host) {
    host.begin();
    return host.store().tasks(host.uuid()).stream().map(run -> run.machine().createdAt()).toList();
  }

  private static ScheduleRow row(Simulation host) {
    List<ScheduleRow> rows = host.store().schedules(host.uuid());
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void aTaskStartsAgainAndAgain() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10))));
    host.advance(ofMinutes(9));
    assertThat(host.runs(BACKUP)).isZero();
    host.advance(ofMinutes(52));
    Instant made = host.resources().get(0).row().machine().createdAt();
    List<Instant> starts = starts(host);
    assertThat(starts).hasSize(6);
    for (int i = 0; i < 6; i++) {
      Instant at = made.plus(ofMinutes(10).multipliedBy(i + 1));
      assertThat(starts.get(i)).isBetween(at, at.plusSeconds(1));
    }
    assertThat(host.task(BACKUP)).isEqualTo(TaskStatus.FINISHED);
    assertThat(host.liveness()).isEmpty();
    assertThat(host.store().tasks(host.uuid())).allMatch(run -> run.cause() == Cause.SCHEDULE);
    assertThat(host.store().tasks(host.uuid()).get(1).startedBy())
        .isEqualTo("schedule " + made.plus(ofMinutes(20)));
    assertThat(row(host).lastAt()).isEqualTo(made.plus(ofMinutes(60)));
  }

  @Test
  void aNightlyTaskIsAtItsHourAfterTheClocksWereChangedToo() {
    Simulation host =
        Simulation.startingAt(
            Instant.parse("2026-03-28T01:30:00Z"),
            host(quick().cron("0 3 * * *", "Europe/Berlin")));
    host.advance(ofHours(24));
    assertThat(starts(host))
        .extracting(at -> at.toString().substring(0, 16))
        .containsExactly("2026-03-28T02:00", "2026-03-29T01:00");
  }

  @Test
  void whileNoClockRanOneRunMakesUpForAllThatWereMissed() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10))));
    host.advance(ofMinutes(1));
    host.world.stopClocks();
    host.advance(ofMinutes(45));
    assertThat(host.runs(BACKUP)).isZero();
    host.world.startClock();
    host.advance(ofMinutes(3));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
    assertThat(row(host).note()).startsWith("started once for all times since");
    host.advance(ofMinutes(2));
    assertThat(host.runs(BACKUP)).as("the next one is where it would have been").isEqualTo(2);
    assertThat(row(host).note()).isEmpty();
  }

  @Test
  void whatWasMissedCanBeLeftOut() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10)).missed(Missed.SKIP)));
    host.advance(ofMinutes(1));
    host.world.stopClocks();
    host.advance(ofMinutes(45));
    host.world.startClock();
    host.advance(ofMinutes(3));
    assertThat(host.runs(BACKUP)).isZero();
    assertThat(row(host).note()).startsWith("left out at");
    host.advance(ofMinutes(2));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
  }

  @Test
  void whatIsLateByLessThanAMinuteIsNotLeftOut() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10)).missed(Missed.SKIP)));
    host.advance(ofMinutes(9));
    host.world.stopClocks();
    host.advance(ofSeconds(100));
    host.world.startClock();
    host.advance(ofSeconds(10));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
  }

  @Test
  void eachThatWasMissedCanHaveItsRunOneAfterTheOther() {
    Simulation host =
        Simulation.of(host(lasting(ofMinutes(2)).every(ofMinutes(10)).missed(Missed.ALL)));
    host.advance(ofMinutes(1));
    host.world.stopClocks();
    host.advance(ofMinutes(45));
    host.world.startClock();
    host.advance(ofMinutes(30));
    List<TaskRow> runs = host.store().tasks(host.uuid());
    Instant made = host.resources().get(0).row().machine().createdAt();
    for (int i = 0; i < runs.size(); i++) {
      assertThat(runs.get(i).startedBy())
          .isEqualTo("schedule " + made.plus(ofMinutes(10).multipliedBy(i + 1)));
      if (i > 0) {
        assertThat(runs.get(i).machine().createdAt())
            .isAfterOrEqualTo(Objects.requireNonNull(runs.get(i - 1).machine().endedAt()));
      }
    }
    assertThat(runs).hasSize(7);
  }

  @Test
  void whileARunIsActiveItsNextTimeIsLeftOut() {
    Simulation host = Simulation.of(host(lasting(ofMinutes(15)).every(ofMinutes(10))));
    host.advance(ofMinutes(21));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
    assertThat(row(host).note()).contains("run 1 was active");
    host.advance(ofMinutes(10));
    assertThat(host.runs(BACKUP)).isEqualTo(2);
  }

  @Test
  void jitterPartsTheStartsOfAFleet() {
    ResourceType<Here> type = host(quick().cron("0 * * * *", "UTC").jitter(ofMinutes(30)));
    Simulation host = Simulation.of(type);
    host.advance(ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      host.create(type, "more" + i, Values.NONE);
    }
    host.advance(ofHours(1).plusMinutes(31));
    Set<Long> minutes = new HashSet<>();
    for (Simulated one : host.resources()) {
      List<TaskRow> runs = host.store().tasks(one.uuid());
      assertThat(runs).hasSizeBetween(1, 2);
      long late =
          Duration.between(
                  VirtualTime.START.plus(ofHours(1)),
                  runs.get(runs.size() - 1).machine().createdAt())
              .toMinutes();
      assertThat(late).isBetween(0L, 30L);
      minutes.add(late);
    }
    assertThat(minutes).hasSizeGreaterThan(8);
  }

  @Test
  void manyClocksStartEachOnce() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(1))));
    host.world.startClock();
    host.world.startClock();
    host.advance(ofMinutes(30).plusSeconds(30));
    assertThat(host.runs(BACKUP)).isEqualTo(30);
  }

  @Test
  void whatIsOnHoldIsStartedOnceItIsReleased() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10))));
    host.advance(ofMinutes(1));
    UUID hold = host.hold("maintenance", null);
    host.advance(ofMinutes(34));
    assertThat(host.runs(BACKUP)).isZero();
    assertThat(row(host).note()).contains("on hold").contains("maintenance");
    host.release(hold);
    host.advance(ofMinutes(2));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
  }

  @Test
  void whatHasEndedStartsNothing() {
    Simulation host = Simulation.of(host(quick().every(ofMinutes(10))));
    host.advance(ofMinutes(1));
    host.delete();
    host.advance(ofHours(1));
    assertThat(host.active()).isFalse();
    assertThat(host.runs(BACKUP)).isZero();
    assertThat(host.store().schedules(host.uuid())).isEmpty();
  }

  @Test
  void whatAPersonStoppedStartsAtItsNextTime() {
    Simulation host = Simulation.of(host(lasting(ofMinutes(5)).every(ofMinutes(10))));
    host.advance(ofMinutes(11));
    host.stop(BACKUP);
    host.advance(ofMinutes(5));
    assertThat(host.task(BACKUP)).isEqualTo(TaskStatus.STOPPED);
    host.advance(ofMinutes(5));
    assertThat(host.runs(BACKUP)).isEqualTo(2);
  }

  @Test
  void newCodeBringsAnotherScheduleAndTakesItAway() {
    Simulation host = Simulation.of(host(quick()));
    host.advance(ofMinutes(30));
    assertThat(host.runs(BACKUP)).isZero();
    host.deploy(host(quick().every(ofMinutes(10))));
    host.advance(ofMinutes(31));
    assertThat(host.runs(BACKUP)).isEqualTo(3);
    host.deploy(host(quick().every(ofHours(2))));
    host.advance(ofHours(1));
    assertThat(host.runs(BACKUP)).isEqualTo(4);
    host.deploy(host(quick()));
    host.advance(ofHours(5));
    assertThat(host.runs(BACKUP)).isEqualTo(4);
    assertThat(host.store().schedules(host.uuid())).isEmpty();
  }

  @Test
  void whateverDiesEachTimeHasItsRun() {
    for (long seed = 1; seed <= 5; seed++) {
      Simulation host = Simulation.crashing(host(quick().every(ofMinutes(5))), seed);
      host.advance(ofMinutes(61));
      assertThat(host.runs(BACKUP)).as("%s", host).isBetween(11L, 12L);
      assertThat(host.liveness()).isEmpty();
    }
  }

  @Test
  void whatIsWrongWithASchedulesIsToldAtStartUp() {
    Field<String> must = Field.text("must").required();
    assertThatThrownBy(
            () ->
                Simulation.of(
                    host(
                            named("a").every(ofSeconds(30)),
                            named("b").every(ofDays(367)),
                            named("c").every(Duration.ofMillis(90_500)),
                            named("d").every(ofMinutes(5)).jitter(ofMinutes(5)),
                            named("e").every(ofMinutes(5)).cron("0 3 * * *", "UTC"),
                            named("f").cron("0 3 * * *", "Mars"),
                            named("g").missed(Missed.ALL),
                            named("h").fields(must).every(ofMinutes(5)))
                        .onStart(named("i").every(ofMinutes(5)))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("task a: it starts every PT30S: 1 min to 366 days")
        .hasMessageContaining("task b: it starts every")
        .hasMessageContaining("task c: it starts every")
        .hasMessageContaining("task d: it has jitter PT5M, and starts every PT5M")
        .hasMessageContaining("task e: it has both every and cron")
        .hasMessageContaining("task f: there is no time zone 'Mars'")
        .hasMessageContaining("task g: missed and jitter are of a schedule")
        .hasMessageContaining("task h: it starts by itself, so nobody gives it")
        .hasMessageContaining("task __start__: Toygun itself starts and stops it");
    assertThatThrownBy(
            () ->
                Simulation.of(
                    host(
                        named("a").cron("61 3 * * *", "UTC"),
                        named("b").cron("0 3 * *", "UTC"),
                        named("c").cron("0 0 30 2 *", "UTC"),
                        named("d").cron("*/5 * * * *", "UTC").jitter(ofMinutes(5)))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("host: task a: cron '61 3 * * *' cannot be read")
        .hasMessageContaining("host: task b: cron '0 3 * *' cannot be read")
        .hasMessageContaining("host: task c: cron '0 0 30 2 *' names no time that ever comes")
        .hasMessageContaining("host: task d: it has jitter PT5M");
  }

  @Test
  void whereUnixMeansTheDaysOfBothFieldsAnExpressionIsRefused() {
    assertThatThrownBy(
            () ->
                Simulation.of(
                    host(
                        named("a").cron("0 3 */2 * 1", "UTC"),
                        named("b").cron("0 0 1-7 * */7", "UTC"),
                        named("c").cron("0 3 1-31/2 * 1", "UTC"),
                        named("d").cron("0 3 */2 * *", "UTC"))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("host: task a: cron '0 3 */2 * 1' limits both days")
        .hasMessageContaining("host: task b: cron '0 0 1-7 * */7' limits both days")
        .hasMessageNotContaining("task c:")
        .hasMessageNotContaining("task d:");
  }

  private static TaskType<Work> named(String name) {
    return quick().as(TaskName.of(name));
  }
}
