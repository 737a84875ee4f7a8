package dev.toygun.examples.pool;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;

/** Looks whether the server answers, every other second. */
final class Monitor {
  static final TaskName NAME = TaskName.of("monitor");

  enum Step {
    WATCH
  }

  private final Host host;

  Monitor(Host host) {
    this.host = host;
  }

  TaskType<Step> type() {
    return TaskType.of(NAME, state(Step.WATCH).async(this::watch).every(ofSeconds(2)));
  }

  Future<Next<Step>> watch(Tick<Step> t) {
    return host.answers(t.get(Node.PORT)).map(up -> t.stay().observe(up));
  }
}
