package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What would be taken down, and whether that is still so when it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTest {
  private static final JsonObject DELETE = new JsonObject().put("action", "delete");

  private ApiRig rig;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String made(String label, String parent) {
    JsonObject body = ResourcesTest.server(label);
    if (!parent.isEmpty()) {
      body.put("parent", parent.substring(parent.lastIndexOf('/') + 1));
    }
    return operator.post("/v1/resources/server", body).expect(201).header("Location");
  }

  private JsonObject plan(String path) {
    return operator.post(path + ":plan", DELETE).expect(200).body();
  }

  private String token(String path) {
    return plan(path).getString("plan");
  }

  private void alarm(String path) {
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', gen_random_uuid(), 'down', 'server', 1, 'open', 1, true, 'error', 'it is down', now())
        """
            .formatted(path.substring(path.lastIndexOf('/') + 1)));
  }

  @Test
  void aPlanHasWhoGoesTheFirstFirst() {
    String root = made("root", "");
    String child = made("child", root);
    made("grandchild", child);
    made("another-root", "");
    operator.post(child + "/tasks/monitor", new JsonObject()).expect(202);
    alarm(child);
    JsonObject plan = plan(root);
    JsonObject resources = plan.getJsonObject("resources");
    assertThat(resources.getInteger("total")).isEqualTo(3);
    assertThat(labels(resources)).containsExactly("grandchild", "child", "root");
    JsonObject tasks = plan.getJsonObject("tasks");
    assertThat(tasks.getInteger("total")).isEqualTo(1);
    JsonObject task = tasks.getJsonArray("items").getJsonObject(0);
    assertThat(task.getString("name")).isEqualTo("monitor");
    assertThat(task.getString("state")).isEqualTo("__new__");
    assertThat(labels(plan.getJsonObject("alarms"))).containsExactly("child");
    assertThat(rig.rows("select action from audit where action = 'planResource'"))
        .as("it changes nothing, so it is not in the audit")
        .isEmpty();
    rig.as(Role.VIEWER).post(root + ":plan", DELETE).expect(200);
  }

  private static List<String> labels(JsonObject part) {
    return part.getJsonArray("items").stream()
        .map(one -> ((JsonObject) one).getString("label"))
        .toList();
  }

  @Test
  void whatIsTakenDownIsWhatThePlanHasOrNothing() {
    String root = made("planned", "");
    String child = made("planned-child", root);
    String run = operator.post(child + "/tasks/monitor", new JsonObject()).expect(202).uuid();
    String before = token(root);
    assertThat(token(root)).as("nothing has moved").isEqualTo(before);
    operator
        .patch(child, new JsonObject().put("fields", new JsonObject().put("port", 80)))
        .expect(200);
    assertThat(token(root)).as("a field is not a move").isEqualTo(before);

    String grown = refusedAfter(root, before, () -> made("planned-later", child));
    String ended =
        refusedAfter(root, grown, () -> operator.post("/v1/tasks/" + run + ":stop").expect(202));
    String rung = refusedAfter(root, ended, () -> alarm(child));
    operator.delete(root + "?plan=" + rung + "&validate_only=true").expect(200);
    operator.delete(root + "?plan=" + rung).expect(202);
    assertThat(operator.get(root).body().getBoolean("deleting")).isTrue();
    assertThat(rig.rows("select status from audit where action = 'deleteResource' order by seq"))
        .containsSubsequence("412", "202");
  }

  /** The plan that there is after something has happened, by which the one before is none. */
  private String refusedAfter(String root, String plan, Runnable happens) {
    happens.run();
    operator.delete(root + "?plan=" + plan).problem(412, "plan_changed", ":plan");
    assertThat(operator.get(root).expect(200).body().getBoolean("deleting")).isFalse();
    String now = token(root);
    assertThat(now).isNotEqualTo(plan);
    return now;
  }

  @Test
  void ofAnythingElseThereIsNoPlan() {
    String root = made("unplanned", "");
    operator
        .post(root + ":plan", new JsonObject().put("action", "improve"))
        .problem(422, "invalid")
        .pointsAt("/action");
    operator.post(root + "0:plan", DELETE).expect(400);
    rig.execute(
        "update resources set active = false, state = '__stop__', ended_at = now(), due_at = null where label = 'unplanned'");
    operator.post(root + ":plan", DELETE).problem(409, "ended");
  }

  @Test
  void aTreeThatIsTooLargeIsNotHalfPlanned() {
    String root = made("large-plan", "");
    String uuid = root.substring(root.lastIndexOf('/') + 1);
    rig.execute(
        """
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
        select gen_random_uuid(), '%1$s', array['%1$s'::uuid], 'c' || n, 'server', 1, 'watched', 1
          from generate_series(1, %2$d) as n
        """
            .formatted(uuid, Plans.MOST - 1));
    JsonObject resources = plan(root).getJsonObject("resources");
    assertThat(resources.getInteger("total")).isEqualTo(Plans.MOST);
    assertThat(resources.getJsonArray("items")).hasSize(Plans.SHOWN);
    made("one-too-many", root);
    operator.post(root + ":plan", DELETE).problem(409, "too_large", "10000");
  }
}
