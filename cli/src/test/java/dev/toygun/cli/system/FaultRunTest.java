package dev.toygun.cli.system;

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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private static final long SEED =
      Long.getLong("toygun.faults.seed", System.currentTimeMillis() % 1_000_000);

  /** Each walks until shortly before the end, if nobody kills anybody. */
  private static final int PATIENTS = LENGTH.toSeconds() < 60 ? 70 : 700;

  private static final Duration ADMITTED = Duration.ofMinutes(4);

  private static final long STEPS = Math.max(4, LENGTH.toSeconds() / 3);

  private final Blows blows = Blows.of(SEED, LENGTH);
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
    fleet.close();
    receiver.close();
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void whateverIsKilledEverythingIsAccountedForAndEverybodyIsTold() throws Exception {
    ScheduledExecutorService hands = Executors.newScheduledThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (Blow blow : blows.blows()) {
        work.add(
            hands.schedule(() -> strike(blow), blow.after().toMillis(), TimeUnit.MILLISECONDS));
      }
      long half = LENGTH.toMillis() / 2;
      for (int i = 0; i < PATIENTS; i++) {
        int n = i;
        work.add(hands.schedule(() -> admit(n), half * i / PATIENTS, TimeUnit.MILLISECONDS));
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      hands.shutdownNow();
    }
    new Recovery(fleet, receiver, PATIENTS, STEPS).isWhole(blows.toString());
  }

  private Void strike(Blow blow) throws Exception {
    Victim victim = blow.victim();
    switch (victim) {
      case REDIS -> {
        fleet.redis().stop();
        stayAway(blow);
        fleet.redis().run();
      }
      case POSTGRES -> {
        postgres.kill();
        stayAway(blow);
        postgres.again();
      }
      case CLOCK -> {
        fleet.kill(victim.process());
        stayAway(blow);
        fleet.startClock();
      }
      case WORKER_A, WORKER_B -> {
        fleet.kill(victim.process());
        stayAway(blow);
        fleet.startWorker(victim.process());
      }
    }
    return null;
  }

  private static void stayAway(Blow blow) throws InterruptedException {
    Thread.sleep(blow.away().toMillis());
  }

  /**
   * A patient comes, once, however often that has to be said. A request whose outcome nobody knows
   * keeps its Idempotency-Key for two minutes.
   */
  private Void admit(int n) throws InterruptedException {
    String body =
        "{\"label\":\"p%d\",\"fields\":{\"ailment\":\"%s\",\"length\":%d}}"
            .formatted(n, Ailment.of(n), STEPS);
    String last = "no answer";
    for (long begun = System.nanoTime(); System.nanoTime() - begun < ADMITTED.toNanos(); ) {
      try {
        HttpResponse<String> answer = fleet.post("/v1/resources/patient", body, "patient-" + n);
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() == 201 || last.contains("\"exists\"")) {
          return null;
        }
        assertThat(answer.statusCode()).as(last).isIn(409, 500, 503);
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(200);
    }
    throw new AssertionError("patient " + n + " was never admitted: " + last);
  }
}
