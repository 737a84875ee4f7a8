package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What comes in at the same moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacesTest {
  private static final int ROUNDS = 15;
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

  @Test
  void aStartAndAChildBesideADeletionAreThereOrRefused() {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String at =
          http.post("/v1/resources/server", ResourcesTest.server("race-" + round))
              .expect(201)
              .header("Location");
      String uuid = at.substring(at.lastIndexOf('/') + 1);
      List<CompletableFuture<Http.Reply>> starts = new ArrayList<>();
      List<CompletableFuture<Http.Reply>> children = new ArrayList<>();
      List<CompletableFuture<Http.Reply>> deletions = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        if (i == round % 6) {
          deletions.add(http.later("DELETE", at, null));
        }
        starts.add(http.later("POST", at + "/tasks/monitor", "{}"));
        JsonObject child = ResourcesTest.server("child-" + i).put("parent", uuid);
        children.add(http.later("POST", "/v1/resources/server", child.encode()));
      }
      assertThat(deletions.get(0).join().status()).isEqualTo(202);
      long begun = answered(starts, 202);
      long made = answered(children, 201);
      assertThat(rig.rows("select count(*) from tasks where resource_uuid = '" + uuid + "'"))
          .containsExactly(String.valueOf(begun));
      assertThat(rig.rows("select count(*) from resources where parent_uuid = '" + uuid + "'"))
          .containsExactly(String.valueOf(made));
      refused += (int) (12 - made - answered(starts, 202, 200));
      http.post("/v1/resources/server", ResourcesTest.server("late").put("parent", uuid))
          .problem(409, "deleting");
    }
    assertThat(refused).as("the race was one").isPositive();
  }

  /** How many were answered so; the others were refused, and told why. */
  private static long answered(List<CompletableFuture<Http.Reply>> replies, Integer... statuses) {
    for (CompletableFuture<Http.Reply> future : replies) {
      Http.Reply reply = future.join();
      assertThat(reply.status()).as(reply.text()).isIn(200, 201, 202, 409);
      if (reply.status() == 409) {
        reply.problem(409, "deleting");
      }
    }
    return replies.stream().filter(r -> List.of(statuses).contains(r.join().status())).count();
  }
}
