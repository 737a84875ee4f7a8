package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where a rewind goes, and what is found again there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RewindsTest {
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

  @Test
  void aRewindGoesBackToWhereItWas() {
    String at = server("rewound");
    String uuid = http.post(at + "/tasks/monitor").expect(202).uuid();
    String task = "/v1/tasks/" + uuid;
    http.post(task + ":rewind", new JsonObject().put("state", "report"))
        .problem(409, "wrong_state", "report", "history");
    TasksTest.moved(rig, uuid, 1, "__new__", "watch");
    TasksTest.moved(rig, uuid, 2, "watch", "report");
    Http.Reply back =
        http.post(task + ":rewind", new JsonObject().put("state", "watch")).expect(202);
    assertThat(back.body().getString("state")).isEqualTo("watch");
    assertThat(rig.rows("select entered from tasks where uuid = '" + uuid + "'")).contains("1");
    http.post(task + ":rewind", new JsonObject().put("step", 2).put("fresh", true)).expect(202);
    assertThat(rig.rows("select entered from tasks where uuid = '" + uuid + "'")).contains("4");
    http.post(task + ":rewind", new JsonObject()).problem(422, "invalid", "state or step");
    http.post(task + ":rewind", new JsonObject().put("state", "__panic__"))
        .problem(422, "reserved", "__panic__");
    http.post(task + ":rewind", new JsonObject().put("state", "nowhere"))
        .problem(422, "invalid", "nowhere", "watch")
        .pointsAt("/state", "nowhere");
    http.post(task + ":rewind", new JsonObject().put("step", 99)).problem(422, "invalid", "99");
  }

  @Test
  void whatAFreshRewindMadeIsWhatTheNextOneFindsAgain() {
    String uuid = http.post(server("made-anew") + "/tasks/monitor").expect(202).uuid();
    String task = "/v1/tasks/" + uuid;
    TasksTest.moved(rig, uuid, 1, "__new__", "watch");
    TasksTest.moved(rig, uuid, 2, "watch", "__panic__");
    JsonObject watch = new JsonObject().put("state", "watch");
    http.post(task + ":rewind", watch.copy().put("fresh", true)).expect(202);
    TasksTest.moved(rig, uuid, 4, "watch", "report");
    http.post(task + ":rewind", watch).expect(202);
    assertThat(rig.rows("select entered from tasks where uuid = '" + uuid + "'")).contains("3");
    TasksTest.moved(rig, uuid, 6, "watch", "__panic__");
    http.post(task + ":rewind", watch).expect(202);
    assertThat(rig.rows("select entered from tasks where uuid = '" + uuid + "'")).contains("3");
  }

  @Test
  void whatWasAdoptedInAStateGoesBackToIt() {
    JsonObject body =
        ResourcesTest.server("adopted-back").put("adopt", true).put("state", "watched");
    String uuid = http.post("/v1/resources/server", body).expect(201).uuid();
    turned(uuid, 1, "watched", "broken");
    Http.Reply back = rewound(uuid, "watched").expect(202);
    assertThat(back.body().getString("state")).isEqualTo("watched");
    assertThat(entered(uuid)).containsExactly("0");
  }

  @Test
  void aStateIsFoundByItsFormerNameAndGoneBackToUnderTheNameItHadThen() {
    String uuid =
        http.post("/v1/resources/server", ResourcesTest.server("renamed")).expect(201).uuid();
    turned(uuid, 1, "__new__", "watched");
    turned(uuid, 2, "watched", "ruined");
    turned(uuid, 3, "ruined", "watched");
    for (String name : List.of("broken", "ruined")) {
      Http.Reply back = rewound(uuid, name).expect(202);
      assertThat(back.body().getString("state")).as("its tokens have it").isEqualTo("ruined");
      assertThat(entered(uuid)).containsExactly("2");
    }
  }

  private Http.Reply rewound(String uuid, String state) {
    return http.post(
        "/v1/resources/server/" + uuid + ":rewind", new JsonObject().put("state", state));
  }

  private List<String> entered(String uuid) {
    return rig.rows("select entered from resources where uuid = '" + uuid + "'");
  }

  /** What a tick of the resource would write. */
  private void turned(String uuid, int step, String from, String to) {
    rig.execute(
        """
        with r as (update resources set state = '%3$s', step = %1$d, entered = %1$d, version = version + 1
                    where uuid = '%4$s')
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker,
                                 build, tick)
        values ('%4$s', '%4$s', %1$d, '%2$s', '%3$s', 'clock', 'system', 'w', 'b', gen_random_uuid())
        """
            .formatted(step, from, to, uuid));
  }
}
