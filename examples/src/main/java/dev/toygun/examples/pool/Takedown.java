package dev.toygun.examples.pool;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import java.io.IOException;
import java.util.Optional;

/** Ends the server, however far it had come, and removes its directory. */
final class Takedown {
  static final TaskName NAME = TaskName.of("takedown");

  enum Step {
    STOP
  }

  private final Host host;

  Takedown(Host host) {
    this.host = host;
  }

  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(Step.STOP)
                .blocking(this::stop)
                .finishes()
                .every(ofSeconds(1))
                .within(ofMinutes(1)))
        .internal();
  }

  Next<Step> stop(Tick<Step> t) throws IOException {
    Optional<String> directory = t.find(Node.DIRECTORY);
    return directory.isEmpty() || host.removed(directory.get())
        ? t.finish().without(Node.DIRECTORY).without(Node.PORT)
        : t.stay().offline(ofMinutes(1));
  }
}
