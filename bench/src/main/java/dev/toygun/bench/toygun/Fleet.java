package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.bench.Contestant.Role;
import dev.toygun.bench.House;
import dev.toygun.bench.Sql;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.Ports;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Migrations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker and a clock, each a process, on a database of their own; and ground for a client. */
final class Fleet implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Deque<Closing> opened = new ArrayDeque<>();
  private final Map<Role, List<Long>> processes = new EnumMap<>(Role.class);
  private final House house;
  private final DatabaseUrl database;
  private final Map<String, String> environment;
  private final Deque<Worker> workers = new ArrayDeque<>();
  private final Sql sql;
  private final Ground ground;
  private @Nullable Api api;

  private interface Closing {
    void close() throws Exception;
  }

  private Fleet(House house) throws Exception {
    this.house = house;
    this.database = house.create("toygun");
    opened.push(() -> house.drop(database));
    try {
      this.environment = house.environment(database);
      Migrations.migrate(database);
      workers(1);
      start(Role.CLOCK, "dev.toygun.clock.ClockService", environment, 0);
      processes.put(Role.CLIENT, List.of(ProcessHandle.current().pid()));
      this.sql = Sql.connect(database);
      opened.push(sql::close);
      this.ground = Ground.open("bench", Config.read(environment, List.of()), Ground.Queues.REDIS);
      opened.push(() -> Launcher.wait(ground.close(), START));
      Launcher.wait(ground.solid(), START);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Starts all of it, and returns once the worker and the clock are at work. */
  static Fleet start(House house) throws Exception {
    return new Fleet(house);
  }

  private ServiceProcess start(Role role, String main, Map<String, String> environment, int answers)
      throws Exception {
    ServiceProcess process =
        ServiceProcess.start(
            role.name().toLowerCase(java.util.Locale.ROOT),
            main,
            house.folder(),
            environment,
            answers);
    opened.push(process::close);
    processes.merge(
        role,
        List.of(process.pid()),
        (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
    return process.await();
  }

  /** A worker, and where it tells what its steps have counted. */
  private record Worker(ServiceProcess process, int tally) {}

  /** From here on there are so many workers. */
  void workers(int many) throws Exception {
    while (workers.size() > many) {
      Worker last = workers.pop();
      last.process().close();
      long pid = last.process().pid();
      processes.computeIfPresent(
          Role.WORKER, (role, pids) -> pids.stream().filter(one -> one != pid).toList());
    }
    while (workers.size() < many) {
      int port = Ports.free();
      Map<String, String> own = new HashMap<>(environment);
      own.put(Keys.WORKER_ID.name(), "bench-worker-" + (workers.size() + 1));
      own.put(Tally.PORT, String.valueOf(port));
      workers.push(new Worker(start(Role.WORKER, "dev.toygun.worker.WorkerService", own, 0), port));
    }
  }

  /** Its processes, this one as its client. */
  Map<Role, List<Long>> processes() {
    return Map.copyOf(processes);
  }

  /** Stops the clock in its tracks, until it is thawed. */
  void freezeClock() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets the clock go on. */
  void thawClock() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException, InterruptedException {
    String pid = String.valueOf(Objects.requireNonNull(processes.get(Role.CLOCK)).get(0));
    new ProcessBuilder("kill", which, pid).inheritIO().start().waitFor();
  }

  /** A connection to its database, to look at rows. */
  Sql sql() {
    return sql;
  }

  /** What a client of it stands on. */
  Ground ground() {
    return ground;
  }

  /** A client of its API, whose process is started when it is asked for. */
  Api api() throws Exception {
    if (api == null) {
      int port = Ports.free();
      Map<String, String> own = new HashMap<>(environment);
      own.put(Keys.PORT.name(), String.valueOf(port));
      start(Role.API, "dev.toygun.api.ApiService", own, port);
      api = Api.on(ground, port);
    }
    return api;
  }

  /**
   * Whether a worker has any resource in hand, or will have: a ticket that came late is one too.
   */
  boolean inHand() throws IOException {
    return house.redis().keys("*list:" + Stock.SERVED + "*") > 0
        || house.redis().keys("*leases:*") > 0;
  }

  /** What the steps have counted since this was asked last. */
  JsonNode tally() throws IOException {
    return Tally.ask(workers.getFirst().tally());
  }

  /** From here on checks of the first worker fail: of all tasks that {@link Breakdown} names. */
  void breaks() throws IOException {
    Tally.ask(workers.getFirst().tally(), Tally.BREAKS);
  }

  /** How often all workers have run a step since any of them was asked last. */
  long executions() throws IOException {
    long executions = 0;
    for (Worker worker : workers) {
      executions += Tally.ask(worker.tally()).path("executions").asLong();
    }
    return executions;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        first = first == null ? new IOException("while stopping", e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
