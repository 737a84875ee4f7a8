package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.store.Alarm;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A task whose row somebody keeps locked: workers try it again and again, and it never moves. */
class StuckTest {
  private static final TaskName COPY = TaskName.of("copy");

  enum Here {
    UP
  }

  enum Doing {
    FIRST,
    SECOND
  }

  private final Faults faults = Faults.none();

  private static ResourceType<Here> type() {
    return ResourceType.of("disk", state(Here.UP).decide(t -> t.stay().ensure(COPY)).rests())
        .tasks(
            TaskType.of(
                COPY,
                state(Doing.FIRST).decide(t -> t.pause(ofSeconds(5))).to(Doing.SECOND),
                state(Doing.SECOND).decide(t -> t.finish()).finishes()));
  }

  private Simulation locked() {
    Simulation disk = Simulation.with(faults, type());
    disk.advance(ofSeconds(8));
    assertThat(disk.task(COPY)).isEqualTo(TaskStatus.RUNNING);
    faults.lock(copy(disk));
    return disk;
  }

  private static UUID copy(Simulation disk) {
    return disk.store().task(disk.row().uuid(), "copy").orElseThrow().key().uuid();
  }

  @Test
  void isToldAsStuckUntilItMoves() {
    Simulation disk = locked();
    disk.advance(ofMinutes(1));
    assertThat(disk.alarms()).as("one look alone may be wrong").isEmpty();
    disk.advance(ofMinutes(4));
    Alarm stuck = disk.alarm(AlarmType.STUCK);
    assertThat(stuck.subject()).isEqualTo(copy(disk));
    assertThat(stuck.message()).contains("is due since");
    assertThat(disk.told()).containsExactly("open stuck error");
    assertThat(disk.liveness()).as("an alarm says why").isEmpty();
    disk.advance(ofMinutes(10));
    assertThat(disk.told()).containsExactly("open stuck error");

    faults.unlock(copy(disk));
    disk.advance(ofMinutes(1));
    assertThat(disk.alarms()).isEmpty();
    assertThat(disk.told()).containsExactly("open stuck error", "resolve stuck error");
  }

  @Test
  void isNotStuckWhileItIsHeld() {
    Simulation disk = locked();
    disk.hold("it is looked into", null);
    disk.advance(ofHours(1));
    assertThat(disk.alarmRows()).isEmpty();
  }

  @Test
  void whatRunsAsItShouldIsNeverStuck() {
    Simulation disk = Simulation.of(type());
    disk.advance(ofHours(6));
    assertThat(disk.alarmRows()).isEmpty();
  }
}
