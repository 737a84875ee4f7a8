package dev.toygun.cli.system;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.system.Blows.Blow;
import dev.toygun.cli.system.Blows.Victim;
import dev.toygun.cli.system.Patient.Ailment;
import dev.toygun.standalone.MortalPostgres;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Migrations;
import dev.toygun.testing.servers.Receiver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers, the clock, Redis and Postgres are killed at random while many tasks run, panic and raise
 * alarms. At the end everything is accounted for, and whatever should have been told was.
 *
 * <p>{@code -Dtoygun.faults.seconds=180} makes it long, {@code -Dtoygun.faults.seed=…} is the seed
 * of an earlier run: the same blows at the same times.
 */
class FaultRunTest {
  private static final String SECRET = "canary-0123456789";
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("toygun.faults.seconds", 15));
  private static final long SEED = Long.getLong("toygun.faults.seed", 2);

  /** Each walks until shortly before the end, if nobody kills anybody. */
  private static final int PATIENTS = LENGTH.toSeconds() < 60 ? 70 : 700;

  private static final Duration ADMITTED = Duration.ofMinutes(1);

  private static final long STEPS = Math.max(4, LENGTH.toSeconds() / 3);

  private final Blows blows = Blows.of(SEED, LENGTH);
  private final Map<Victim, ScheduledExecutorService> hands = new EnumMap<>(Victim.class);
  private final ScheduledExecutorService door = Executors.newScheduledThreadPool(8);
  private MortalPostgres postgres;
  private Fleet fleet;
  private Receiver receiver;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    System.out.println("Faults, " + blows);
    receiver = new Receiver();
    postgres = MortalPostgres.start(folder.resolve("postgres"));
    DatabaseUrl database = DatabaseUrl.parse(postgres.url() + "?sslmode=disable");
    Migrations.migrate(database);
    fleet = new Fleet(folder, database, postgres);
    fleet.setting("TOYGUN_SINK_NETWORKS", "127.0.0.0/8");
    fleet.startClock();
    fleet.startWorker("worker-a");
    fleet.startWorker("worker-b");
    fleet.api();
    fleet.await("worker-a");
    fleet.sink(receiver, SECRET, "info");
  }

  @AfterEach
  void stop() throws Exception {
    door.shutdownNow();
    hands.values().forEach(ScheduledExecutorService::shutdownNow);
    fleet.close();
    receiver.close();
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void whateverIsKilledEverythingIsAccountedForAndEverybodyIsTold() throws Exception {
    long begun = System.nanoTime();
    List<Future<?>> work = new ArrayList<>(blows());
    long half = LENGTH.toMillis() / 2;
    for (int i = 0; i < PATIENTS; i++) {
      int n = i;
      work.add(door.schedule(() -> admit(n), half * i / PATIENTS, TimeUnit.MILLISECONDS));
    }
    for (Future<?> each : work) {
      each.get();
    }
    long struck = System.nanoTime();
    new Recovery(fleet, receiver, PATIENTS, STEPS).isWhole(blows.toString());
    System.out.printf(
        "Faults: over after %d s, whole after %d s more%n",
        TimeUnit.NANOSECONDS.toSeconds(struck - begun),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - struck));
  }

  /** One hand for each victim, so that it comes back before it is hit again. */
  private List<Future<?>> blows() {
    List<Future<?>> work = new ArrayList<>();
    for (Blow blow : blows.blows()) {
      ScheduledExecutorService hand =
          hands.computeIfAbsent(blow.victim(), who -> Executors.newSingleThreadScheduledExecutor());
      work.add(hand.schedule(() -> kill(blow.victim()), blow.after().toMillis(), MILLISECONDS));
      work.add(hand.schedule(() -> revive(blow.victim()), blow.back().toMillis(), MILLISECONDS));
    }
    return work;
  }

  private Void kill(Victim victim) throws Exception {
    switch (victim) {
      case REDIS -> fleet.redis().stop();
      case POSTGRES -> postgres.kill();
      case CLOCK, WORKER_A, WORKER_B -> fleet.kill(victim.process());
    }
    return null;
  }

  private Void revive(Victim victim) throws Exception {
    switch (victim) {
      case REDIS -> fleet.redis().run();
      case POSTGRES -> postgres.again();
      case CLOCK -> fleet.startClock();
      case WORKER_A, WORKER_B -> fleet.startWorker(victim.process());
    }
    return null;
  }

  /** A patient comes, once, however often that has to be said: its label is its own. */
  private void admit(int n) {
    String body =
        "{\"label\":\"p%d\",\"fields\":{\"ailment\":\"%s\",\"length\":%d}}"
            .formatted(n, Ailment.of(n), STEPS);
    Awaitility.await("patient " + n + " is admitted")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .atMost(ADMITTED)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> isAdmitted(fleet.post("/v1/resources/patient", body)));
  }

  private static boolean isAdmitted(HttpResponse<String> answer) {
    String said = answer.statusCode() + " " + answer.body();
    assertThat(answer.statusCode()).as(said).isIn(201, 409, 500, 503);
    return answer.statusCode() == 201 || said.contains("\"exists\"");
  }
}
