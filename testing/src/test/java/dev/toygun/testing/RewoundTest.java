package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Machine.nameOf;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Handling;
import dev.toygun.OnPanic;
import dev.toygun.ResourceType;
import dev.toygun.Values;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.By;
import dev.toygun.store.Entry;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is rewound out of its teardown lives on, and can be taken down again. */
class RewoundTest {
  enum Host {
    UP
  }

  enum Vm {
    UP,
    LEAVING
  }

  private boolean broken = true;

  private ResourceType<Vm> vm() {
    return ResourceType.of(
            "vm",
            state(Vm.UP).decide(t -> t.stay()).rests(),
            state(Vm.LEAVING)
                .decide(t -> broken ? t.panic("Broken", "no way") : t.finish())
                .onDelete()
                .finishes())
        .alarms(alarm("watched", s -> true));
  }

  private static ResourceType<Host> host(OnPanic handler) {
    return ResourceType.of(
            "host", state(Host.UP).decide(t -> t.stay().create("vm", "one", Values.NONE)).rests())
        .children("vm")
        .onPanic(handler);
  }

  private static void rewind(Simulated resource, Enum<?> to) {
    Entry entry =
        resource
            .world
            .store
            .history()
            .entry(resource.row().key(), List.of(nameOf(to)))
            .orElseThrow();
    resource.world.await(
        resource.world.operations.rewind(
            resource.row().key(), entry, false, OptionalLong.empty(), By.operator("key:test")));
  }

  @Test
  void aResourceThatIsRewoundOutOfItsTeardownIsWatchedAndCanBeDeletedAgain() {
    Simulation vm = Simulation.of(vm());
    vm.advance(ofMinutes(1));
    vm.delete();
    vm.advance(ofMinutes(1));
    assertThat(vm.errors()).containsExactly("Broken: no way");
    vm.say("watched", new AlarmCommand.Close());
    rewind(vm, Vm.UP);
    vm.advance(ofMinutes(1));
    assertThat(vm.state()).isEqualTo("up");
    assertThat(vm.alarms()).containsExactly("vm: watched");
    assertThat(vm.liveness()).isEmpty();
    broken = false;
    vm.delete();
    vm.advance(ofMinutes(1));
    assertThat(vm.active()).as("%s", vm).isFalse();
  }

  @Test
  void aRewindIntoItsTeardownGoesOnWithIt() {
    Simulation vm = Simulation.of(vm());
    vm.advance(ofMinutes(1));
    vm.delete();
    vm.advance(ofMinutes(1));
    broken = false;
    rewind(vm, Vm.LEAVING);
    vm.advance(ofMinutes(1));
    assertThat(vm.active()).as("%s", vm).isFalse();
  }

  @Test
  void aParentOnItsWayDownAsksAgainWhatWasRewound() {
    Simulation host = Simulation.of(host((t, who, error) -> Handling.decline("no")), vm());
    host.advance(ofMinutes(1));
    Simulated vm = host.child("vm", "one");
    host.delete();
    host.advance(ofMinutes(1));
    assertThat(vm.state()).isEqualTo("__panic__");
    broken = false;
    rewind(vm, Vm.UP);
    host.advance(ofMinutes(1));
    assertThat(vm.active()).as("%s", host).isFalse();
    assertThat(vm.path()).endsWith("up", "leaving", "__exit__", "__stop__");
    assertThat(host.active()).as("%s", host).isFalse();
  }

  @Test
  void aHandlersRewindOutOfATeardownIsOneToo() {
    Simulation host = Simulation.of(host((t, who, error) -> Handling.rewind(Vm.UP)), vm());
    host.advance(ofMinutes(1));
    Simulated vm = host.child("vm", "one");
    vm.delete();
    host.advance(ofMinutes(1));
    assertThat(vm.state()).isEqualTo("up");
    broken = false;
    vm.delete();
    host.advance(ofMinutes(1));
    assertThat(vm.active()).as("%s", host).isFalse();
  }
}
