package dev.toygun.api;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.worker.Definitions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What only code sets is set by no request, unless an admin makes it; and histories say who did.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InternalFieldsTest {
  private static final String SERVERS = "/v1/resources/machine";
  private static final Field<Long> PID = Field.integer("pid").min(1L).internal();

  private ApiRig rig;
  private Http operator;
  private Http admin;

  enum State {
    KEPT
  }

  private static ResourceType<State> machine() {
    return ResourceType.of(
            "machine", state(State.KEPT).decide(t -> t.stay()).waits(SignalType.of("forked", PID)))
        .fields(
            PID,
            Field.text("directory").internal(),
            Field.text("name"),
            Field.secret("token"),
            Field.list("tags", String.class))
        .tasks(
            TaskType.of(TaskName.of("end"), state(State.KEPT).decide(t -> t.stay()).waits())
                .fields(PID));
  }

  @BeforeAll
  void start() {
    rig = new ApiRig();
    ApiRig.await(rig.store.publish(List.of(Definitions.of(machine())), "build-1"));
    operator = rig.as(Role.OPERATOR);
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static JsonObject fields(String name, @Nullable Object value) {
    return new JsonObject().put("fields", new JsonObject().put(name, value));
  }

  private String machine(String label) {
    Http.Reply made = operator.post(SERVERS, new JsonObject().put("label", label)).expect(201);
    rig.execute(
        """
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause,
                                 actor, worker, build)
        values ('%1$s', '%1$s', 1, '__new__', 'kept', 'clock', 'system', 'w', 'b')
        """
            .formatted(made.uuid()));
    return made.header("Location");
  }

  private List<String> notes(String at) {
    return operator.get(at + "/history").expect(200).body().getJsonArray("items").stream()
        .flatMap(move -> ((JsonObject) move).getJsonArray("notes").stream())
        .map(note -> ((JsonObject) note).getString("message"))
        .toList();
  }

  @Test
  void anOperatorSetsThemNowhere() {
    String at = machine("theirs");
    JsonObject both = new JsonObject().put("pid", 1).put("directory", "/").put("name", "x");
    operator
        .post(SERVERS, new JsonObject().put("label", "mine").put("fields", both))
        .problem(403, "denied", "pid, directory: internal", "role admin");
    operator.patch(at, fields("pid", 7)).problem(403, "denied", "pid: internal");
    operator.patch(at, fields("pid", null)).problem(403, "denied", "pid: internal");
    operator
        .post(at + "/tasks/end", new JsonObject().put("args", new JsonObject().put("pid", 7)))
        .problem(403, "denied", "pid: internal");
    operator
        .post(at + ":signal", fields("pid", 7).put("type", "forked"))
        .problem(403, "denied", "pid: internal");
    JsonObject bulk = new JsonObject().put("type", "machine").put("filter", new JsonArray());
    operator
        .post("/v1/bulk", bulk.put("action", "set").mergeIn(fields("directory", "/")))
        .problem(403, "denied", "directory: internal");
    assertThat(operator.get(at).body().getJsonObject("fields").getMap()).isEmpty();
    operator.patch(at, fields("name", "x")).expect(200);
  }

  @Test
  void whatIsRequiredAndInternalSaysWhoMayGiveIt() {
    ResourceType<State> node =
        ResourceType.of("node", state(State.KEPT).decide(t -> t.stay()).rests())
            .fields(PID.required());
    ApiRig.await(rig.store.publish(List.of(Definitions.of(node)), "build-1"));
    operator
        .post("/v1/resources/node", new JsonObject())
        .problem(422, "invalid")
        .pointsAt("/fields/pid", "internal: integer is expected, of code or an admin");
    operator.post("/v1/resources/node", fields("pid", 7)).problem(403, "denied", "pid: internal");
    admin.post("/v1/resources/node", fields("pid", 7)).expect(201);
  }

  @Test
  void anAdminMayByHand() {
    String at = machine("repaired");
    JsonObject fixed = admin.patch(at, fields("pid", 7)).expect(200).body();
    assertThat(fixed.getJsonObject("fields").getInteger("pid")).isEqualTo(7);
    admin.patch(at, fields("pid", 0)).problem(422, "invalid", "at least 1 is expected");
    JsonObject adopted =
        fields("directory", "/srv").put("adopt", true).put("state", "kept").put("label", "found");
    operator.post(SERVERS, adopted).problem(403, "denied", "directory: internal");
    admin.post(SERVERS, adopted).expect(201);
  }

  @Test
  void aTypeSaysWhichTheyAre() {
    JsonArray fields = operator.get("/v1/types/machine").expect(200).body().getJsonArray("fields");
    assertThat(fields.stream().map(f -> ((JsonObject) f).getBoolean("internal")))
        .containsExactly(true, true, false, false, false);
    new Browser(rig.api.port())
        .signIn(rig.as(Role.VIEWER))
        .get("/v1/types/machine")
        .says(200, "internal");
  }

  @Test
  void whatSomebodyChangesStandsInTheHistoryWithoutWhatIsSecret() {
    String at = machine("changed");
    operator.patch(at, fields("name", "a").put("reason", "they asked")).expect(200);
    operator.patch(at, fields("name", "b")).expect(200);
    operator.patch(at, fields("name", "b")).expect(200);
    operator.patch(at, fields("name", null)).expect(200);
    operator.patch(at, fields("token", "canary")).expect(200);
    operator.patch(at, fields("tags", new JsonArray().add("x"))).expect(200);
    assertThat(notes(at))
        .containsExactly(
            "they asked; sets name to 'a'",
            "sets name to 'b' (was 'a')",
            "unsets name (was 'b')",
            "sets token",
            "sets tags");
    assertThat(operator.get(at + "/history").text()).contains("key:operator");
    new Browser(rig.api.port())
        .signIn(rig.as(Role.VIEWER))
        .get(at)
        .says(200, ": sets name to 'b' (was 'a')");
  }

  @Test
  void whatAColumnOfTextCannotHoldIsNoHindrance() {
    String at = machine("strange");
    operator.send("PATCH", at, "{\"fields\":{\"name\":\"a\\u0000b\\nc\\ud800\"}}").expect(200);
    operator.patch(at, fields("name", "\ud83d\ude00".repeat(61))).expect(200);
    assertThat(notes(at))
        .containsExactly(
            "sets name to 'a b c\ufffd'",
            "sets name to '" + "\ud83d\ude00".repeat(60) + "…' (was 'a b c\ufffd')");
  }
}
