package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server whose workers die and freeze, by 200 seeds: made once, replaced once, taken down. */
class CrashingTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverDiesThereIsOneMachineAndInTheEndNone(long seed) {
    FakeCloud cloud = new FakeCloud();
    Simulation server =
        Simulation.crashing(new Server(cloud).type(), seed).with(Server.PLAN, "small");
    server.advance(ofMinutes(4));
    assertThat(server.task(Server.PROVISION)).as("%s", server).isEqualTo(FINISHED);
    assertThat(server.state()).as("%s", server).isEqualTo("up");
    assertThat(cloud.made).as("%s", server).isOne();

    cloud.broken.add("vm-1");
    server.advance(ofMinutes(4));
    assertThat(server.state()).as("%s", server).isEqualTo("up");
    assertThat(cloud.running).as("%s", server).containsExactly("vm-2");
    assertThat(server.get(Server.VM)).isEqualTo("vm-2");

    server.delete();
    server.calm().advance(ofMinutes(3));
    assertThat(server.active()).as("%s", server).isFalse();
    assertThat(cloud.running).as("%s", server).isEmpty();
    assertThat(server.liveness()).as("%s", server).isEmpty();
    assertThat(server.errors()).as("%s", server).isEmpty();
  }

  /** Shows that the crashes bite: code without a token makes a second machine before long. */
  @Test
  void codeThatForgetsItsTokenIsCaught() {
    int most = 0;
    for (long seed = 1; seed <= 40; seed++) {
      FakeCloud cloud = new FakeCloud();
      TaskType<Server.Going> careless =
          TaskType.of(
              Server.PROVISION,
              state(Server.Going.DESTROY)
                  .blocking(
                      t -> {
                        cloud.create("attempt " + cloud.calls);
                        return t.finish();
                      })
                  .finishes());
      ResourceType<Server.Watching> type =
          ResourceType.of(
                  "careless",
                  state(Server.Watching.CHECK)
                      .decide(t -> t.stay().ensure(Server.MONITOR).ensure(Server.PROVISION)))
              .tasks(
                  careless,
                  TaskType.of(
                      Server.MONITOR,
                      state(Server.Watching.CHECK).decide(t -> t.stay()).every(ofMinutes(1))));
      Simulation sim = Simulation.crashing(type, seed);
      sim.advance(ofSeconds(30));
      long runs = sim.runs(Server.PROVISION);
      most = Math.max(most, cloud.made - (int) runs);
    }
    assertThat(most).isPositive();
  }
}
