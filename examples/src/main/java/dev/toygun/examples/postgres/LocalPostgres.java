package dev.toygun.examples.postgres;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.Availability.ONLINE;
import static dev.toygun.StateDef.state;
import static dev.toygun.examples.postgres.LocalPostgres.State.AVAILABLE;
import static dev.toygun.examples.postgres.LocalPostgres.State.CREATING;
import static dev.toygun.examples.postgres.LocalPostgres.State.DELETING;
import static dev.toygun.examples.postgres.LocalPostgres.State.REPAIRING;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.Secret;
import dev.toygun.Severity;
import dev.toygun.Snapshot;
import dev.toygun.TaskStatus;
import dev.toygun.Tick;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL server process on this machine, with a database and a role that may use it. */
public final class LocalPostgres {
  /** What its type is called. */
  public static final String TYPE = "local-postgres";

  /** Of the database: lower-case letters, digits and underscores. */
  static final Field<String> DATABASE = name("database");

  /** Of the role that owns the database. */
  static final Field<String> USERNAME = name("username");

  /** Of the role, given by whoever creates the server. */
  public static final Field<Secret> PASSWORD = Field.secret("password").required();

  /** Of the superuser; made up by the provision. */
  static final Field<Secret> ADMIN_PASSWORD = Field.secret("admin_password").internal();

  /** On the loopback interface. */
  static final Field<Long> PORT = Field.integer("port").internal();

  static final Field<String> DIRECTORY = Field.text("directory").internal();

  /** Of the postmaster, as it was last started. */
  static final Field<Long> PID = Field.integer("pid").internal();

  static final Field<String> VERSION = Field.text("version").internal();

  enum State {
    CREATING,
    AVAILABLE,
    REPAIRING,
    DELETING
  }

  private final Server server;

  LocalPostgres(Server server) {
    this.server = server;
  }

  // The API judges the pattern; what PostgreSQL keeps for itself is met by the next tick.
  private static Field<String> name(String field) {
    return Field.text(field)
        .length(63)
        .matching("[a-z_][a-z0-9_]*")
        .check(name -> !name.matches("pg_.*|postgres|template.*"))
        .initially("app");
  }

  /** The type over real servers, which live below this folder. */
  public static LocalPostgres on(Vertx vertx, Path data) {
    return new LocalPostgres(new EmbeddedServer(vertx, data));
  }

  /** The type {@code local-postgres}. */
  public ResourceType<State> type() {
    return ResourceType.of(
            TYPE,
            state(CREATING).decide(this::creating).to(AVAILABLE),
            state(AVAILABLE).decide(this::available).to(REPAIRING),
            state(REPAIRING).decide(this::repairing).to(AVAILABLE).every(Duration.ofSeconds(5)),
            state(DELETING).decide(this::deleting).finishes().onDelete())
        .fields(DATABASE, USERNAME, PASSWORD, ADMIN_PASSWORD, PORT, DIRECTORY, PID, VERSION)
        .tasks(
            new Provision(server).type(),
            new Monitor(server).type(),
            new Restart(server).type(),
            new Takedown(server).type())
        .availability(a -> a.uncertainAfter(1).offlineAfter(3))
        .alarms(
            // Three restarts an hour; one that is down again after that is for a person.
            alarm("down", LocalPostgres::isDown)
                .repair(Restart.NAME, 3, Duration.ofHours(1))
                .runbook("see what its log in its directory says last"),
            // It runs and does not answer: what to do about that is for a person to decide.
            alarm("silent", server -> server.availability() == OFFLINE)
                .severity(Severity.CRITICAL)
                .forAtLeast(Duration.ofSeconds(10))
                .runbook("see what its log in its directory says last"));
  }

  /** Whether somebody can use this one. */
  public static boolean isAvailable(ResourceView server) {
    return server.active() && server.state().equals("available");
  }

  /**
   * Where this one is, for a client, with its password.
   *
   * @throws java.util.NoSuchElementException where it has not been made yet
   */
  public static Secret url(ResourceView server) {
    return Secret.of(
        "postgres://%s:%s@127.0.0.1:%d/%s"
            .formatted(
                server.get(USERNAME),
                URLEncoder.encode(server.get(PASSWORD).reveal(), StandardCharsets.UTF_8),
                server.get(PORT),
                server.get(DATABASE)));
  }

  private Next<State> creating(Tick<State> t) {
    return t.task(Provision.NAME) == TaskStatus.FINISHED
        ? t.go(AVAILABLE).start(Monitor.NAME).because("it answers")
        : t.stay().ensure(Provision.NAME);
  }

  // The monitor finishes when the postmaster is gone. A person who stops the monitor, to work on
  // the server, starts no repair: that is why stopped and finished are two ends.
  private Next<State> available(Tick<State> t) {
    return t.task(Monitor.NAME) == TaskStatus.FINISHED
        ? t.go(REPAIRING).because("its postmaster is gone")
        : t.stay().ensure(Monitor.NAME);
  }

  // The alarm starts the restart, as often as it may. Until one has seen it answer there is nothing
  // to do but to be judged again.
  private Next<State> repairing(Tick<State> t) {
    return t.availability() == ONLINE
        ? t.go(AVAILABLE).start(Monitor.NAME).because("it answers again")
        : t.stay();
  }

  private static boolean isDown(Snapshot server) {
    return server.task(Monitor.NAME) == TaskStatus.FINISHED && server.availability() != ONLINE;
  }

  private Next<State> deleting(Tick<State> t) {
    return t.task(Takedown.NAME) == TaskStatus.FINISHED
        ? t.finish()
        : t.stay().ensure(Takedown.NAME);
  }

  /** The login that the creator asked for. */
  static Server.Login login(Tick<?> t) {
    return new Server.Login(t.get(DATABASE), t.get(USERNAME), t.get(PASSWORD));
  }
}
