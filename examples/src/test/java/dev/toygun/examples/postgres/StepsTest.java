package dev.toygun.examples.postgres;

import static dev.toygun.examples.postgres.LocalPostgres.ADMIN_PASSWORD;
import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PASSWORD;
import static dev.toygun.examples.postgres.LocalPostgres.PID;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Secret;
import dev.toygun.Tick;
import dev.toygun.testing.TestTick;
import org.junit.jupiter.api.Test;

/** One step, as the function it is: no engine, no clock, no thread. */
class StepsTest {
  private static final Secret ADMIN = Secret.of("admin");

  private final FakeServer outside = new FakeServer();

  private static <S extends Enum<S>> Tick<S> tick(S state) {
    return TestTick.in(state)
        .with(DIRECTORY, "/servers/one")
        .with(PORT, 20_001L)
        .with(ADMIN_PASSWORD, ADMIN)
        .with(PASSWORD, Secret.of("hunter2"))
        .build();
  }

  @Test
  void choosingMakesNothing() throws Exception {
    Tick<Provision.Step> t = TestTick.in(Provision.Step.CHOOSE).build();
    assertThat(new Provision(outside).choose(t))
        .isEqualTo(
            t.go(Provision.Step.INITIALISE)
                .with(DIRECTORY, outside.directory(t.token("directory")))
                .with(PORT, 20_001L)
                .with(ADMIN_PASSWORD, outside.newPassword())
                .because("on port 20001"));
    assertThat(outside.made).isEmpty();
  }

  @Test
  void aStartThatIsTriedAgainAdoptsWhatRuns() throws Exception {
    Tick<Provision.Step> t = tick(Provision.Step.START);
    outside.initialise("/servers/one", ADMIN);
    Provision provision = new Provision(outside);
    assertThat(provision.start(t)).isEqualTo(provision.start(t));
    assertThat(provision.start(t).changes().get(PID)).contains(1000L);
    assertThat(outside.pids).hasSize(1);
  }

  @Test
  void theMonitorFinishesOnlyOnceThePostmasterIsGone() {
    Tick<Monitor.Step> t = tick(Monitor.Step.WATCH);
    Monitor monitor = new Monitor(outside);
    outside.initialise("/servers/one", ADMIN);
    outside.start("/servers/one", 20_001L);
    outside.logins.put(20_001L, LocalPostgres.login(t));
    assertThat(monitor.watch(t).result()).isEqualTo(t.stay().observe(true));
    outside.deaf = true;
    assertThat(monitor.watch(t).result()).isEqualTo(t.stay().observe(false));
    outside.kill();
    assertThat(monitor.watch(t).result())
        .isEqualTo(t.finish().observe(false).because("no postmaster runs"));
  }

  @Test
  void takingDownWhatWasNeverMadeFinishesAtOnce() throws Exception {
    Tick<Takedown.Step> t = TestTick.in(Takedown.Step.STOP).build();
    assertThat(new Takedown(outside).stop(t)).isEqualTo(t.finish().because("nothing was made yet"));
  }
}
