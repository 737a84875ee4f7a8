package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Alarms that code raises once and clears once: the resource rests, and nobody judges them. */
class AlarmsRaisedTest extends AlarmsRig {
  private static final TaskName FILL = TaskName.of("fill");
  private static final TaskName EMPTY = TaskName.of("empty");

  private ResourceType<Here> host(String name, AlarmType disk) {
    TaskType<Doing> fill =
        TaskType.of(
            FILL, state(Doing.LOOK).decide(t -> t.finish().raise("disk", "it is full")).finishes());
    TaskType<Doing> empty =
        TaskType.of(EMPTY, state(Doing.LOOK).decide(t -> t.finish().clear("disk")).finishes());
    return ResourceType.of(name, state(Here.UP).decide(t -> t.stay()).rests())
        .tasks(fill, empty, fix())
        .alarms(disk);
  }

  private Simulation host(AlarmType disk) {
    return Simulation.of(host("host", disk)).advance(ofMinutes(1));
  }

  /** A rack with one host on it. */
  private Simulation rack(AlarmType disk) {
    ResourceType<Here> rack =
        ResourceType.of(
                "rack",
                state(Here.UP).decide(t -> t.stay().create("host", "host", Values.NONE)).rests())
            .with(host("rack", disk).tasks())
            .alarms(disk)
            .children("host");
    return Simulation.of(rack, host("host", disk)).advance(ofMinutes(1));
  }

  private static void run(Simulation simulation, Simulated host, TaskName task) {
    host.start(task);
    simulation.advance(ofSeconds(2));
  }

  /** Nobody wakes it for its alarms any more. */
  private static void assertRests(Simulation simulation, Simulated host) {
    long wakes = host.row().machine().wakes();
    simulation.advance(ofHours(1));
    assertThat(host.row().machine().wakes()).isEqualTo(wakes);
    assertThat(simulation.liveness()).isEmpty();
  }

  @Test
  void whatIsSnoozedOrAcknowledgedUntilATimeIsToldAgainThen() {
    Simulation host = host(alarm("disk"));
    run(host, host, FILL);
    host.say("disk", new AlarmCommand.Snooze(host.now().plusSeconds(600)));
    host.advance(ofMinutes(9));
    assertThat(host.told()).containsExactly("open disk error");
    host.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open disk error", "open disk error");
    host.say("disk", new AlarmCommand.Acknowledge(host.now().plusSeconds(600)));
    host.advance(ofMinutes(11));
    assertThat(host.told()).hasSize(3);
    assertRests(host, host);
    run(host, host, EMPTY);
    assertThat(host.told()).hasSize(4).endsWith("resolve disk error");
  }

  @Test
  void whatIsRaisedOnceOpensOnceThatIsLongEnoughAgo() {
    Simulation host = host(alarm("disk").forAtLeast(ofMinutes(5)));
    run(host, host, FILL);
    host.advance(ofMinutes(4));
    assertThat(host.alarm("disk").state()).isEqualTo(Alarm.State.PENDING);
    host.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open disk error");
    assertRests(host, host);
  }

  @Test
  void whatIsFoldedIsToldOnceTheOneAboveIsOver() {
    Simulation rack = rack(alarm("disk"));
    Simulated host = rack.child("host", "host");
    run(rack, rack, FILL);
    run(rack, host, FILL);
    rack.advance(ofMinutes(1));
    assertThat(host.alarm("disk").state()).isEqualTo(Alarm.State.FOLDED);
    run(rack, rack, EMPTY);
    rack.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open disk error");
    assertRests(rack, host);
  }

  @Test
  void whatIsHeldIsToldOnceTheHoldIsOver() {
    Simulation host = host(alarm("disk"));
    run(host, host, FILL);
    host.say("disk", new AlarmCommand.Snooze(host.now().plusSeconds(60)));
    UUID hold = host.hold("new disks", null);
    host.advance(ofMinutes(5));
    assertThat(host.alarm("disk").state()).isEqualTo(Alarm.State.HELD);
    host.release(hold);
    host.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open disk error", "open disk error");
    assertRests(host, host);
  }

  @Test
  void whatIsHeldUntilATimeIsToldThen() {
    Simulation host = host(alarm("disk"));
    run(host, host, FILL);
    host.say("disk", new AlarmCommand.Snooze(host.now().plusSeconds(60)));
    host.hold("new disks", host.now().plusSeconds(300));
    host.advance(ofMinutes(6));
    assertThat(host.told()).containsExactly("open disk error", "open disk error");
    assertThat(host.store().alarms().moves(host.alarm("disk").key().uuid()))
        .extracting(moved -> moved.transition().to())
        .containsExactly("open", "snoozed", "held", "open");
  }

  @Test
  void whatIsClearedAgainAndAgainClosesOnceItHasStayedClear() {
    Simulation host = host(alarm("disk"));
    for (int i = 0; i < 2; i++) {
      run(host, host, FILL);
      run(host, host, EMPTY);
    }
    run(host, host, FILL);
    run(host, host, EMPTY);
    assertThat(host.alarm("disk").state()).as("it has flapped").isEqualTo(Alarm.State.OPEN);
    run(host, host, FILL);
    host.advance(ofMinutes(1));
    assertThat(host.alarm("disk").state()).as("it is true").isEqualTo(Alarm.State.OPEN);
    run(host, host, EMPTY);
    host.advance(ofSeconds(31));
    assertThat(host.alarms()).isEmpty();
    assertThat(host.told()).hasSize(6).endsWith("open disk error", "resolve disk error");
    assertRests(host, host);
  }

  @Test
  void aRepairOfWhatTheClockOpensIsBegun() {
    Simulation host = host(alarm("disk").forAtLeast(ofMinutes(5)).repair(FIX, 1, ofHours(1)));
    run(host, host, FILL);
    host.advance(ofMinutes(6));
    assertThat(host.runs(FIX)).isOne();
  }

  /** One that has a parent waits a moment for it, and nothing else looks at what rests. */
  @Test
  void aRepairOfWhatHasAParentIsBegunOnceItsAlarmIsOpen() {
    Simulation rack = rack(alarm("disk").repair(FIX, 1, ofHours(1)));
    Simulated host = rack.child("host", "host");
    run(rack, host, FILL);
    rack.advance(ofMinutes(1));
    assertThat(host.told()).startsWith("open disk error");
    assertThat(host.runs(FIX)).isOne();
  }
}
