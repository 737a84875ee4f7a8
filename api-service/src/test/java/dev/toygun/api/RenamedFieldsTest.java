package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fields that are still stored under a name that they had before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenamedFieldsTest {
  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    ApiRig.await(
        rig.store.publish(
            List.of(
                new TypeDefinition(
                    "shelf",
                    2,
                    "default",
                    Priority.NORMAL,
                    "kept",
                    List.of(
                        new FieldDefinition(
                            "plan", "text", false, false, null, List.of("size", "scale")),
                        new FieldDefinition("height", "integer", false, false, null, List.of())),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    List.of(),
                    "stateDiagram-v2",
                    null)),
            "build-1"));
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A shelf whose fields were stored like this. */
  private String shelf(String label, String attrs) {
    Http.Reply made =
        http.post("/v1/resources/shelf", new JsonObject().put("label", label)).expect(201);
    rig.execute(
        "update resources set attrs = '%s' where uuid = '%s'".formatted(attrs, made.uuid()));
    return made.header("Location");
  }

  private JsonObject shown(String at) {
    return http.get(at).expect(200).body().getJsonObject("fields");
  }

  private String stored(String at) {
    String uuid = at.substring(at.lastIndexOf('/') + 1);
    return rig.rows("select attrs::text from resources where uuid = '" + uuid + "'").get(0);
  }

  private void change(String at, String field, @Nullable Object value) {
    JsonObject fields = new JsonObject().put(field, value);
    http.patch(at, new JsonObject().put("fields", fields)).expect(200);
  }

  private List<String> found(String plan) {
    JsonArray items =
        http.get("/v1/resources/shelf?filter=fields.plan%3D" + plan)
            .expect(200)
            .body()
            .getJsonArray("items");
    return items.stream().map(item -> ((JsonObject) item).getString("label")).toList();
  }

  @Test
  void oneIsShownAndFoundByItsPresentName() {
    String at = shelf("shown", "{\"size\": \"small\"}");
    assertThat(shown(at)).isEqualTo(new JsonObject().put("plan", "small"));
    assertThat(found("small")).containsExactly("shown");
  }

  @Test
  void oneThatIsTakenAwayIsGone() {
    String at = shelf("gone", "{\"size\": \"narrow\", \"height\": 2}");
    change(at, "plan", null);
    assertThat(stored(at)).isEqualTo("{\"height\": 2}");
    assertThat(shown(at)).isEqualTo(new JsonObject().put("height", 2));
    assertThat(found("narrow")).isEmpty();
  }

  @Test
  void oneThatIsSetIsStoredOnce() {
    String at = shelf("set", "{\"size\": \"little\", \"scale\": \"tiny\"}");
    change(at, "plan", "large");
    assertThat(stored(at)).isEqualTo("{\"plan\": \"large\"}");
    assertThat(found("large")).containsExactly("set");
  }

  @Test
  void itsFirstFormerNameCountsAndNothingIsLostByAChangeOfAnother() {
    String at = shelf("twice", "{\"scale\": \"wide\", \"size\": \"broad\"}");
    assertThat(found("broad")).containsExactly("twice");
    change(at, "height", 3);
    assertThat(shown(at).getString("plan")).isEqualTo("broad");
    assertThat(stored(at)).contains("\"wide\"");
  }

  @Test
  void whatIsThereUnderItsPresentNameCounts() {
    String at = shelf("both", "{\"plan\": \"new\", \"size\": \"old\"}");
    assertThat(shown(at).getString("plan")).isEqualTo("new");
    assertThat(found("new")).containsExactly("both");
    assertThat(found("old")).isEmpty();
  }
}
