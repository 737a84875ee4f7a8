package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists that are filtered by a field which has an index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexedFieldsTest {
  private static final String UUID = "7c6263cc-0000-4000-8000-000000000001";

  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    http = rig.as(Role.OPERATOR);
    ApiRig.await(
        rig.store.publish(
            List.of(
                new TypeDefinition(
                    "order",
                    1,
                    "default",
                    Priority.NORMAL,
                    "kept",
                    List.of(
                        field("name", "text", true),
                        field("outside", "uuid", true),
                        field("price", "decimal", true),
                        field("at", "instant", true),
                        field("many", "integer", true),
                        field("note", "text", false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    List.of(),
                    "stateDiagram-v2",
                    null)),
            "build-1"));
    order(
        "a",
        new JsonObject()
            .put("name", "Größe \"9\"")
            .put("outside", UUID)
            .put("price", "1.10")
            .put("at", "2026-01-01T00:00:00Z")
            .put("many", 7)
            .put("note", "x"));
    int looks = 0;
    do {
      ApiRig.await(rig.store.indexes().declare());
      while (ApiRig.await(rig.store.indexes().fill(100))) {}
      looks++;
    } while (looks < 10_000
        && !rig.rows("select field from indexed_fields where state <> 'ready'").isEmpty());
    order("b", new JsonObject().put("name", "other").put("price", "1.1").put("many", 8));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static FieldDefinition field(String name, String type, boolean indexed) {
    return new FieldDefinition(name, type, false, false, null, List.of(), null, false, indexed);
  }

  private void order(String label, JsonObject fields) {
    http.post("/v1/resources/order", new JsonObject().put("label", label).put("fields", fields))
        .expect(201);
  }

  private List<@Nullable String> found(String field, String value) {
    String filter = URLEncoder.encode("fields." + field + "=" + value, StandardCharsets.UTF_8);
    return http
        .get("/v1/resources/order?order_by=label&filter=" + filter)
        .expect(200)
        .body()
        .getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getString("label"))
        .toList();
  }

  @Test
  void aValueOfAnyTypeIsFoundAsItIsWritten() {
    assertThat(found("name", "Größe \"9\"")).containsExactly("a");
    assertThat(found("outside", UUID)).containsExactly("a");
    assertThat(found("price", "1.10")).containsExactly("a");
    assertThat(found("price", "1.1")).containsExactly("b");
    assertThat(found("at", "2026-01-01T00:00:00Z")).containsExactly("a");
    assertThat(found("many", "7")).containsExactly("a");
    assertThat(found("note", "x")).containsExactly("a");
    assertThat(found("name", "none")).isEmpty();
  }

  @Test
  void itIsTheIndexThatIsLookedAt() {
    order("c", new JsonObject().put("name", "lost"));
    assertThat(found("name", "lost")).containsExactly("c");
    rig.execute("delete from field_index where value = '\"lost\"'");
    assertThat(found("name", "lost")).isEmpty();
  }

  @Test
  void aTypeSaysWhichTheyAre() {
    JsonObject type = http.get("/v1/types/order").expect(200).body();
    assertThat(
            type.getJsonArray("fields").stream().map(f -> ((JsonObject) f).getBoolean("indexed")))
        .containsExactly(true, true, true, true, true, false);
    new Browser(rig.api.port())
        .signIn(rig.as(Role.VIEWER))
        .get("/v1/types/order")
        .says(200, "indexed");
  }
}
