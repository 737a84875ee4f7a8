package dev.toygun.examples.postgres;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PID;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static dev.toygun.examples.postgres.Restart.Step.START;
import static dev.toygun.examples.postgres.Restart.Step.WAIT;
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
 * Starts the server again where it was, and waits until PostgreSQL has recovered. One that dies
 * meanwhile is left: whether it is tried again is for the alarm to say, which counts.
 */
final class Restart {
  static final TaskName NAME = TaskName.of("restart");

  enum Step {
    START,
    WAIT
  }

  private final Server server;

  Restart(Server server) {
    this.server = server;
  }

  TaskType<Step> type() {
    return TaskType.of(
        NAME,
        state(START).blocking(this::start).to(WAIT),
        state(WAIT).async(this::await).finishes().every(ofSeconds(1)).within(ofMinutes(10)));
  }

  // Whoever uses the server knows its port, so here another one would not do.
  Next<Step> start(Tick<Step> t) throws IOException, InterruptedException {
    Optional<Long> pid = server.start(t.get(DIRECTORY), t.get(PORT));
    return pid.isPresent()
        ? t.go(WAIT).with(PID, pid.get()).because("process " + pid.get())
        : t.panic(
            "PortTaken",
            "another process listens on port %d of the loopback interface: end it, then retry"
                .formatted(t.get(PORT)));
  }

  Future<Next<Step>> await(Tick<Step> t) {
    return server
        .look(t.get(DIRECTORY), t.get(PORT), LocalPostgres.login(t))
        .map(
            health ->
                switch (health) {
                  case ANSWERS -> t.finish().observe(true);
                  case SILENT -> t.stay();
                  case GONE -> t.finish().observe(false).because("it died before it answered");
                });
  }
}
