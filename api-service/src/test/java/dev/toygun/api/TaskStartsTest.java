package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.TypeDefinition;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A start in whose way nothing stands is one flight, and is answered as any other is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskStartsTest {
  private static final String MONITOR = "/tasks/monitor";
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

  private String server(String label) {
    return http.post("/v1/resources/server", ResourcesTest.server(label))
        .expect(201)
        .header("Location");
  }

  private static String uuid(String at) {
    return at.substring(at.lastIndexOf('/') + 1);
  }

  private static JsonObject args() {
    return new JsonObject()
        .put("args", new JsonObject().put("password", "canary-9a").put("count", 3))
        .put("reason", "because");
  }

  /** Another task of it waits, so that the start is judged. */
  private void waits(String at) {
    rig.execute(
        """
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, waits, started_by, cause)
        values ('%s', gen_random_uuid(), '__start__', 1, 'server', 1, 'watch', 1, true, 'test', 'api')
        """
            .formatted(uuid(at)));
  }

  /** What the audit has of starts of a resource: everything but when, where and on which trace. */
  private List<String> audited(String at) {
    return rig.rows(
        """
        select (to_jsonb(a) - '{seq,at,resource_uuid,target,trace}'::text[])::text
               || (resource_uuid = '%s') || (target like '%s%%') || (length(trace) = 32)
          from audit a where action = 'startTask' and target like '%%%s%%' order by seq
        """
            .formatted(uuid(at), at, uuid(at)));
  }

  @Test
  void itIsOneStatement() {
    String warm = server("warm");
    String at = server("one flight");
    http.post(warm + MONITOR).expect(202);
    rig.statements.clear();
    http.post(at + MONITOR, args()).expect(202);
    assertThat(rig.statements.sent()).hasSize(1);
    assertThat(rig.statements.sent().get(0)).contains("INSERT INTO tasks", "INSERT INTO audit");
  }

  @Test
  void itIsAnsweredAndAuditedAsAJudgedOneIs() {
    String plain = server("plain");
    String judged = server("judged");
    waits(judged);
    for (String at : List.of(plain, judged)) {
      rig.announced.clear();
      Http.Reply begun = http.post(at + MONITOR, args()).expect(202);
      Http.Reply read = http.get("/v1/tasks/" + begun.uuid()).expect(200);
      JsonObject body = begun.body();
      assertThat(body.remove("already_running")).isEqualTo(false);
      assertThat(body.encode()).isEqualTo(read.body().encode());
      assertThat(begun.header("ETag")).isEqualTo(read.header("ETag"));
      assertThat(begun.text()).doesNotContain("canary");
      assertThat(rig.announced)
          .extracting(woken -> woken.key().uuid().toString())
          .contains(begun.uuid(), uuid(at));
    }
    assertThat(audited(plain)).hasSize(1).isEqualTo(audited(judged));
    assertThat(audited(plain).get(0))
        .contains("202", "because", "key:operator-", "\"operator\"", "truetruetrue");
  }

  @Test
  void whatIsInItsWayIsToldAsEverAndAuditedOnce() {
    String active = server("active");
    http.post(active + MONITOR).expect(202);
    rig.execute("delete from audit");
    assertThat(http.post(active + MONITOR).expect(200).body().getBoolean("already_running"))
        .isTrue();
    assertAudited(active, 200);

    String unknown = "/v1/resources/server/" + UUID.randomUUID();
    http.post(unknown + MONITOR).problem(404, "not_found", "there is no server");
    assertAudited(unknown, 404);

    String task = server("task");
    http.post(task + "/tasks/dance").problem(404, "unknown_task", "dance", "monitor");
    assertAudited(task, 404);

    String reserved = server("reserved");
    http.post(reserved + "/tasks/__start__").problem(409, "reserved", "__start__");
    assertAudited(reserved, 409);

    String internal = server("internal");
    http.post(internal + "/tasks/wipe").problem(409, "internal", "wipe", "only its resource");
    assertAudited(internal, 409);

    String wrong = server("wrong");
    http.post(wrong + MONITOR, new JsonObject().put("args", new JsonObject().put("count", "x")))
        .problem(422, "invalid")
        .pointsAt("/args/count", "whole number");
    assertAudited(wrong, 422);

    String deleting = server("deleting");
    http.delete(deleting).expect(202);
    http.post(deleting + MONITOR).problem(409, "deleting", "taken down");
    assertAudited(deleting, 409);

    String ended = server("ended");
    rig.execute(
        "update resources set active = false, state = '__stop__', step = 1, due_at = null, every_s = null, bucket = null, deadline_at = null, ended_at = now() where uuid = '%s'"
            .formatted(uuid(ended)));
    http.post(ended + MONITOR).problem(409, "ended", "has ended");
    assertAudited(ended, 409);

    String abandoned = server("abandoned");
    rig.as(Role.ADMIN)
        .post(abandoned + ":abandon", new JsonObject().put("reason", "lost"))
        .expect(202);
    http.post(abandoned + MONITOR).problem(409, "deleting", "abandoned");
    assertAudited(abandoned, 409);
  }

  private void assertAudited(String at, int status) {
    assertThat(audited(at)).hasSize(1);
    assertThat(audited(at).get(0)).contains("\"status\": " + status + ",");
  }

  @Test
  void whatIsPanickedOrHeldIsStartedAllTheSame() {
    String panicked = server("panicked");
    rig.execute(
        "update resources set state = '__panic__', step = 1, resume = 'watched', due_at = null where uuid = '%s'"
            .formatted(uuid(panicked)));
    String held = server("held");
    http.post(held + ":hold", new JsonObject().put("reason", "moving it")).expect(201);
    for (String at : List.of(panicked, held)) {
      Http.Reply begun = http.post(at + MONITOR).expect(202);
      assertThat(begun.body().getInteger("run")).isEqualTo(1);
      assertAudited(at, 202);
    }
  }

  @Test
  void aResourceOfAnotherTypeIsNotFoundUnderThisOne() {
    TypeDefinition server = ServerType.definition();
    ApiRig.await(rig.store.publish(List.of(named(server, "host", 1)), "build-1"));
    String at = server("typed");
    http.post("/v1/resources/host/" + uuid(at) + MONITOR)
        .problem(404, "not_found", "there is no host", "but there is " + at);
    http.post("/v1/resources/none/" + uuid(at) + MONITOR).problem(404, "unknown_type", "none");
    assertThat(rig.rows("select 1 from tasks where resource_uuid = '" + uuid(at) + "'")).isEmpty();
  }

  @Test
  void aResourceOfAnOlderVersionStartsWhatThatVersionHas() {
    TypeDefinition server = ServerType.definition();
    ApiRig.await(rig.store.publish(List.of(named(server, "old", 1)), "build-1"));
    String at =
        http.post("/v1/resources/old", ResourcesTest.server("old")).expect(201).header("Location");
    ApiRig.await(rig.store.publish(List.of(named(server, "old", 2)), "build-2"));
    rig.until(() -> http.get("/v1/types/old").body().getInteger("version") == 2);
    Http.Reply begun = http.post(at + MONITOR).expect(202);
    assertThat(begun.body().getInteger("schema_version")).isEqualTo(1);
    assertThat(audited(at)).hasSize(1);
  }

  private static TypeDefinition named(TypeDefinition type, String name, int version) {
    JsonObject json = JsonObject.mapFrom(type).put("name", name).put("version", version);
    return json.mapTo(TypeDefinition.class);
  }

  @Test
  void underAnIdempotencyKeyItIsBegunAndAuditedOnce() {
    String at = server("keyed");
    Http.Reply first = http.post(at + MONITOR, args(), "Idempotency-Key", "k").expect(202);
    Http.Reply again = http.post(at + MONITOR, args(), "Idempotency-Key", "k").expect(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(audited(at)).hasSize(1);
  }

  @Test
  void whatIsOnlyValidatedIsNotBegun() {
    String at = server("validated");
    assertThat(
            http.post(at + MONITOR + "?validate_only=true").expect(200).body().getBoolean("valid"))
        .isTrue();
    assertThat(http.get(at + "/tasks").body().getJsonArray("items")).isEmpty();
    assertThat(audited(at)).isEmpty();
  }

  @Test
  void whatNobodyKnowsTheEndOfIsAuditedAsTheCallerWasTold() throws Exception {
    String at = server("cut off");
    DatabaseUrl url = rig.url;
    try (Connection other = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // It is there, and no lock of its resource is held: the start waits for what becomes of it.
      statement.execute(
          """
          insert into tasks (resource_uuid, uuid, name, run, type, schema_version, started_by, cause)
          values ('%s', gen_random_uuid(), 'monitor', 1, 'server', 1, 'test', 'api')
          """
              .formatted(uuid(at)));
      CompletableFuture<Http.Reply> start = http.later("POST", at + MONITOR, "{}");
      String blocked =
          "select pid from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0 and datname = current_database()";
      rig.until(() -> !rig.rows(blocked).isEmpty());
      rig.rows("select pg_terminate_backend(pid) from (%s) as b".formatted(blocked));
      assertThat(start.join().status()).isEqualTo(503);
      other.rollback();
    }
    assertAudited(at, 503);
    assertThat(http.get(at + "/tasks").body().getJsonArray("items")).isEmpty();
  }
}
