package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is within hangs together with what is outside; a limited key sees nothing of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitedKeysTest {
  private static final KeyScope RACKS = KeyScope.of(List.of("rack"));

  private ApiRig rig;
  private Http admin;
  private Http caller;
  private String vault;
  private String rack;
  private int made;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    ApiRig.await(rig.store.publish(List.of(ServerType.named("vault"), rack()), "build-1"));
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A rack in a vault, which sees vaults below it. */
  @BeforeEach
  void rackInAVault() {
    caller = rig.as(Role.OPERATOR, null, RACKS);
    vault = resource("vault", null);
    rack = resource("rack", vault);
  }

  static TypeDefinition rack() {
    TypeDefinition of = ServerType.named("rack");
    List<FieldDefinition> fields = new ArrayList<>(of.fields());
    for (String type :
        List.of("ref<rack>", "ref<vault>", "list<ref<vault>>", "map<ref<vault>,text>")) {
      fields.add(new FieldDefinition("f" + fields.size(), type, false, false, null, List.of()));
    }
    return new TypeDefinition(
        of.name(),
        of.version(),
        of.queue(),
        of.priority(),
        of.first(),
        fields,
        of.states(),
        of.tasks(),
        List.of("rack", "vault"),
        of.handlesPanics(),
        of.alarms(),
        of.diagram(),
        of.keep());
  }

  private String resource(String type, @Nullable String parent) {
    JsonObject body = ResourcesTest.server(type + "-" + made++).put("parent", parent);
    return admin.post("/v1/resources/" + type, body).expect(201).uuid();
  }

  @Test
  void theBrakeOfAnotherTypeIsNotLiftedThoughItsAlarmIsOfThisOne() {
    String alarm = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', 'brake:vault:monitor', 'rack', 1, 'open', 1, false, 'critical', 'suspect the monitor', now());
        """
            .formatted(rack, alarm));
    JsonObject lift =
        new JsonObject()
            .put("until", rig.time.now().plusSeconds(3_600).toString())
            .put("reason", "no power");
    caller.get("/v1/alarms/" + alarm).expect(200);
    caller.post("/v1/alarms/" + alarm + ":lift", lift).problem(403, "denied", "vault");
    assertThat(rig.rows("select state from alarms where uuid = '" + alarm + "'"))
        .containsExactly("open");
    rig.as(Role.OPERATOR, null, KeyScope.of(List.of("rack", "vault")))
        .post("/v1/alarms/" + alarm + ":lift", lift)
        .expect(200);
  }

  private String error(String resource, String kind) {
    String error = rig.time.uuid().toString();
    rig.execute(
        """
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, stack_hash, state, step, try, worker, build)
        values ('%1$s', '%2$s', '%2$s', '%3$s', 'no route', 'abc', 'watched', 1, 1, 'w', 'b');
        """
            .formatted(error, resource, kind));
    return error;
  }

  private String path() {
    return "/v1/resources/rack/" + rack;
  }

  private List<String> denied() {
    return rig.rows(
        "select action from audit where not allowed and actor = 'key:%s'".formatted(name(caller)));
  }

  private static String name(Http caller) {
    return Role.OPERATOR.stored() + "-" + String.valueOf(caller.key()).split("_", -1)[1];
  }

  @Test
  void aPageThatIsReadIsNoDeniedAttempt() {
    Browser browser = new Browser(rig.api.port()).signIn(caller);
    browser.get(path()).says(200);
    assertThat(denied()).isEmpty();
    browser.get("/v1/resources/vault/" + vault).expect(404);
    assertThat(denied()).containsExactly("getResource");
  }

  @Test
  void whoIsDeniedAgainAndAgainDoesNotFillTheAudit() {
    for (int i = 0; i < 110; i++) {
      caller.get("/v1/resources/vault/" + vault).expect(404);
    }
    assertThat(denied()).hasSizeBetween(100, 105);
  }

  @Test
  void errorsOfAResourceOutsideAreNotCounted() {
    error(vault, "Outer");
    error(vault, "Outer");
    String asked = "/v1/errors?page_size=1&resource=";
    Http.Reply outside = caller.get(asked + vault).expect(200);
    assertThat(outside.text()).isEqualTo(caller.get(asked + UUID.randomUUID()).text());
    assertThat(admin.get(asked + vault).body().getString("next_page_token")).isNotNull();
  }

  @Test
  void aTokenNamesNothingThatIsOutsideAndGoesOnAllTheSame() {
    String within = error(rack, "Sealed");
    String outer = error(vault, "Sealed");
    JsonObject first = caller.get("/v1/errors?page_size=1&kind=Sealed").expect(200).body();
    String token = first.getString("next_page_token");
    assertThat(first.getJsonArray("items")).isEmpty();
    assertThat(token.split("\\."))
        .allSatisfy(part -> assertThat(decoded(part)).doesNotContain(outer.substring(0, 13)));
    String next = "/v1/errors?page_size=1&kind=Sealed&page_token=";
    assertThat(caller.get(next + token).expect(200).text()).contains(within);
    Http other = rig.as(Role.OPERATOR, null, RACKS);
    other.get(next + token).problem(400, "bad_page_token");
    String plain =
        admin.get("/v1/errors?page_size=1&kind=Sealed").body().getString("next_page_token");
    caller.get(next + plain).problem(400, "bad_page_token");
  }

  private static String decoded(String token) {
    byte[] bytes = token.length() < 2 ? new byte[0] : Base64.getUrlDecoder().decode(token);
    return token + new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aTreeNamesNothingThatIsOutside() {
    String between = resource("vault", rack);
    String below = resource("rack", between);
    StringBuilder seen = new StringBuilder();
    @Nullable String token = "";
    while (token != null) {
      String from = token.isEmpty() ? "" : "&page_token=" + token;
      JsonObject page = caller.get(path() + "/tree?page_size=1" + from).expect(200).body();
      token = page.getString("next_page_token");
      seen.append(page.getJsonArray("items").encode());
      for (String part : token == null ? new String[0] : token.split("\\.", -1)) {
        seen.append(decoded(part));
      }
    }
    assertThat(seen.toString()).contains(rack, below).doesNotContain(between, vault);
    assertThat(admin.get(path() + "/tree").text()).contains(between);
  }

  @Test
  void noParentIsNamedThatIsOutside() {
    String below = resource("rack", rack);
    for (String asked : List.of(path(), "/v1/resources/rack?page_size=200&ended=true")) {
      assertThat(caller.get(asked).expect(200).text()).doesNotContain(vault);
    }
    assertThat(caller.get("/v1/resources/rack/" + below).body().getString("parent"))
        .isEqualTo(rack);
    assertThat(admin.get(path()).body().getString("parent")).isEqualTo(vault);
  }

  @Test
  void whatHoldsItFromOutsideSaysWhyAndNotWhat() {
    JsonObject why = new JsonObject().put("reason", "the move");
    admin.post("/v1/resources/vault/" + vault + ":hold", why).expect(201);
    Http.Reply shown = caller.get(path()).expect(200);
    assertThat(shown.text()).doesNotContain(vault);
    assertThat(shown.body().getJsonObject("held").getString("reason")).isEqualTo("the move");
    assertThat(caller.get(path() + "/explain").expect(200).text())
        .contains("the move")
        .doesNotContain(vault);
    assertThat(admin.get(path()).body().getJsonObject("held").getString("resource"))
        .isEqualTo(vault);
  }

  @Test
  void anErrorShowsTheWayOfItsPanicAsFarAsItIsWithin() {
    String error = error(rack, "Climbed");
    rig.execute(
        """
        insert into hops (error_uuid, level, resource_uuid, decision, reason, panicked_resource, panicked_uuid, step)
        values ('%1$s', 0, '%2$s', 'decline', 'not mine', '%2$s', '%2$s', 1),
               ('%1$s', 1, '%3$s', 'retry', 'a canary', '%2$s', '%2$s', 1);
        """
            .formatted(error, rack, vault));
    Http.Reply shown = caller.get("/v1/errors/" + error).expect(200);
    assertThat(shown.text()).contains("not mine").doesNotContain(vault, "a canary");
    assertThat(admin.get("/v1/errors/" + error).text()).contains(vault, "a canary");
  }

  @Test
  void whatIsBelowAndOutsideIsNotCountedWhereItIsExplained() {
    resource("vault", rack);
    resource("vault", rack);
    rig.execute(
        "update resources set due_at = null, every_s = null, deadline_at = null where uuid = '%s'"
            .formatted(rack));
    rig.execute("update tasks set active = false where resource_uuid = '%s'".formatted(rack));
    assertThat(because(admin)).contains("2 active children");
    assertThat(because(caller)).contains("this key").doesNotContain("2");
  }

  private String because(Http of) {
    JsonArray items = of.get(path() + "/explain").expect(200).body().getJsonArray("items");
    return items.getJsonObject(0).getString("because");
  }

  @Test
  void whereAlarmsAreSentIsNotForALimitedKey() {
    String alarm = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', 'down', 'rack', 1, 'open', 1, true, 'error', 'it is down', now());
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, tries)
        values ('%3$s', '%1$s', '%2$s', 'the-pager', 'open', 'failed', 3);
        """
            .formatted(rack, alarm, rig.time.uuid()));
    assertThat(caller.get("/v1/alarms/" + alarm).expect(200).text()).doesNotContain("the-pager");
    assertThat(admin.get("/v1/alarms/" + alarm).text()).contains("the-pager");
  }

  @Test
  void noReferenceIsSetToWhatIsOutside() {
    JsonObject wrong =
        new JsonObject()
            .put("f8", vault)
            .put("f9", new JsonArray().add(vault))
            .put("f10", new JsonObject().put(vault, "x"));
    Http.Reply refused =
        caller.send("PATCH", path(), new JsonObject().put("fields", wrong).encode());
    refused.problem(422, "invalid");
    for (String field : wrong.fieldNames()) {
      refused.pointsAt("/fields/" + field, "vault", "[rack]");
    }
    JsonObject body = ResourcesTest.server("refers");
    body.getJsonObject("fields").put("f8", vault);
    caller.post("/v1/resources/rack", body).problem(422, "invalid").pointsAt("/fields/f8");
    body.getJsonObject("fields").put("f7", rack).putNull("f8");
    caller.post("/v1/resources/rack", body).expect(201);
    JsonObject right = new JsonObject().put("fields", wrong);
    admin.send("PATCH", path(), right.encode()).expect(200);
  }
}
