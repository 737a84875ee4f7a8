package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.BuiltIn.RESTART_TASK;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host and what is on it fail: who is told of what? */
class AlarmsFoldTest extends AlarmsRig {
  private ResourceType<Here> rack(int children) {
    return ResourceType.of("rack", state(Here.UP).decide(t -> filled(t, children)).rests())
        .tasks(watch("rack"))
        .availability(a -> a.uncertainAfter(1).offlineAfter(2))
        .alarms(isDown())
        .children("host");
  }

  private static Next<Here> filled(Tick<Here> t, int children) {
    Next<Here> next = t.stay().ensure(WATCH);
    for (int i = 0; i < children; i++) {
      next = next.create("host", "host" + i, Values.NONE);
    }
    return next;
  }

  @Test
  void manyChildrenOfOneThatFailsAreOnePage() {
    Simulation rack = Simulation.of(rack(50), host(isDown().forAtLeast(ofSeconds(30))));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(2));
    assertThat(rack.store().alarms().told()).hasSize(1);
    List<Alarm> folded =
        rack.store().alarms().all().stream().filter(a -> a.state() == Alarm.State.FOLDED).toList();
    assertThat(folded).hasSize(50);

    // It comes back, and one of them does not.
    down.remove("rack");
    rack.advance(ofSeconds(20));
    down.remove("host");
    rack.advance(ofMinutes(2));
    assertThat(rack.alarms()).isEmpty();
    assertThat(rack.store().alarms().all()).allMatch(a -> a.state() == Alarm.State.CLOSED);
    assertThat(rack.liveness()).isEmpty();
  }

  /** Whichever is seen first: what is on a rack fails with it, and may be seen to before it is. */
  @ParameterizedTest(name = "the rack is down after {0} looks")
  @ValueSource(ints = {1, 2, 6})
  void childrenThatFailBeforeTheirParentIsSeenToAreStillOnePage(int looks) {
    ResourceType<Here> type = rack(50).availability(a -> a.uncertainAfter(1).offlineAfter(looks));
    Simulation rack = Simulation.of(type, host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(looks == 1 ? 10 : 3));
    down.add("rack");
    rack.advance(ofMinutes(2));
    Alarm above = rack.alarm("down");
    List<Alarm> below = rack.store().alarms().all().stream().filter(a -> !a.equals(above)).toList();
    assertThat(below).hasSize(50).allMatch(a -> a.state() == Alarm.State.FOLDED);
    assertThat(below)
        .as("some were first")
        .anyMatch(a -> a.createdAt().isBefore(above.createdAt()));
    assertThat(rack.store().alarms().told()).hasSize(1);
    assertThat(rack.told()).containsExactly("open down error");
  }

  /** The one above is true, but has to be for a while: those below wait for what becomes of it. */
  @Test
  void childrenWaitForAHostThatIsAboutToBeTold() {
    ResourceType<Here> slow =
        ResourceType.of("rack", state(Here.UP).decide(t -> filled(t, 20)).rests())
            .tasks(watch("rack"))
            .availability(a -> a.uncertainAfter(1).offlineAfter(2))
            .alarms(isDown().forAtLeast(ofMinutes(1)))
            .children("host");
    Simulation rack = Simulation.of(slow, host(isDown()));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(3));
    assertThat(rack.store().alarms().told()).hasSize(1);
    assertThat(rack.told()).containsExactly("open down error");
  }

  @Test
  void aChildThatFailsAloneIsToldOfAMomentLater() {
    Simulation rack = Simulation.of(rack(2), host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(40));
    assertThat(rack.told()).isEmpty();
    assertThat(rack.child("host", "host0").told()).containsExactly("open down error");
  }

  @Test
  void aChildThatIsBackAtOnceIsToldToNobody() {
    Simulation rack = Simulation.of(rack(1), host(isDown()));
    rack.advance(ofMinutes(1));
    down.add("host");
    rack.advance(ofSeconds(11));
    down.clear();
    rack.advance(ofMinutes(2));
    assertThat(rack.store().alarms().told()).isEmpty();
    assertThat(rack.liveness()).isEmpty();
  }

  @Test
  void whatIsStillTrueWhenTheOneAboveClosesIsToldOf() {
    Simulation rack = Simulation.of(rack(2), host(isDown().forAtLeast(ofSeconds(30))));
    rack.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    rack.advance(ofMinutes(2));
    down.remove("rack");
    rack.advance(ofMinutes(1));
    assertThat(rack.child("host", "host0").told()).containsExactly("open down error");
    assertThat(rack.child("host", "host1").told()).containsExactly("open down error");
  }

  /** An alarm about its children cannot close before they are repaired. */
  @Test
  void whatIsQuietUnderAnAlarmAboveIsRepairedAllTheSame() {
    ResourceType<Here> rack =
        ResourceType.of(
                "rack",
                state(Here.UP).decide(t -> t.stay().create("host", "host", Values.NONE)).rests())
            .alarms(
                alarm(
                    "degraded",
                    s -> s.children("host").stream().anyMatch(h -> h.availability() == OFFLINE)))
            .children("host");
    Simulation top = Simulation.of(rack, host(isDown().repair(FIX, 3, ofMinutes(60))));
    top.advance(ofMinutes(1));
    fixHelps = true;
    down.add("host");
    top.advance(ofMinutes(1));
    Simulated host = top.child("host", "host");
    assertThat(host.runs(FIX)).isEqualTo(1);
    assertThat(host.told()).isEmpty();
    top.advance(ofMinutes(2));
    assertThat(top.alarms()).isEmpty();
    assertThat(top.told()).containsExactly("open degraded error", "resolve degraded error");
    assertThat(host.runs(FIX)).isEqualTo(1);
  }

  /** Who is told of what is above is not told of each below that it could not be repaired. */
  @Test
  void whatCannotBeRepairedStaysQuietUnderTheAlarmAbove() {
    Simulation top = Simulation.of(rack(1), host(isDown().repair(FIX, 1, ofMinutes(60))));
    top.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    top.advance(ofMinutes(5));
    assertThat(top.store().alarms().told()).hasSize(1);
    Simulated host = top.child("host", "host0");
    assertThat(host.runs(FIX)).isEqualTo(1);
    down.remove("rack");
    top.advance(ofMinutes(2));
    assertThat(host.told()).containsExactly("open down error", "open down critical");
  }

  /** Nor that it may not be restarted again; it is once it may. */
  @Test
  void whatMayNotBeRestartedAgainStaysQuietUnderTheAlarmAbove() {
    ResourceType<Here> host =
        host(isDown().repair(RESTART_TASK, 3, ofMinutes(60)))
            .onRestart(fix().within(ofMinutes(1)))
            .restarts(1, ofMinutes(30));
    Simulation top = Simulation.of(rack(1), host);
    top.advance(ofMinutes(1));
    down.addAll(List.of("rack", "host"));
    top.advance(ofMinutes(5));
    assertThat(top.store().alarms().told()).hasSize(1);
    Simulated below = top.child("host", "host0");
    assertThat(below.runs(RESTART_TASK)).isOne();
    top.advance(ofMinutes(30));
    assertThat(top.store().alarms().told()).hasSize(1);
    assertThat(below.runs(RESTART_TASK)).isEqualTo(2);
    down.remove("rack");
    top.advance(ofMinutes(2));
    assertThat(below.told()).containsExactlyInAnyOrder("open down error", "open restarts critical");
  }
}
