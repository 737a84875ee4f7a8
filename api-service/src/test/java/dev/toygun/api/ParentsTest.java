package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A label is its own below one parent only: a list of many says whose children they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParentsTest {
  private ApiRig rig;
  private String shop;
  private String node;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    Sites sites = new Sites(rig);
    shop = sites.resource("site", "making", null);
    node = sites.resource("db", "making", shop);
    rig.execute("update resources set label = 'shop' where uuid = '%s'".formatted(shop));
    rig.execute("update resources set label = 'a' where uuid = '%s'".formatted(node));
    String run = sites.failing(node, "now()");
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, severity)
        values ('%s', '%s', '%s', 'panic', 'db', 1, 'open', 'error')
        """
            .formatted(node, run, rig.time.uuid()));
    rig.as(Role.OPERATOR)
        .post("/v1/resources/db/" + node + ":hold", new JsonObject().put("reason", "the disk"))
        .expect(201);
    rig.as(Role.OPERATOR)
        .post("/v1/resources/site/" + shop + ":hold", new JsonObject().put("reason", "the rack"))
        .expect(201);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static JsonObject first(Http caller, String list) {
    return caller.get(list).expect(200).body().getJsonArray("items").getJsonObject(0);
  }

  @Test
  void eachOfAListSaysWhoseChildItIs() {
    Http caller = rig.as(Role.VIEWER);
    for (String list : List.of("/v1/alarms", "/v1/errors", "/v1/tasks", "/v1/holds")) {
      JsonObject one = first(caller, list);
      assertThat(one.getString("label")).as(list).isEqualTo("a");
      assertThat(one.getString("parent")).as(list).isEqualTo(shop);
      assertThat(one.getString("parent_type")).as(list).isEqualTo("site");
      assertThat(one.getString("parent_label")).as(list).isEqualTo("shop");
    }
    JsonObject root =
        caller.get("/v1/holds").expect(200).body().getJsonArray("items").getJsonObject(1);
    assertThat(root.getString("label")).isEqualTo("shop");
    assertThat(root.getMap()).containsEntry("parent", null).containsEntry("parent_label", null);
  }

  @Test
  void soDoTheirPages() {
    Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
    String alarm = first(rig.as(Role.VIEWER), "/v1/alarms").getString("uuid");
    String error = first(rig.as(Role.VIEWER), "/v1/errors").getString("uuid");
    for (String page :
        List.of(
            "/v1/alarms",
            "/v1/alarms/" + alarm,
            "/v1/errors",
            "/v1/errors/" + error,
            "/v1/tasks",
            "/v1/holds")) {
      browser.get(page).says(200, "db a of site shop");
    }
    assertThat(
            browser.get("/v1/holds").expect(200).page().select("a[href$=" + shop + "]").eachText())
        .containsExactly("site shop", "site shop");
  }

  @Test
  void aParentThatAKeyIsNotForIsNotNamed() {
    Http limited = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(node)));
    Http ofType = rig.as(Role.VIEWER, null, KeyScope.of(List.of("db")));
    for (Http key : List.of(limited, ofType)) {
      for (String list : List.of("/v1/alarms", "/v1/errors", "/v1/tasks", "/v1/holds")) {
        JsonObject one = first(key, list);
        assertThat(one.getString("label")).as(list).isEqualTo("a");
        assertThat(one.getMap())
            .as(list)
            .containsEntry("parent", null)
            .containsEntry("parent_label", null);
      }
    }
  }
}
