package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.Codec;
import dev.toygun.store.SignalRow;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasksTest {
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

  private String trigger(String at) {
    return http.get(at)
        .expect(200)
        .body()
        .getJsonArray("tasks")
        .getJsonObject(0)
        .getString("trigger");
  }

  private void seen(String at, boolean starts, boolean stops, String fault) {
    UUID uuid = UUID.fromString(at.substring(at.lastIndexOf('/') + 1));
    rig.execute(
        "INSERT INTO triggers VALUES ('%s', 'monitor', %s, %s, 0, %s)"
                .formatted(uuid, starts, stops, fault)
            + " ON CONFLICT (resource_uuid, name) DO UPDATE SET starts = excluded.starts,"
            + " stops = excluded.stops, fault = excluded.fault");
  }

  @Test
  void aTaskThatStartsByItselfSaysWhyItHasNot() {
    String at = server("triggered");
    assertThat(trigger(at)).isEqualTo("not started because the resource is being made");
    rig.execute("UPDATE resources SET state = 'watched', step = 1 WHERE label = 'triggered'");
    assertThat(trigger(at)).contains("its startWhen was false when it was last judged");
    seen(at, false, true, "NULL");
    assertThat(trigger(at)).isEqualTo("not started because its stopWhen is true");
    seen(at, true, false, "NULL");
    assertThat(trigger(at))
        .isEqualTo("started as its startWhen turned true: again once that has been false");
    seen(at, true, false, "'its condition threw Oops'");
    assertThat(trigger(at)).isEqualTo("not started because its condition threw Oops");
    seen(at, false, false, "NULL");
    Http.Reply run = http.post(at + "/tasks/monitor").expect(202);
    assertThat(trigger(at)).isEqualTo("not started because it runs already");
    http.post("/v1/tasks/" + run.uuid() + ":stop").expect(202);
    rig.execute(
        "UPDATE tasks SET active = false, state = '__stop__', outcome = 'stopped', ended_at = now() WHERE uuid = '"
            + run.uuid()
            + "'");
    assertThat(trigger(at)).contains("it was stopped").contains("by hand");
    assertThat(http.get("/v1/types/server").body().getJsonArray("tasks").getJsonObject(0))
        .contains(
            java.util.Map.entry("starts_when", true), java.util.Map.entry("stops_when", true));
  }

  private static JsonObject schedule(Http.Reply shown, int task) {
    return shown
        .expect(200)
        .body()
        .getJsonArray("tasks")
        .getJsonObject(task)
        .getJsonObject("schedule");
  }

  @Test
  void aTaskWithAScheduleTellsWhenItStartsNext() {
    String at = server("scheduled");
    JsonObject hourly =
        new JsonObject()
            .put("every", 3600)
            .putNull("cron")
            .putNull("zone")
            .put("missed", "once")
            .put("jitter", 60);
    assertThat(schedule(http.get("/v1/types/server"), 0)).isEqualTo(hourly);
    assertThat(schedule(http.get("/v1/types/server"), 1)).isNull();
    JsonObject shown = hourly.copy().putNull("next_at").putNull("last_at").put("note", "");
    assertThat(schedule(http.get(at), 0)).isEqualTo(shown);
    rig.execute(
        """
        UPDATE schedules SET next_at = '2026-03-01 10:00:00Z', last_at = '2026-03-01 08:00:00Z',
                             note = 'left out at 2026-03-01T09:00:00Z: run 1 was active'
        """);
    shown
        .put("next_at", "2026-03-01T10:00:00Z")
        .put("last_at", "2026-03-01T08:00:00Z")
        .put("note", "left out at 2026-03-01T09:00:00Z: run 1 was active");
    assertThat(schedule(http.get(at), 0)).isEqualTo(shown);
    assertThat(schedule(http.get(at), 1)).isNull();
  }

  @Test
  void aTaskIsStartedOnceAndTheRunningOneIsReturned() {
    String at = server("once");
    JsonObject args =
        new JsonObject()
            .put("args", new JsonObject().put("count", 3).put("password", "canary-9a"))
            .put("reason", "because");
    Http.Reply first = http.post(at + "/tasks/monitor", args).expect(202);
    assertThat(first.body().getBoolean("already_running")).isFalse();
    assertThat(first.body().getJsonObject("args").getInteger("count")).isEqualTo(3);
    assertThat(first.text()).contains("••••").doesNotContain("canary");
    Http.Reply second = http.post(at + "/tasks/monitor").expect(200);
    assertThat(second.body().getBoolean("already_running")).isTrue();
    assertThat(second.uuid()).isEqualTo(first.uuid());
    assertThat(http.get(at + "/tasks").expect(200).body().getJsonArray("items")).hasSize(1);
    assertThat(http.get(at).body().getJsonArray("tasks").getJsonObject(0).getString("why_not"))
        .isEqualTo("it runs already");
  }

  @Test
  void whatARunWasNotGivenReadsItsInitialValueAndIsNotStored() {
    Http.Reply run = http.post(server("plain") + "/tasks/monitor").expect(202);
    assertThat(run.body().getJsonObject("fields").getInteger("count")).isZero();
    assertThat(run.body().getJsonObject("args").getInteger("count")).isZero();
    assertThat(rig.rows("select attrs::text || args from tasks where uuid = '" + run.uuid() + "'"))
        .containsExactly("{}{}");
  }

  @Test
  void fiftyConcurrentStartsMakeOneRun() {
    String at = server("fifty");
    List<CompletableFuture<Http.Reply>> all =
        IntStream.range(0, 50)
            .mapToObj(i -> http.later("POST", at + "/tasks/monitor", "{}"))
            .toList();
    List<Http.Reply> replies = all.stream().map(CompletableFuture::join).toList();
    assertThat(replies).extracting(Http.Reply::status).containsOnly(200, 202);
    assertThat(replies).filteredOn(r -> r.status() == 202).hasSize(1);
    assertThat(replies.stream().map(Http.Reply::uuid).distinct()).hasSize(1);
  }

  @Test
  void aStoppedRunHasAHistoryThatSaysWhoAndWhy() {
    String at = server("stopped");
    String task = http.post(at + "/tasks/monitor").expect(202).uuid();
    JsonObject because = new JsonObject().put("reason", "maintenance");
    Http.Reply stopped = http.post("/v1/tasks/" + task + ":stop", because).expect(202);
    assertThat(stopped.body().getString("state")).isEqualTo("__exit__");
    assertThat(stopped.body().getString("outcome")).isEqualTo("stopped");
    JsonObject move =
        http.get("/v1/tasks/" + task + "/history")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(move.getString("from")).isEqualTo("__new__");
    assertThat(move.getString("cause")).isEqualTo("api");
    assertThat(move.getString("actor")).startsWith("key:operator-");
    assertThat(move.getString("message")).contains("maintenance");
  }

  @Test
  void anAbortedRunHasEndedAndTakesNothingMore() {
    String at = server("aborted");
    String task = "/v1/tasks/" + http.post(at + "/tasks/monitor").expect(202).uuid();
    http.post(task + ":abort").expect(202);
    Http.Reply ended = http.post(task + ":abort").expect(202);
    assertThat(ended.body().getString("status")).isEqualTo("aborted");
    for (String verb : List.of(":stop", ":abort", ":retry")) {
      http.post(task + verb).problem(409, "ended", "task");
    }
    http.post(task + ":signal", new JsonObject().put("type", "poke")).problem(409, "ended");
    assertThat(http.post(at + "/tasks/monitor").expect(202).body().getInteger("run")).isEqualTo(2);
    assertThat(http.get(task).expect(200).body().getBoolean("active")).isFalse();
  }

  @Test
  void aHistoryIsReadFromEitherEnd() {
    String uuid = http.post(server("told") + "/tasks/monitor").expect(202).uuid();
    moved(rig, uuid, 1, "__new__", "watch");
    for (int step = 2; step <= 7; step++) {
      moved(
          rig, uuid, step, step % 2 == 0 ? "watch" : "report", step % 2 == 0 ? "report" : "watch");
    }
    String history = "/v1/tasks/" + uuid + "/history?page_size=3";
    assertThat(steps(history)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(steps(history + "&order_by=step")).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(steps(history + "&order_by=step+desc")).containsExactly(7, 6, 5, 4, 3, 2, 1);
    String token = http.get(history).expect(200).body().getString("next_page_token");
    http.get(history + "&order_by=step+desc&page_token=" + token)
        .problem(400, "bad_page_token", "another query");
    http.get(history + "&order_by=at").problem(400, "bad_parameter", "step desc");
  }

  /** The steps of a history, page after page. */
  private List<Integer> steps(String history) {
    List<Integer> steps = new ArrayList<>();
    String token = "";
    while (token != null) {
      JsonObject page =
          http.get(history + (token.isEmpty() ? "" : "&page_token=" + token)).expect(200).body();
      page.getJsonArray("items").forEach(move -> steps.add(((JsonObject) move).getInteger("step")));
      token = page.getString("next_page_token");
    }
    return steps;
  }

  /** As a worker would have moved it. */
  /** What a tick of the run would write. */
  static void moved(ApiRig rig, String uuid, int step, String from, String to) {
    rig.execute(
        """
        with t as (update tasks set state = '%3$s', step = %1$d, entered = %1$d, version = version + 1
                    where uuid = '%4$s' returning resource_uuid)
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker,
                                 build, tick)
        select resource_uuid, '%4$s', %1$d, '%2$s', '%3$s', 'clock', 'system', 'w', 'b', gen_random_uuid() from t
        """
            .formatted(step, from, to, uuid));
  }

  @Test
  void aPanickedRunIsRetriedAndOthersAreNot() {
    String at = server("retried");
    String uuid = http.post(at + "/tasks/monitor").expect(202).uuid();
    http.post("/v1/tasks/" + uuid + ":retry").problem(409, "wrong_state", "__new__");
    moved(rig, uuid, 1, "__new__", "watch");
    moved(rig, uuid, 2, "watch", "__panic__");
    rig.execute("update tasks set resume = 'watch' where uuid = '" + uuid + "'");
    Http.Reply retried = http.post("/v1/tasks/" + uuid + ":retry").expect(202);
    assertThat(retried.body().getString("state")).isEqualTo("watch");
  }

  @Test
  void aSignalIsKeptUntilItIsConsumed() {
    String at = server("signalled");
    String task = http.post(at + "/tasks/monitor").expect(202).uuid();
    JsonObject poke =
        new JsonObject().put("type", "poke").put("fields", new JsonObject().put("level", 2));
    Http.Reply sent = http.post("/v1/tasks/" + task + ":signal", poke).expect(202);
    assertThat(
            rig.rows("select type || ' ' || state from signals where uuid = '" + sent.uuid() + "'"))
        .containsExactly("poke waiting");
    http.post(at + ":signal", poke).problem(422, "invalid", "poke", "repaired").pointsAt("/type");
    http.post(at + ":signal", new JsonObject().put("type", "repaired"))
        .problem(422, "invalid", "by")
        .pointsAt("/fields/by", "required", "text");
  }

  @Test
  void aSecretInASignalIsSealedForTheWorkerThatReadsIt() {
    Field<Secret> code = Field.secret("code");
    String task = http.post(server("secretive") + "/tasks/monitor").expect(202).uuid();
    JsonObject fields = new JsonObject().put("code", "canary-77");
    UUID sent =
        UUID.fromString(
            http.post(
                    "/v1/tasks/" + task + ":signal",
                    new JsonObject().put("type", "poke").put("fields", fields))
                .expect(202)
                .uuid());
    String attrs = rig.rows("select attrs::text from signals where uuid = '" + sent + "'").get(0);
    assertThat(attrs).doesNotContain("canary");
    Attrs read =
        new Codec(rig.keyring, Instant::now, "test")
            .read(List.of(code), SignalRow.sealedFor("poke"), sent, attrs);
    assertThat(read.find(code)).hasValue(Secret.of("canary-77"));
  }

  @Test
  void errorsAndAlarmsAreListed() {
    String at = server("failing");
    String resource = at.substring(at.lastIndexOf('/') + 1);
    rig.execute(
        """
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, stack, state, step, try, worker, build)
        values ('01900000-0000-7000-8000-000000000001', '%1$s', '%1$s', 'MissingPrimary', 'none', 'at a.B', 'watched',
                1, 1, 'w', 'b')
        """
            .formatted(resource));
    rig.execute(
        """
        insert into alarms (resource_uuid, uuid, subject_uuid, name, type, schema_version, state, severity)
        values ('%1$s', '01900000-0000-7000-8000-000000000002', '%1$s', 'panic', 'server', 1, 'open', 'critical')
        """
            .formatted(resource));
    assertThat(http.get("/v1/errors?resource=" + resource).expect(200).body().getJsonArray("items"))
        .hasSize(1);
    assertThat(
            http.get("/v1/errors/01900000-0000-7000-8000-000000000001")
                .expect(200)
                .body()
                .getString("stack"))
        .isEqualTo("at a.B");
    assertThat(http.get("/v1/alarms?resource=" + resource).expect(200).body().getJsonArray("items"))
        .hasSize(1);
    assertThat(http.get(at).body().getJsonArray("alarms")).hasSize(1);
    assertThat(http.get("/v1/errors?page_size=1").expect(200).body().getJsonArray("items"))
        .hasSize(1);
  }
}
