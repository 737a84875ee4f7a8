package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Backoff;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.queue.Leases;
import dev.toygun.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run that fails before its first tick. */
class NewRunTest {
  private static final TaskName WORK = TaskName.of("work");

  private final List<String> tokens = new ArrayList<>();

  enum Here {
    UP
  }

  enum Doing {
    MAKE
  }

  private ResourceType<Here> box() {
    return ResourceType.of("box", state(Here.UP).decide(t -> t.stay()).rests())
        .tasks(
            TaskType.of(
                WORK,
                state(Doing.MAKE)
                    .decide(
                        t -> {
                          tokens.add(t.token("server"));
                          if (tokens.size() < 3) {
                            throw new IllegalStateException("not yet");
                          }
                          return t.finish();
                        })
                    .retries(5, Backoff.exponential(ofSeconds(1), ofSeconds(5)))
                    .finishes()));
  }

  @Test
  void whatThreeWorkersDiedOfHasOneTokenOnceItIsRetried() {
    Simulation box = Simulation.of(box());
    box.advance(ofSeconds(1));
    box.start(WORK);
    TaskRow run = box.world.store.task(box.uuid(), "work").orElseThrow();
    for (String dead : List.of("dead-1", "dead-2", "dead-3")) {
      box.world.leases.take(dead, Map.of(box.uuid(), new Leases.Want(Set.of(run.key()), true)));
      box.world.leases.expire(dead);
    }
    box.advance(ofSeconds(10));
    assertThat(box.path(WORK)).containsExactly("make", "__panic__");
    assertThat(tokens).isEmpty();
    box.retry(WORK);
    box.advance(ofSeconds(30));
    assertThat(tokens).as("%s", box).hasSize(3);
    assertThat(Set.copyOf(tokens)).hasSize(1);
    assertThat(box.path(WORK)).containsExactly("make", "__panic__", "make", "__stop__");
  }
}
