package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What a run that waits for its turn says of itself, wherever somebody looks. */
class TurnShowTest {
  @Test
  void aRunThatWaitsSaysForWhatItDoes() {
    try (ApiRig rig = new ApiRig().withType()) {
      Http http = rig.as(Role.OPERATOR);
      for (int i = 0; i < 5; i++) {
        String at =
            http.post("/v1/resources/server", ResourcesTest.server("s" + i))
                .expect(201)
                .header("Location");
        http.post(at + "/tasks/monitor").expect(202);
      }
      String at = last(http);
      assertThat(task(http, at).getString("waits_for")).isNull();
      rig.execute(
          "UPDATE tasks SET admission = 'admitted', admission_at = now(), state = 'watch', step = 1");
      rig.execute(
          "UPDATE tasks SET admission = 'waits', admission_at = created_at, state = '__new__', step = 0,"
              + " due_at = NULL WHERE resource_uuid IN (SELECT uuid FROM resources WHERE label IN ('s3', 's4'))");
      String words =
          "it waits for its turn: its brake holds, since 5 of 5 want it and 20 % may; 3 of 3 run; 1 waited before it";
      assertThat(task(http, at).getString("waits_for")).isEqualTo(words);
      JsonObject why =
          http.get(at + "/explain").expect(200).body().getJsonArray("items").getJsonObject(1);
      assertThat(why.getString("reason")).isEqualTo("waiting");
      assertThat(why.getString("because")).isEqualTo(words);
      JsonObject run = http.get("/v1/tasks/" + task(http, at).getString("uuid")).expect(200).body();
      assertThat(run.getString("waits_for")).isEqualTo(words);
      assertThat(http.get(at + "/tasks").expect(200).body().getJsonArray("items").getJsonObject(0))
          .isEqualTo(run);
      String began =
          "insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, started_by, cause,"
              + " active, ended_at, outcome, admission, admission_at) select resource_uuid, gen_random_uuid(),"
              + " name, 99 + i, type, 1, '__stop__', 'x', 'api', false, now(), 'finished', 'admitted', now()"
              + " from tasks, generate_series(1, 7) as i where state = '__new__'";
      rig.execute(began);
      assertThat(task(http, at).getString("waits_for"))
          .as("its latest run is none of the line")
          .isNull();
      assertThat(
              http.get("/v1/tasks/" + run.getString("uuid"))
                  .expect(200)
                  .body()
                  .getString("waits_for"))
          .contains("3 of 3 run; 10 began within 60 s, the next may at ");
    }
  }

  @Test
  void aRunThatWaitsForWhatItsTaskSharesNamesThatAndNobodyElse() {
    try (ApiRig rig = new ApiRig().withType()) {
      Http http = rig.as(Role.OPERATOR);
      rig.execute(
          """
          update resource_types
             set definition = jsonb_set(definition, '{tasks,0,limits}',
                   '{"shared":{"name":"cloud","concurrency":2,"rate":{"runs":1,"per":60}}}')
           where name = 'server'
          """);
      for (int i = 3; i < 5; i++) {
        String at =
            http.post("/v1/resources/server", ResourcesTest.server("s" + i))
                .expect(201)
                .header("Location");
        http.post(at + "/tasks/monitor").expect(202);
      }
      rig.execute("UPDATE tasks SET admission = 'waits', admission_at = created_at, due_at = NULL");
      assertThat(task(http, last(http)).getString("waits_for"))
          .isEqualTo("it waits for its turn: 1 waited before it");
      rig.execute(
          "UPDATE tasks SET admission = 'admitted', admission_at = now(), state = 'watch', step = 1"
              + " WHERE resource_uuid IN (SELECT uuid FROM resources WHERE label = 's3')");
      assertThat(task(http, last(http)).getString("waits_for"))
          .startsWith(
              "it waits for its turn: 1 that share 'cloud' began within 60 s, the next may at ");
      rig.execute(
          "update resource_types set definition = definition #- '{tasks,0,limits,shared,rate}'"
              + " where name = 'server'");
      assertThat(task(http, last(http)).getString("waits_for"))
          .isEqualTo("it waits for its turn, which comes at once");
      rig.execute(
          "update resource_types set definition = jsonb_set(definition,"
              + " '{tasks,0,limits,shared,concurrency}', '1') where name = 'server'");
      assertThat(task(http, last(http)).getString("waits_for"))
          .isEqualTo("it waits for its turn: all 1 places of 'cloud', which it shares, are taken");
      JsonObject shared =
          http.get("/v1/types/server")
              .expect(200)
              .body()
              .getJsonArray("tasks")
              .getJsonObject(0)
              .getJsonObject("limits")
              .getJsonObject("shared");
      assertThat(shared.getString("name")).isEqualTo("cloud");
    }
  }

  @Test
  void aRunThatAsksIsApprovedByAnOperator() {
    try (ApiRig rig = new ApiRig().withType()) {
      Http http = rig.as(Role.OPERATOR);
      String at =
          http.post("/v1/resources/server", ResourcesTest.server("s4"))
              .expect(201)
              .header("Location");
      http.post(at + "/tasks/monitor").expect(202);
      String run = "/v1/tasks/" + task(http, at).getString("uuid");
      assertThat(http.post(run + ":approve").expect(409).body().getString("detail"))
          .contains("it does not wait for approval");
      rig.execute("UPDATE tasks SET admission = 'asks', admission_at = created_at, due_at = NULL");
      assertThat(http.get(run).expect(200).body().getString("waits_for"))
          .isEqualTo("it waits for somebody to approve it");
      assertThat(allowed(http, run)).isTrue();
      rig.as(Role.VIEWER).post(run + ":approve").expect(403);
      http.post(run + ":approve", new JsonObject().put("reason", "go on")).expect(202);
      assertThat(http.get(run).expect(200).body().getString("waits_for"))
          .startsWith("it waits for its turn");
      assertThat(allowed(http, run)).isFalse();
      assertThat(rig.rows("SELECT action || ' ' || coalesce(reason, '') FROM audit"))
          .contains("approveTask go on");
    }
  }

  private static boolean allowed(Http http, String run) {
    return ResourcesTest.action(http.get(run).expect(200).body(), "approve").getBoolean("allowed");
  }

  private static String last(Http http) {
    return "/v1/resources/server/"
        + http.get("/v1/resources/server?filter=label=s4")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("uuid");
  }

  private static JsonObject task(Http http, String at) {
    return http.get(at).expect(200).body().getJsonArray("tasks").getJsonObject(0);
  }
}
