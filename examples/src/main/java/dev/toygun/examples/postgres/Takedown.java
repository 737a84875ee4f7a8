package dev.toygun.examples.postgres;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PID;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static dev.toygun.examples.postgres.Takedown.Step.REMOVE;
import static dev.toygun.examples.postgres.Takedown.Step.STOP;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Ends the server's processes and removes its directory, however far the provision had come. */
final class Takedown {
  static final TaskName NAME = TaskName.of("takedown");

  enum Step {
    STOP,
    REMOVE
  }

  private final Server server;

  Takedown(Server server) {
    this.server = server;
  }

  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(STOP).blocking(this::stop).to(REMOVE).finishes(),
            state(REMOVE).blocking(this::remove).finishes())
        .internal();
  }

  Next<Step> stop(Tick<Step> t) throws IOException, InterruptedException {
    Optional<String> directory = t.find(DIRECTORY);
    if (directory.isEmpty()) {
      return t.finish().because("nothing was made yet");
    }
    server.stop(directory.get());
    return t.go(REMOVE).without(PID).offline(Duration.ofDays(1));
  }

  Next<Step> remove(Tick<Step> t) throws IOException {
    server.remove(t.get(DIRECTORY));
    return t.finish().without(DIRECTORY).without(PORT);
  }
}
