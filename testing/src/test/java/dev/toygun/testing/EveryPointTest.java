package dev.toygun.testing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A worker dies, or freezes for longer than its lease, at each await point in turn: before and
 * after a step ran, before a commit was sent, after it was sent, and as its answer came.
 */
class EveryPointTest {
  @Test
  void aWorkerThatDiesAnywhereLosesNothing() {
    int points = run(Set.of(), false, "nothing");
    assertThat(points).isBetween(100, 1_000);
    for (int point = 1; point <= points; point++) {
      run(Set.of(point), false, "death at point " + point);
    }
  }

  @Test
  void aWorkerThatFreezesAnywhereCommitsNothingTwice() {
    int points = run(Set.of(), true, "nothing");
    for (int point = 1; point <= points; point++) {
      run(Set.of(point), true, "freeze at point " + point);
    }
  }

  @Test
  void twoDeathsInARowLoseNothing() {
    int points = run(Set.of(), false, "nothing");
    for (int point = 1; point <= points; point += 3) {
      for (int later : new int[] {2, 5}) {
        String what = "deaths at points " + point + " and " + (point + later);
        run(Set.of(point, point + later), false, what);
      }
    }
  }

  /** The whole life of a server; how many await points there were in it. */
  private static int run(Set<Integer> at, boolean freezes, String what) {
    FakeCloud cloud = new FakeCloud();
    Faults faults = Faults.at(at, freezes);
    Simulation server =
        Simulation.with(faults, new Server(cloud).type()).with(Server.PLAN, "small");
    server.advance(ofSeconds(60));
    assertThat(server.state()).as("%s: %s", what, server).isEqualTo("up");
    assertThat(cloud.made).as("%s: %s", what, server).isOne();
    cloud.broken.add("vm-1");
    server.advance(ofSeconds(60));
    assertThat(server.get(Server.VM)).as("%s: %s", what, server).isEqualTo("vm-2");
    assertThat(cloud.running).as("%s: %s", what, server).containsExactly("vm-2");
    server.delete();
    server.advance(ofSeconds(60));
    assertThat(server.active()).as("%s: %s", what, server).isFalse();
    assertThat(cloud.running).as("%s: %s", what, server).isEmpty();
    assertThat(server.liveness()).as("%s: %s", what, server).isEmpty();
    assertThat(server.errors()).as("%s: %s", what, server).isEmpty();
    return faults.points();
  }
}
