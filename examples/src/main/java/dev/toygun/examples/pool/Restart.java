package dev.toygun.examples.pool;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.pool.Restart.Step.START;
import static dev.toygun.examples.pool.Restart.Step.STOP;
import static dev.toygun.examples.pool.Restart.Step.WAIT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends a server and starts it again in its place. Its pool makes no other meanwhile: it counts as
 * down on purpose.
 */
final class Restart {
  enum Step {
    STOP,
    START,
    WAIT
  }

  private final Host host;

  Restart(Host host) {
    this.host = host;
  }

  TaskType<Step> type() {
    return TaskType.of(
            TaskName.of("restart"),
            state(STOP).blocking(this::stop).to(START).every(ofSeconds(1)),
            state(START).blocking(this::start).to(WAIT),
            state(WAIT).async(this::await).finishes().every(ofSeconds(1)))
        .within(ofMinutes(2));
  }

  // One that is being provisioned may have no directory yet.
  Next<Step> stop(Tick<Step> t) throws IOException {
    Optional<String> directory = t.find(Node.DIRECTORY);
    return directory.isPresent() && host.removed(directory.get()) ? t.go(START) : t.stay();
  }

  Next<Step> start(Tick<Step> t) throws IOException {
    host.start(t.get(Node.DIRECTORY), t.get(Node.VERSION));
    return t.go(WAIT);
  }

  Future<Next<Step>> await(Tick<Step> t) {
    return Provision.answering(host, t);
  }
}
