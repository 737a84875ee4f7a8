package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A resource and what is below it, a page at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreeTest {
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

  private String server(String label, @Nullable String parent) {
    JsonObject body = ResourcesTest.server(label);
    return operator
        .post("/v1/resources/server", parent == null ? body : body.put("parent", parent))
        .expect(201)
        .uuid();
  }

  private static String path(String server) {
    return "/v1/resources/server/" + server + "/tree";
  }

  private List<String> tree(String server, int size) {
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      JsonObject page =
          operator.get(path(server) + "?page_size=" + size + token).expect(200).body();
      assertThat(page.getJsonArray("items")).hasSizeLessThanOrEqualTo(size);
      page.getJsonArray("items").stream()
          .map(JsonObject.class::cast)
          .forEach(node -> found.add(node.getInteger("depth") + " " + node.getString("label")));
      String next = page.getString("next_page_token");
      token = next == null ? "" : "&page_token=" + next;
    } while (!token.isEmpty());
    return found;
  }

  @Test
  void eachStandsBeforeWhatIsBelowItHoweverSmallThePages() {
    String above = server("above", null);
    String root = server("root", above);
    String first = server("first", root);
    String second = server("second", root);
    server("beside", above);
    String deep = server("deep", first);
    server("deepest", deep);
    server("flat", first);
    server("last", second);
    String gone = server("gone", second);
    rig.execute(
        "update resources set active = false, due_at = null, ended_at = now() where uuid = '"
            + gone
            + "'");
    List<String> all =
        List.of("0 root", "1 first", "2 deep", "3 deepest", "2 flat", "1 second", "2 last");
    for (int size : new int[] {1, 2, 3, 7, 50}) {
      assertThat(tree(root, size)).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(tree(deep, 50)).containsExactly("0 deep", "1 deepest");
    assertThat(tree(above, 4)).hasSize(9).startsWith("0 above", "1 beside", "1 root", "2 first");
  }

  @Test
  void aTokenOfAnotherTreeShowsNothingOfIt() {
    String one = server("one", null);
    server("below-one", one);
    String other = server("other", null);
    server("below-other", other);
    String token =
        operator.get(path(one) + "?page_size=1").expect(200).body().getString("next_page_token");
    operator.get(path(other) + "?page_token=" + token).problem(400, "bad_page_token");
    operator.get(path(UUID.randomUUID().toString())).problem(404, "not_found");
  }

  @Test
  void whatIsWrongStandsBesideIt() {
    String server = server("loud", null);
    rig.execute(
        """
        insert into alarms (uuid, resource_uuid, subject_uuid, name, type, schema_version, state, severity,
                            message)
        values (gen_random_uuid(), '%1$s', '%1$s', 'down', 'server', 1, 'open', 'critical', 'x')
        """
            .formatted(server));
    assertThat(
            operator
                .get(path(server))
                .expect(200)
                .body()
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonArray("alarms"))
        .containsExactly(
            new JsonObject()
                .put("name", "down")
                .putNull("task")
                .put("state", "open")
                .put("severity", "critical"));
  }
}
