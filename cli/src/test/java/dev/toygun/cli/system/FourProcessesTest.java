package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock, an API and two workers, against one Postgres and one Redis. */
class FourProcessesTest {
  private static final int CHAINS = 1_000;
  private static final int STEPS = 11;
  private static final String MOVES =
      "select count(*) from transitions t join tasks k on k.uuid = t.subject_uuid";
  private static final String DONE =
      "select count(*) from tasks where name = 'walk' and outcome = 'finished' and not active";

  private Fleet fleet;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    fleet = new Fleet(folder);
    fleet.startClock();
    fleet.startWorker("worker-a");
    fleet.startWorker("worker-b");
    fleet.api();
    for (String started : List.of("clock", "worker-a", "worker-b")) {
      fleet.await(started);
    }
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void aWorkerThatIsKilledInTheMiddleLosesAndDoublesNothing() throws Exception {
    makeChains();
    untilInTheMiddle();
    fleet.kill("worker-a");
    everyChainWasWalkedOnce();
  }

  @Test
  void aRedisThatIsEmptiedInTheMiddleLosesAndDoublesNothing() throws Exception {
    makeChains();
    untilInTheMiddle();
    fleet.redis().flushAll();
    everyChainWasWalkedOnce();
  }

  @Test
  void aRedisAndAPostgresThatGoAwayInTheMiddleLoseAndDoubleNothing() throws Exception {
    makeChains();
    untilInTheMiddle();
    fleet.redis().stop();
    fleet.shutDatabase();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              HttpResponse<String> ready = fleet.get("/ready");
              return ready.statusCode() == 503
                  && ready.body().contains("Postgres")
                  && ready.body().contains("Redis");
            });
    assertThat(fleet.get("/v1/types").statusCode()).isEqualTo(503);
    fleet.openDatabase();
    fleet.redis().run();
    everyChainWasWalkedOnce();
  }

  @Test
  void aSecretIsInNoDumpOfPostgresRedisLogsMetricsOrAnswers() throws Exception {
    String made =
        fleet
            .post(
                "/v1/resources/chain",
                "{\"label\":\"one\",\"fields\":{\"token\":\"%s\"}}".formatted(Fleet.canary()))
            .body();
    String uuid = made.replaceAll("(?s).*?\"uuid\"\\s*:\\s*\"([0-9a-f-]{36})\".*", "$1");
    String path = "/v1/resources/chain/" + uuid;
    assertThat(fleet.post(path + "/tasks/leak", "{\"args\":{}}").statusCode()).isEqualTo(202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                fleet.number(DONE) == 1
                    && fleet.number("select count(*) from tasks where state = '__panic__'") == 1);
    List<String> dumps = new ArrayList<>(fleet.dumps());
    dumps.add(made);
    for (String more : List.of(path, path + "/history", path + "/tasks", "/v1/errors")) {
      dumps.add(fleet.get(more).body());
    }
    assertThat(dumps).anyMatch(dump -> dump.contains("cannot log in with password ••••"));
    assertThat(dumps).noneMatch(dump -> dump.contains(Fleet.canary()));
  }

  private void makeChains() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < CHAINS; i++) {
        String body =
            "{\"label\":\"chain-%d\",\"fields\":{\"token\":\"%s\"}}".formatted(i, Fleet.canary());
        answers.add(callers.submit(() -> fleet.post("/v1/resources/chain", body)));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  /** Some are through, and many are not. */
  private void untilInTheMiddle() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> fleet.number(MOVES) > CHAINS);
    assertThat(fleet.number(DONE)).as("still in the middle").isLessThan(CHAINS);
  }

  private void everyChainWasWalkedOnce() throws IOException {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> fleet.number(DONE) == CHAINS);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> fleet.number("select count(*) from resources where state = 'there'") == CHAINS);
    assertThat(fleet.number("select count(*) from tasks where name = 'walk'"))
        .as("runs")
        .isEqualTo(CHAINS);
    assertThat(fleet.number(MOVES)).as("moves").isEqualTo((long) CHAINS * STEPS);
    assertThat(fleet.number(Histories.BROKEN)).as(Histories.BROKEN).isZero();
    assertThat(fleet.number(Histories.BEHIND)).as(Histories.BEHIND).isZero();
    assertThat(
            fleet.number(
                "select count(*) from tasks where name = 'walk'"
                    + " and (attrs ->> 'seen')::int is distinct from 10"))
        .as("chains whose every step was counted once")
        .isZero();
    assertThat(fleet.number("select count(*) from resources where active and due_at is not null"))
        .as("what is still due")
        .isZero();
  }
}
