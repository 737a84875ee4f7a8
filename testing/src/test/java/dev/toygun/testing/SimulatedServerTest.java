package dev.toygun.testing;

import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.RUNNING;
import static dev.toygun.TaskStatus.STOPPED;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A whole life of a server, and what a simulation shows of it. */
class SimulatedServerTest {

  private final FakeCloud cloud = new FakeCloud();
  private final Simulation server =
      Simulation.of(new Server(cloud).type()).with(Server.PLAN, "small");

  @Test
  void aServerIsMadeAndWatched() {
    server.advance(ofMinutes(1));
    assertThat(server.state()).as(server.toString()).isEqualTo("up");
    assertThat(server.task(Server.PROVISION)).isEqualTo(FINISHED);
    assertThat(server.task(Server.MONITOR)).isEqualTo(RUNNING);
    assertThat(server.get(Server.VM)).isEqualTo("vm-1");
    assertThat(server.availability()).isEqualTo(Availability.ONLINE);
    assertThat(server.path(Server.PROVISION)).containsExactly("create", "wait", "__stop__");
    assertThat(server.errors()).isEmpty();
    assertThat(server.alarms()).isEmpty();
    assertThat(server.liveness()).isEmpty();
    assertThat(cloud.made).isOne();
  }

  @Test
  void pollsThatFindNothingNewWriteNothing() {
    server.advance(ofMinutes(1));
    long version = server.store().task(server.uuid(), "monitor").orElseThrow().machine().version();
    int moves = server.moves().size();
    int checks = cloud.checks;
    server.advance(ofMinutes(10));
    assertThat(cloud.checks - checks).isBetween(59, 61);
    assertThat(server.store().task(server.uuid(), "monitor").orElseThrow().machine().version())
        .isEqualTo(version);
    assertThat(server.moves()).hasSize(moves);
    assertThat(server.store().history().changes()).isEmpty();
  }

  @Test
  void aBrokenServerIsReplaced() {
    server.advance(ofMinutes(1));
    cloud.broken.add("vm-1");
    server.advance(ofMinutes(1));
    assertThat(server.state()).as(server.toString()).isEqualTo("up");
    assertThat(server.get(Server.VM)).isEqualTo("vm-2");
    assertThat(server.runs(Server.MONITOR)).isEqualTo(2);
    assertThat(cloud.running).containsExactly("vm-2");
  }

  @Test
  void aServerThatIsDeletedTakesItsMachineDown() {
    server.advance(ofMinutes(1));
    server.delete();
    server.advance(ofMinutes(1));
    assertThat(server.active()).as(server.toString()).isFalse();
    assertThat(server.task(Server.MONITOR)).isEqualTo(STOPPED);
    assertThat(server.path()).endsWith("going", "__exit__", "__stop__");
    assertThat(cloud.running).isEmpty();
    assertThat(server.liveness()).isEmpty();
  }

  @Test
  void everyEdgeOfAServerIsWalked() {
    assertThat(server.unwalked()).contains("server: up -> repairing");
    server.advance(ofMinutes(1));
    cloud.broken.add("vm-1");
    server.advance(ofMinutes(1));
    server.delete();
    server.advance(ofMinutes(1));
    assertThat(server.unwalked()).as(server.toString()).isEmpty();
  }

  @Test
  void hoursPassInAMoment() {
    server.advance(ofHours(2));
    assertThat(server.state()).isEqualTo("up");
    assertThat(cloud.checks).isBetween(715, 725);
    assertThat(Duration.between(VirtualTime.START, server.now())).isGreaterThan(ofHours(2));
  }

  @Test
  void theTableIsDrawn() {
    assertThat(server.toMermaid()).startsWith("stateDiagram-v2").contains("up --> repairing");
    assertThat(server.toMermaid(Server.PROVISION)).contains("create --> wait");
  }
}
