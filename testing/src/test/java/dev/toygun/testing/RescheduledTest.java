package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Missed;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A schedule that is another one by now neither forgets what is owed nor starts it twice. */
class RescheduledTest {
  private static final TaskName BACKUP = TaskName.of("backup");
  private static final Instant BEFORE_TWO = Instant.parse("2026-03-10T01:55:00Z");

  enum Here {
    UP
  }

  enum Work {
    DO
  }

  private static TaskType<Work> backup() {
    return TaskType.of(BACKUP, state(Work.DO).decide(t -> t.finish()).finishes());
  }

  private static TaskType<Work> hourly() {
    return backup().cron("0 * * * *", "UTC");
  }

  private static ResourceType<Here> host(TaskType<?> task) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests()).tasks(task);
  }

  private static List<Instant> starts(Simulation host) {
    host.begin();
    return host.store().tasks(host.uuid()).stream().map(run -> run.machine().createdAt()).toList();
  }

  @Test
  void whatAHoldKeptIsStartedThoughTheScheduleIsAnotherMeanwhile() {
    Simulation host = Simulation.startingAt(BEFORE_TWO, host(hourly()));
    host.advance(ofMinutes(1));
    UUID hold = host.hold("maintenance", null);
    host.advance(ofMinutes(10));
    host.deploy(host(hourly().jitter(ofMinutes(50))));
    host.advance(ofMinutes(1));
    host.release(hold);
    host.advance(ofMinutes(50));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
    host.advance(ofHours(1));
    assertThat(host.runs(BACKUP)).isEqualTo(2);
  }

  @Test
  void whatIsOnHoldForLongIsLookedAtLessAndLessOften() {
    Simulation host = Simulation.startingAt(BEFORE_TWO, host(hourly()));
    host.advance(ofMinutes(1));
    host.hold("maintenance", null);
    host.advance(ofMinutes(5));
    assertThat(between(host)).isEqualTo(ofSeconds(30));
    host.advance(ofMinutes(30));
    assertThat(between(host)).isEqualTo(ofMinutes(2));
  }

  /** The time between two looks, to the second. */
  private static Duration between(Simulation host) {
    Instant first = host.store().schedules(host.uuid()).get(0).dueAt();
    Instant then = first;
    while (then.equals(first)) {
      host.advance(ofSeconds(1));
      then = host.store().schedules(host.uuid()).get(0).dueAt();
    }
    return Duration.between(first, then).truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void whatWasMissedIsJudgedByTheRuleThatThereIsNow() {
    Simulation host = Simulation.startingAt(BEFORE_TWO, host(hourly()));
    host.advance(ofMinutes(1));
    host.world.stopClocks();
    host.advance(ofMinutes(10));
    host.deploy(host(hourly().missed(Missed.SKIP)));
    host.world.startClock();
    host.advance(ofMinutes(1));
    assertThat(host.runs(BACKUP)).isZero();
    host.advance(ofMinutes(30));
    host.world.stopClocks();
    host.advance(ofMinutes(30));
    host.deploy(host(hourly().missed(Missed.ALL)));
    host.world.startClock();
    host.advance(ofMinutes(1));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
  }

  @Test
  void whatIsOwedIsStartedThoughItsNewScheduleHasNamedNoTimeSince() {
    Simulation host = Simulation.startingAt(BEFORE_TWO, host(hourly()));
    host.advance(ofMinutes(1));
    host.world.stopClocks();
    host.advance(ofMinutes(10));
    host.deploy(host(backup().cron("0 3 1 * *", "UTC")));
    host.world.startClock();
    host.advance(ofMinutes(1));
    assertThat(starts(host)).hasSize(1);
    assertThat(host.store().tasks(host.uuid()).get(0).startedBy())
        .isEqualTo("schedule 2026-03-10T02:00:00Z");
    host.advance(ofHours(1));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
  }

  @Test
  void anotherJitterStartsNothingTwiceInAnHour() {
    Simulation host = Simulation.startingAt(BEFORE_TWO, host(hourly()));
    host.advance(ofMinutes(6));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
    host.deploy(host(hourly().jitter(ofMinutes(59))));
    host.advance(ofMinutes(50));
    assertThat(host.runs(BACKUP)).isEqualTo(1);
    host.advance(ofMinutes(68).plusSeconds(30)); // Just before four, whatever the jitter is.
    assertThat(host.runs(BACKUP)).isEqualTo(2);
  }

  @Test
  void anotherJitterLeavesNoHourOut() {
    ResourceType<Here> type = host(hourly().jitter(ofMinutes(59)));
    Simulation all = Simulation.startingAt(BEFORE_TWO, type);
    List<Simulated> hosts =
        IntStream.range(0, 10).mapToObj(n -> all.create(type, "h" + n, Values.NONE)).toList();
    all.advance(ofMinutes(6));
    List<Simulated> later = hosts.stream().filter(host -> host.runs(BACKUP) == 0).toList();
    assertThat(later).as("whose jitter is more than a minute").isNotEmpty();
    all.deploy(host(hourly().missed(Missed.SKIP)));
    all.advance(ofMinutes(50));
    assertThat(later).allMatch(host -> host.runs(BACKUP) <= 1);
    all.advance(ofMinutes(10));
    assertThat(later).allMatch(host -> host.runs(BACKUP) == 2);
  }
}
