package dev.toygun.examples.postgres;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static dev.toygun.examples.postgres.Monitor.Step.WATCH;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;

/**
 * Asks the server a query every second, and finishes when its postmaster is gone. One that runs and
 * does not answer is only observed: killing it is for a person to decide.
 */
final class Monitor {
  static final TaskName NAME = TaskName.of("monitor");

  enum Step {
    WATCH
  }

  private final Server server;

  Monitor(Server server) {
    this.server = server;
  }

  TaskType<Step> type() {
    return TaskType.of(NAME, state(WATCH).async(this::watch).finishes().every(ofSeconds(1)));
  }

  Future<Next<Step>> watch(Tick<Step> t) {
    return server
        .look(t.get(DIRECTORY), t.get(PORT), LocalPostgres.login(t))
        .map(
            health ->
                switch (health) {
                  case ANSWERS -> t.stay().observe(true);
                  case SILENT -> t.stay().observe(false);
                  case GONE -> t.finish().observe(false).because("no postmaster runs");
                });
  }
}
