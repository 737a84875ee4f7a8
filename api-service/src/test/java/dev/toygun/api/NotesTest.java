package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What was said, or asked for, without a move. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesTest {
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

  @Test
  void itStandsByTheMoveAfterWhichItWasSaid() {
    String uuid =
        operator.post("/v1/resources/server", ResourcesTest.server("told")).expect(201).uuid();
    String path = "/v1/resources/server/" + uuid;
    tick(path, "first look");
    for (int step = 1; step <= 2; step++) {
      rig.execute(
          """
          insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause,
                                   actor, worker, build)
          values ('%1$s', '%1$s', %2$d, 'a', 'b', 'clock', 'system', 'w', 'b')
          """
              .formatted(uuid, step));
      rig.execute("update resources set step = " + step + " where uuid = '" + uuid + "'");
      tick(path, "look after " + step);
    }
    tick(path, "look after 2");
    JsonObject history = operator.get(path + "/history").expect(200).body();
    assertThat(said(history, 0)).containsExactly("first look", "look after 1");
    assertThat(said(history, 1)).containsExactly("look after 2", "look after 2");
    JsonObject back = operator.get(path + "/history?order_by=step%20desc").expect(200).body();
    assertThat(said(back, 0)).containsExactly("look after 2", "look after 2");
    assertThat(history.encode()).contains("key:operator");
  }

  private void tick(String path, String why) {
    operator.post(path + ":tick", new JsonObject().put("reason", why)).expect(202);
  }

  private static List<String> said(JsonObject history, int move) {
    return history.getJsonArray("items").getJsonObject(move).getJsonArray("notes").stream()
        .map(JsonObject.class::cast)
        .map(note -> note.getString("message"))
        .toList();
  }
}
