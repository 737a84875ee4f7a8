package dev.toygun.examples.postgres;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.postgres.LocalPostgres.ADMIN_PASSWORD;
import static dev.toygun.examples.postgres.LocalPostgres.DIRECTORY;
import static dev.toygun.examples.postgres.LocalPostgres.PID;
import static dev.toygun.examples.postgres.LocalPostgres.PORT;
import static dev.toygun.examples.postgres.LocalPostgres.VERSION;
import static dev.toygun.examples.postgres.Provision.Step.CHOOSE;
import static dev.toygun.examples.postgres.Provision.Step.CREATE_DATABASE;
import static dev.toygun.examples.postgres.Provision.Step.INITIALISE;
import static dev.toygun.examples.postgres.Provision.Step.START;
import static dev.toygun.examples.postgres.Provision.Step.WAIT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Breaker;
import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;

/** Makes the server, waits until it answers, and makes the role and the database. */
final class Provision {
  static final TaskName NAME = TaskName.of("provision");

  enum Step {
    CHOOSE,
    INITIALISE,
    START,
    WAIT,
    CREATE_DATABASE
  }

  private final Server server;

  Provision(Server server) {
    this.server = server;
  }

  // Initialising keeps the disk busy: of many that are asked for at once, a few at a time.
  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(CHOOSE).blocking(this::choose).to(INITIALISE),
            state(INITIALISE).blocking(this::initialise).to(START),
            state(START).blocking(this::start).to(START, WAIT),
            state(WAIT)
                .async(this::await)
                .to(START, CREATE_DATABASE)
                .every(ofSeconds(1))
                .within(ofMinutes(2)),
            state(CREATE_DATABASE).async(this::createDatabase).finishes())
        .internal()
        // A server that dies whenever it is started would go round for ever: somebody is told.
        .within(ofMinutes(20))
        .concurrency(4)
        // What fails of many servers is mostly the machine below them, as a disk that is full.
        .breaker(Breaker.failures(20, ofMinutes(5)).named("machine"));
  }

  // Only chooses. What the later steps make is where this one said it would be, whoever runs them;
  // and a later run goes on where an earlier one took too long.
  Next<Step> choose(Tick<Step> t) throws IOException {
    if (t.find(DIRECTORY).isPresent()) {
      return t.go(INITIALISE);
    }
    long port = server.freePort(t.token("port"));
    return t.go(INITIALISE)
        .with(DIRECTORY, server.directory(t.token("directory")))
        .with(PORT, port)
        .with(ADMIN_PASSWORD, server.newPassword())
        .because("on port " + port);
  }

  Next<Step> initialise(Tick<Step> t) throws IOException, InterruptedException {
    server.initialise(t.get(DIRECTORY), t.get(ADMIN_PASSWORD));
    return t.go(START);
  }

  Next<Step> start(Tick<Step> t) throws IOException, InterruptedException {
    Optional<Long> pid = server.start(t.get(DIRECTORY), t.get(PORT));
    if (pid.isPresent()) {
      return t.go(WAIT).with(PID, pid.get()).because("process " + pid.get());
    }
    long other = server.freePort(t.token("port"));
    return t.go(START)
        .with(PORT, other)
        .because("port %d was taken meanwhile, now on port %d".formatted(t.get(PORT), other));
  }

  Future<Next<Step>> await(Tick<Step> t) {
    return server
        .look(t.get(DIRECTORY), t.get(PORT), Server.admin(t.get(ADMIN_PASSWORD)))
        .map(
            health ->
                switch (health) {
                  case ANSWERS -> t.go(CREATE_DATABASE);
                  case SILENT -> t.stay();
                  case GONE -> t.go(START).because("it died before it answered");
                });
  }

  Future<Next<Step>> createDatabase(Tick<Step> t) {
    return server
        .createDatabase(t.get(PORT), t.get(ADMIN_PASSWORD), LocalPostgres.login(t))
        .map(version -> t.finish().with(VERSION, version).because("PostgreSQL " + version));
  }
}
