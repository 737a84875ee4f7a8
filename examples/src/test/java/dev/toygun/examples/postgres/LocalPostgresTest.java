package dev.toygun.examples.postgres;

import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PASSWORD;
import static dev.toygun.examples.postgres.LocalPostgres.PID;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static dev.toygun.examples.postgres.LocalPostgres.VERSION;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.Secret;
import dev.toygun.Severity;
import dev.toygun.TaskStatus;
import dev.toygun.testing.Simulation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The life of a server, on virtual time. */
class LocalPostgresTest {
  private static final int SEEDS = 200;

  private final FakeServer outside = new FakeServer();

  private static Simulation simulation(FakeServer outside) {
    return Simulation.of(new LocalPostgres(outside).type()).with(PASSWORD, Secret.of("hunter2"));
  }

  private static Simulation crashing(FakeServer outside, long seed) {
    return Simulation.crashing(new LocalPostgres(outside).type(), seed)
        .with(PASSWORD, Secret.of("hunter2"));
  }

  @Test
  void aNewServerBecomesAvailable() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("available");
    assertThat(server.task(Monitor.NAME)).isEqualTo(TaskStatus.RUNNING);
    assertThat(server.availability()).isEqualTo(Availability.ONLINE);
    assertThat(server.get(VERSION)).isEqualTo("18.6");
    assertThat(outside.running).isEqualTo(Map.of(server.get(DIRECTORY), server.get(PID)));
  }

  /** Whatever the first run made would be nobody's. */
  @Test
  void aProvisionThatTookTooLongGoesOnWhereItWas() {
    outside.deaf = true;
    Simulation server = simulation(outside).advance(ofMinutes(3));
    assertThat(server.runs(Provision.NAME)).isEqualTo(2);
    outside.deaf = false;
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("available");
    assertThat(outside.made).containsOnlyKeys(server.get(DIRECTORY));
    assertThat(outside.running).containsOnlyKeys(server.get(DIRECTORY));
  }

  @Test
  void aKilledServerIsStartedAgainInItsPlace() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    long before = server.get(PID);
    long port = server.get(PORT);
    outside.kill();
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("available");
    assertThat(server.availability()).isEqualTo(Availability.ONLINE);
    assertThat(server.get(PID)).isNotEqualTo(before);
    assertThat(server.get(PORT)).isEqualTo(port);
    assertThat(outside.made).hasSize(1);
    assertThat(server.history()).asString().contains("its postmaster is gone", "it answers again");
    assertThat(server.told()).containsExactly("open down error", "resolve down error");
    assertThat(server.observations())
        .containsExactly(Availability.ONLINE, Availability.UNCERTAIN, Availability.ONLINE);
  }

  /** Something kills it whenever it answers. */
  @Test
  void aServerThatIsRestartedTooOftenIsLeftToAPerson() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    for (int kill = 0; kill < 6; kill++) {
      outside.kill();
      server.advance(ofMinutes(2));
    }
    assertThat(server.state()).isEqualTo("repairing");
    assertThat(server.runs(Restart.NAME)).isEqualTo(3);
    assertThat(server.alarm("down").severity()).isEqualTo(Severity.CRITICAL);
    assertThat(server.told()).endsWith("open down critical");
    assertThat(server.liveness()).isEmpty();

    server.advance(ofHours(1));
    assertThat(server.state()).as("an hour later it may again").isEqualTo("available");
    assertThat(server.alarms()).isEmpty();
  }

  @Test
  void aServerThatIsTakenDownIsDownOnPurpose() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    server.delete();
    server.advance(ofMinutes(1));
    assertThat(server.observations()).endsWith(Availability.KNOWN_OFFLINE);
    assertThat(server.told()).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsOfflineAndLeftAlone() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    outside.deaf = true;
    server.advance(ofMinutes(1));
    assertThat(server.availability()).isEqualTo(Availability.OFFLINE);
    assertThat(server.state()).isEqualTo("available");
    outside.deaf = false;
    server.advance(ofSeconds(2));
    assertThat(server.availability()).isEqualTo(Availability.ONLINE);
    assertThat(outside.pids).hasSize(1);
  }

  @Test
  void aServerThatDiesWheneverItIsStartedIsToldOfInTheEnd() {
    outside.shortLived = Integer.MAX_VALUE;
    Simulation server = simulation(outside).advance(ofMinutes(19));
    assertThat(server.alarms()).isEmpty();
    server.advance(ofMinutes(2));
    assertThat(server.alarms()).containsExactly("local-postgres/provision: timeout");
    outside.shortLived = 0;
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("available");
    assertThat(server.alarms()).isEmpty();
  }

  @Test
  void aTakenPortIsGivenUpForAnother() {
    long first = new FakeServer().freePort("");
    outside.beforeStart = () -> outside.taken.add(first);
    Simulation server = simulation(outside).advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("available");
    assertThat(server.get(PORT)).isNotEqualTo(first);
    assertThat(outside.made).hasSize(1);
  }

  @Test
  void aRepairNeverMovesToAnotherPort() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    outside.kill();
    outside.taken.add(server.get(PORT));
    server.advance(ofMinutes(1));
    assertThat(server.task(Restart.NAME)).isEqualTo(TaskStatus.PANICKED);
    assertThat(server.state()).isEqualTo("repairing");
  }

  @Test
  void aServerDeletedInTheMiddleOfItsProvisionLeavesNothing() {
    outside.deaf = true;
    Simulation server = simulation(outside).advance(ofSeconds(10));
    assertThat(server.task(Provision.NAME)).isEqualTo(TaskStatus.RUNNING);
    assertThat(outside.running).hasSize(1);
    server.delete();
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("__stop__");
    assertThat(outside.running).isEmpty();
    assertThat(outside.made).isEmpty();
  }

  @Test
  void aServerDeletedBeforeAnythingWasMadeLeavesNothing() {
    Simulation server = simulation(outside);
    server.delete();
    server.advance(ofMinutes(1));
    assertThat(server.state()).isEqualTo("__stop__");
    assertThat(outside.made).isEmpty();
  }

  @Test
  void stoppingTheMonitorByHandRepairsNothing() {
    Simulation server = simulation(outside).advance(ofMinutes(1));
    server.stop(Monitor.NAME);
    outside.kill();
    server.advance(ofMinutes(10));
    assertThat(server.state()).isEqualTo("available");
    assertThat(server.task(Monitor.NAME)).isEqualTo(TaskStatus.STOPPED);
    assertThat(server.task(Restart.NAME)).isEqualTo(TaskStatus.ABSENT);
  }

  /** Workers die and freeze at any step; a server is killed, and at last deleted. */
  @Test
  void crashesMakeNoSecondServer() {
    for (long seed = 0; seed < SEEDS; seed++) {
      FakeServer crashed = new FakeServer();
      Simulation server = crashing(crashed, seed).advance(ofMinutes(2));
      assertThat(server.state()).as("%s", server).isEqualTo("available");
      assertThat(crashed.made).as("%s", server).containsOnlyKeys(server.get(DIRECTORY));
      assertThat(crashed.pids).as("%s", server).hasSize(1);

      crashed.kill();
      server.advance(ofMinutes(2));
      assertThat(server.state()).as("%s", server).isEqualTo("available");
      assertThat(crashed.running).as("%s", server).hasSize(1);
      assertThat(crashed.pids).as("%s", server).hasSize(2);

      server.delete();
      server.advance(ofMinutes(2));
      assertThat(server.state()).as("%s", server).isEqualTo("__stop__");
      assertThat(crashed.made).as("%s", server).isEmpty();
      assertThat(crashed.running).as("%s", server).isEmpty();
      assertThat(server.liveness()).as("%s", server).isEmpty();
    }
  }

  /** As above, and it is deleted while it is being made. */
  @Test
  void crashesLeaveNoOrphanOfAHalfMadeServer() {
    for (long seed = 0; seed < SEEDS; seed++) {
      FakeServer crashed = new FakeServer();
      crashed.deaf = seed % 2 == 0;
      Simulation server = crashing(crashed, seed).advance(ofMillis(seed * 20));
      server.delete();
      server.advance(ofMinutes(2));
      assertThat(server.state()).as("%s", server).isEqualTo("__stop__");
      assertThat(crashed.made).as("%s", server).isEmpty();
      assertThat(crashed.running).as("%s", server).isEmpty();
    }
  }

  @Test
  void everyDeclaredEdgeIsWalked() {
    // Its port is taken at first, and it dies once before it answers: when made, and when repaired.
    outside.beforeStart = () -> outside.taken.add(20_001L);
    outside.shortLived = 1;
    Simulation server = simulation(outside).advance(ofMinutes(1));
    outside.shortLived = 1;
    outside.kill();
    server.advance(ofMinutes(2));
    server.delete();
    server.advance(ofMinutes(1));
    // Another is deleted before anything was made.
    Simulation early = simulation(new FakeServer());
    early.delete();
    early.advance(ofMinutes(1));

    Set<String> unwalked = new TreeSet<>(server.unwalked());
    unwalked.retainAll(early.unwalked());
    assertThat(unwalked).isEmpty();
  }
}
