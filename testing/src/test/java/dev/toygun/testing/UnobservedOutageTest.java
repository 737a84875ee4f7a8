package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.Availability.ONLINE;
import static dev.toygun.Availability.UNCERTAIN;
import static dev.toygun.Availability.UNKNOWN;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import org.junit.jupiter.api.Test;

/** What becomes of an outage that is known once nobody observes it any more. */
class UnobservedOutageTest {
  private static final TaskName MONITOR = TaskName.of("monitor");
  private static final TaskName RESTART = TaskName.of("restart");

  enum Here {
    UP
  }

  enum Work {
    LOOK
  }

  private boolean up = true;
  private boolean isBlind;
  private boolean isTaken;

  /** Done once its server is gone. */
  private Next<Work> watch(Tick<Work> t) {
    return (up ? t.stay() : t.finish()).observe(up);
  }

  private Next<Work> look(Tick<Work> t) {
    return isBlind ? t.panic("Blind", "no route") : t.stay().observe(up);
  }

  private Next<Work> restart(Tick<Work> t) {
    if (isTaken) {
      return t.panic("PortTaken", "8080");
    }
    up = true;
    return t.finish().observe(true);
  }

  private final TaskType<Work> looking =
      TaskType.of(
          MONITOR,
          state(Work.LOOK).decide(this::look).every(ofSeconds(5)).within(ofMinutes(30)).finishes());

  private ResourceType<Here> host(int offlineAfter, TaskType<Work> monitor) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests())
        .tasks(monitor, TaskType.of(RESTART, state(Work.LOOK).decide(this::restart).finishes()))
        .availability(a -> a.uncertainAfter(1).offlineAfter(offlineAfter))
        .alarms(
            alarm("down", host -> host.availability() == OFFLINE).repair(RESTART, 3, ofHours(1)));
  }

  private static Simulation watched(ResourceType<Here> type) {
    Simulation host = Simulation.of(type);
    host.advance(ofSeconds(1));
    host.start(MONITOR);
    host.advance(ofSeconds(10));
    assertThat(host.availability()).isEqualTo(ONLINE);
    return host;
  }

  @Test
  void aRepairThatPanicsLeavesItOfflineAndItsAlarmOpen() {
    TaskType<Work> watch =
        TaskType.of(MONITOR, state(Work.LOOK).decide(this::watch).every(ofSeconds(5)).finishes());
    Simulation host = watched(host(1, watch));
    up = false;
    host.advance(ofMinutes(2));
    assertThat(host.observations()).as("repaired").containsExactly(ONLINE, OFFLINE, ONLINE);

    host.start(MONITOR);
    host.advance(ofSeconds(10));
    isTaken = true;
    up = false;
    host.advance(ofHours(3));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.FINISHED);
    assertThat(host.task(RESTART)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.observations()).containsExactly(ONLINE, OFFLINE, ONLINE, OFFLINE);
    assertThat(host.alarm("down").active()).isTrue();

    isTaken = false;
    host.retry(RESTART);
    host.advance(ofSeconds(10));
    assertThat(host.availability()).isEqualTo(ONLINE);
  }

  private Simulation down() {
    up = true;
    isTaken = true;
    Simulation host = watched(host(2, looking));
    up = false;
    host.advance(ofSeconds(30));
    assertThat(host.observations()).containsExactly(ONLINE, UNCERTAIN, OFFLINE);
    return host;
  }

  @Test
  void soDoesItsMonitorWhateverItsEnd() {
    Simulation stopped = down();
    stopped.stop(MONITOR);
    stopped.advance(ofHours(1));
    assertThat(stopped.task(MONITOR)).isEqualTo(TaskStatus.STOPPED);
    assertThat(stopped.availability()).isEqualTo(OFFLINE);

    Simulation aborted = down();
    aborted.abort(MONITOR);
    aborted.advance(ofHours(1));
    assertThat(aborted.task(MONITOR)).isEqualTo(TaskStatus.ABORTED);
    assertThat(aborted.availability()).isEqualTo(OFFLINE);

    Simulation late = down();
    late.advance(ofHours(1));
    assertThat(late.task(MONITOR)).isEqualTo(TaskStatus.TIMED_OUT);
    assertThat(late.availability()).isEqualTo(OFFLINE);

    Simulation panicked = down();
    isBlind = true;
    panicked.advance(ofMinutes(10));
    assertThat(panicked.task(MONITOR)).isEqualTo(TaskStatus.PANICKED);
    assertThat(panicked.availability()).isEqualTo(OFFLINE);
    isBlind = false;
    up = true;
    panicked.retry(MONITOR);
    panicked.advance(ofSeconds(10));
    assertThat(panicked.availability()).isEqualTo(ONLINE);
  }

  @Test
  void itStandsForAsLongAsItsTypeSaysFromThatEndOn() {
    ResourceType<Here> type = host(2, looking).availability(a -> a.unknownAfter(ofMinutes(5)));
    Simulation host = watched(type);
    isTaken = true;
    up = false;
    host.advance(ofMinutes(10));
    assertThat(host.availability()).isEqualTo(OFFLINE);
    isBlind = true;
    host.advance(ofMinutes(4));
    assertThat(host.task(MONITOR)).isEqualTo(TaskStatus.PANICKED);
    assertThat(host.availability()).isEqualTo(OFFLINE);
    host.advance(ofMinutes(2));
    assertThat(host.availability()).isEqualTo(UNKNOWN);
  }

  @Test
  void whatIsOnlyUncertainIsUnknown() {
    Simulation host = watched(host(100, looking));
    up = false;
    host.advance(ofMinutes(1));
    isBlind = true;
    host.advance(ofSeconds(10));
    assertThat(host.observations()).containsExactly(ONLINE, UNCERTAIN, UNKNOWN);
  }
}
