package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.store.DatabaseUrl;
import dev.toygun.testing.servers.PostgresServer;
import dev.toygun.time.SystemTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServingTest {
  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  new ApiRig(
                      PostgresServer.shared().database(),
                      ApiSettings.local(taken.getLocalPort(), -1)))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageContaining("TOYGUN_PORT");
    }
  }

  @Test
  void metricsAreOnAPortOfTheirOwn() {
    try (ApiRig rig = new ApiRig().withType()) {
      rig.as(Role.VIEWER).get("/v1/types").expect(200);
      String metrics = new Http(rig.api.metricsPort(), null).raw("/metrics").text();
      assertThat(metrics)
          .contains("toygun_http_seconds_count{operation=\"listTypes\",status=\"200\"}");
      rig.as(Role.VIEWER).get("/metrics").problem(404, "no_such_path");
    }
  }

  @Test
  void withoutTablesItIsNotReadyAndSaysWhatToDo() {
    try (ApiRig rig = new ApiRig(PostgresServer.shared().empty(), ApiSettings.local(0, -1))) {
      JsonObject ready = new Http(rig.api.port(), null).get("/ready").expect(503).body();
      assertThat(ready.getJsonArray("reasons").getString(0)).contains("Postgres", "toygun migrate");
    }
  }

  @Test
  void withoutPostgresItAnswersAtOnceThatItCannot() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    DatabaseUrl nowhere =
        DatabaseUrl.parse("postgresql://u:hush@127.0.0.1:" + port + "/x?sslmode=disable");
    try (ApiRig rig = new ApiRig(nowhere, ApiSettings.local(0, -1))) {
      Http http = new Http(rig.api.port(), "toygun_aaaaaaaaaaaa_" + "A".repeat(43));
      http.get("/health").expect(200);
      JsonObject ready = http.get("/ready").expect(503).body();
      assertThat(ready.getJsonArray("reasons")).containsExactly("Postgres: does not answer");
      Http.Reply reply = http.get("/v1/types").problem(503, "unavailable", "/ready");
      assertThat(reply.header("Retry-After")).isNotEmpty();
      assertThat(reply.text()).doesNotContain("hush").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void aPostgresThatTakesCallsAndSaysNothingIsToldApartFromAFaultOfOurs() throws IOException {
    // The kernel completes the connection; nobody ever accepts it.
    ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://u:hush@127.0.0.1:" + silent.getLocalPort() + "/x?sslmode=disable");
    try (ApiRig rig = new ApiRig(url, ApiSettings.local(0, -1))) {
      Http http = new Http(rig.api.port(), "toygun_aaaaaaaaaaaa_" + "A".repeat(43));
      http.get("/v1/types").problem(503, "unavailable", "/ready");
      silent.close(); // Else the rig waits for what will never come.
    }
  }

  @Test
  void everythingThatIsMissingIsListedAndWhatHangsIsNotWaitedFor() {
    Vertx vertx = Vertx.vertx();
    try {
      Readiness readiness =
          new Readiness(
              List.of(
                  new Need("Postgres", Future::succeededFuture),
                  new Need("Redis", () -> Future.failedFuture("does not answer")),
                  new Need("Clock", () -> Promise.<Void>promise().future())),
              new SystemTime(vertx));
      Contract.Operation ready =
          Contract.load().operations().stream()
              .filter(o -> o.id().equals("ready"))
              .findFirst()
              .orElseThrow();
      Call call =
          new Call(
              ready, null, "", "", "", Map.of(), null, null, null, new JsonObject(), false, false);
      Answer answer = ApiRig.await(readiness.ready(call));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(Objects.requireNonNull(answer.body()).getJsonArray("reasons"))
          .containsExactly("Redis: does not answer", "Clock: does not answer");
    } finally {
      ApiRig.await(vertx.close());
    }
  }

  @Test
  void aDatabaseThatGoesAwayAndComesBackIsServedAgain() {
    try (ApiRig rig = new ApiRig().withType()) {
      Http http = rig.as(Role.VIEWER);
      http.get("/v1/types").expect(200);
      PostgresServer.execute(
          rig.other(), "alter database " + rig.url.database() + " with allow_connections false");
      PostgresServer.execute(
          rig.other(),
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
              .formatted(rig.url.database()));
      Http.Reply down = http.get("/v1/alarms");
      assertThat(down.status()).as(down.text()).isEqualTo(503);
      PostgresServer.execute(
          rig.other(), "alter database " + rig.url.database() + " with allow_connections true");
      http.get("/v1/alarms").expect(200);
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToTryAgain() {
    ApiSettings strict =
        new ApiSettings(
            "127.0.0.1",
            0,
            -1,
            Duration.ofSeconds(30),
            0.01,
            3,
            Duration.ofSeconds(15),
            Optional.empty(),
            Optional.empty());
    try (ApiRig rig = new ApiRig(PostgresServer.shared().database(), strict)) {
      Http http = rig.as(Role.VIEWER);
      for (int i = 0; i < 3; i++) {
        http.get("/v1/types").expect(200);
      }
      Http.Reply reply = http.get("/v1/types").problem(429, "too_many_requests", "try again");
      assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
      rig.as(Role.VIEWER).get("/v1/types").expect(200);
      http.get("/health").expect(200);
    }
  }

  @Test
  void guessesAreSlowedDownAndDoNotFillTheAudit() {
    try (ApiRig rig = new ApiRig()) {
      Http guess = new Http(rig.api.port(), "guess");
      int refused = 0;
      for (int i = 0; i < 150; i++) {
        refused += guess.get("/v1/types").status() == 429 ? 1 : 0;
      }
      assertThat(refused).isGreaterThan(20);
      assertThat(rig.rows("select 1 from audit where not allowed")).hasSizeLessThan(130);
      rig.as(Role.VIEWER).get("/v1/types").expect(200);
    }
  }

  @Test
  void whoGuessesTooOftenDoesNotReachTheDatabaseAndKeysFromTheSamePlaceStillWork() {
    try (ApiRig rig = new ApiRig()) {
      Http viewer = rig.as(Role.VIEWER);
      viewer.get("/v1/types").expect(200);
      rig.statements.clear();
      for (int i = 0; i < 250; i++) {
        viewer.as(KeyText.make(new SystemTime(rig.vertx)).reveal()).get("/v1/types");
      }
      assertThat(rig.statements.sentWith("k.hash")).isBetween(100L, 150L);
      viewer.get("/v1/types").expect(200);
      Http other = rig.as(Role.VIEWER);
      other.get("/v1/types");
      rig.until(() -> other.get("/v1/types").status() == 200);
    }
  }

  @Test
  void anAnswerAllowsABrowserNothing() {
    try (ApiRig rig = new ApiRig()) {
      Http.Reply reply =
          rig.as(Role.VIEWER)
              .get(
                  "/openapi.json",
                  "traceparent",
                  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
              .expect(200);
      assertThat(reply.header("Trace-Id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.header("Set-Cookie")).isEmpty();
      assertThat(reply.header("Server")).isEmpty();
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }
}
