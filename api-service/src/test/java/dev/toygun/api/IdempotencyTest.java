package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {
  private static final String KEY = "Idempotency-Key";
  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static JsonObject unlabelled() {
    JsonObject body = ResourcesTest.server("x");
    body.remove("label");
    return body;
  }

  @Test
  void theSameRequestHearsTheSameAnswer() {
    Http.Reply first = http.post("/v1/resources/server", unlabelled(), KEY, "a").expect(201);
    Http.Reply second = http.post("/v1/resources/server", unlabelled(), KEY, "a").expect(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void aProblemIsRepeatedToo() {
    JsonObject body = ResourcesTest.server("there");
    http.post("/v1/resources/server", body).expect(201);
    http.post("/v1/resources/server", body, KEY, "b").problem(409, "exists");
    rig.execute("delete from resources where label = 'there'");
    http.post("/v1/resources/server", body, KEY, "b").problem(409, "exists");
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    http.post("/v1/resources/server", unlabelled(), KEY, "c").expect(201);
    http.post("/v1/resources/server", ResourcesTest.server("other"), KEY, "c")
        .problem(422, "idempotency_key_reused", "'c'");
  }

  @Test
  void theKeysOfTwoCallersAreTheirOwn() {
    String first = http.post("/v1/resources/server", unlabelled(), KEY, "d").expect(201).uuid();
    Http other = rig.as(Role.OPERATOR);
    assertThat(other.post("/v1/resources/server", unlabelled(), KEY, "d").expect(201).uuid())
        .isNotEqualTo(first);
  }

  @Test
  void concurrentRequestsMakeOneResource() {
    String body = unlabelled().put("reason", "at once").encode();
    List<CompletableFuture<Http.Reply>> all =
        IntStream.range(0, 20)
            .mapToObj(i -> http.later("POST", "/v1/resources/server", body, KEY, "e"))
            .toList();
    List<Http.Reply> replies = all.stream().map(CompletableFuture::join).toList();
    assertThat(replies).extracting(Http.Reply::status).containsOnly(201, 409);
    replies.stream()
        .filter(r -> r.status() == 409)
        .forEach(r -> r.problem(409, "in_progress", "'e'"));
    assertThat(replies.stream().filter(r -> r.status() == 201).map(Http.Reply::uuid).distinct())
        .hasSize(1);
    assertThat(rig.rows("select 1 from audit where reason = 'at once'")).hasSize(1);
  }

  @Test
  void aKeyThatCannotBeReleasedAtOnceIsReleasedLater() {
    rig.execute(
        """
        create function broken() returns trigger language plpgsql as
          $$ begin raise exception 'broken'; end $$;
        create trigger broken before insert on resources for each row
          when (new.label = 'ill') execute function broken();
        create trigger kept before delete on idempotency_keys for each row
          when (old.key = 'g') execute function broken();
        """);
    JsonObject body = ResourcesTest.server("ill");
    http.post("/v1/resources/server", body, KEY, "g").problem(500, "internal");
    http.post("/v1/resources/server", body, KEY, "g").problem(409, "in_progress");
    rig.execute("drop trigger kept on idempotency_keys; drop trigger broken on resources");
    Http.Reply reply =
        Awaitility.await("the key's release")
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> http.post("/v1/resources/server", body, KEY, "g"), it -> it.status() != 409);
    assertThat(reply.status()).as("%s", reply.text()).isEqualTo(201);
  }

  /** As a process leaves it that dies after it has carried out the request. */
  private void dies(String key) {
    rig.execute(
        "update idempotency_keys set status = null, headers = null, body = null where key = '%s'"
            .formatted(key));
  }

  private void twoMinutesLater() {
    rig.execute("update idempotency_keys set expires_at = now() - interval '1 s'");
  }

  @Test
  void aClaimWhoseProcessDiedBeforeItDidAnythingIsTakenOverLater() {
    String first = http.post("/v1/resources/server", unlabelled(), KEY, "f").expect(201).uuid();
    dies("f");
    rig.execute("delete from resources where uuid = '%s'".formatted(first));
    http.post("/v1/resources/server", unlabelled(), KEY, "f").problem(409, "in_progress");
    twoMinutesLater();
    assertThat(http.post("/v1/resources/server", unlabelled(), KEY, "f").expect(201).uuid())
        .isEqualTo(first);
  }

  @Test
  void whatWasMadeBeforeTheAnswerWasLostIsNotMadeAgain() {
    String server = http.post("/v1/resources/server", unlabelled(), KEY, "h").expect(201).uuid();
    String path = "/v1/resources/server/" + server;
    JsonObject reason = new JsonObject().put("reason", "once");
    String run = http.post(path + "/tasks/monitor", new JsonObject(), KEY, "i").expect(202).uuid();
    String hold = http.post(path + ":hold", reason, KEY, "j").expect(201).uuid();
    http.post("/v1/holds/" + hold + ":release", new JsonObject()).expect(200);
    JsonObject poke = new JsonObject().put("type", "poke");
    String signal = http.post("/v1/tasks/" + run + ":signal", poke, KEY, "k").expect(202).uuid();
    for (String key : List.of("h", "i", "j", "k")) {
      dies(key);
    }
    twoMinutesLater();
    http.post("/v1/resources/server", unlabelled(), KEY, "h").problem(409, "carried_out", server);
    http.post(path + "/tasks/monitor", new JsonObject(), KEY, "i")
        .problem(409, "carried_out", "run " + run);
    http.post(path + ":hold", reason, KEY, "j").problem(409, "carried_out", "hold " + hold);
    http.post("/v1/tasks/" + run + ":signal", poke, KEY, "k")
        .problem(409, "carried_out", "signal " + signal);
    assertThat(rig.rows("select 1 from signals where subject_uuid = '%s'".formatted(run)))
        .hasSize(1);
    http.post("/v1/tasks/" + run + ":signal", poke, KEY, "k").problem(409, "carried_out");
  }
}
