package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers that define the same types, and take from a queue each. */
class TwoQueuesTest {
  private static final String TICKED_BY =
      """
      select distinct t.worker from transitions t join resources r on r.uuid = t.resource_uuid
       where r.type = '%s' and t.worker like 'worker-%%'
      """;

  private Fleet fleet;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    fleet = new Fleet(folder);
    fleet.clock();
    fleet.setting("TOYGUN_QUEUES", "default");
    fleet.worker("worker-a");
    fleet.api();
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void aWorkerOfOneQueueTakesNothingOfAnother() throws Exception {
    for (int i = 0; i < 20; i++) {
      make(Crate.TYPE, "{\"label\":\"crate-%d\"}".formatted(i));
      make(
          Chain.TYPE,
          "{\"label\":\"chain-%d\",\"fields\":{\"token\":\"%s\"}}".formatted(i, Fleet.canary()));
    }
    until("select count(*) = 20 from resources where type = 'chain' and state = 'there'");
    assertThat(fleet.number("select count(*) from resources where state = 'kept'")).isZero();
    assertThat(fleet.get("/v1/queues").body())
        .contains("take it from default only: start one whose TOYGUN_QUEUES names big");
    fleet.setting("TOYGUN_QUEUES", Crate.QUEUE);
    fleet.worker("worker-b");
    until("select count(*) = 20 from tasks where name = 'watch' and every_s = 1");
    assertThat(fleet.texts(TICKED_BY.formatted(Crate.TYPE))).containsExactly("worker-b");
    assertThat(fleet.texts(TICKED_BY.formatted(Chain.TYPE))).containsExactly("worker-a");
    assertThat(fleet.get("/v1/workers").body())
        .contains("\"worker-a\"", "\"queues\":[\"default\"]")
        .contains("\"worker-b\"", "\"queues\":[\"big\"]");
    assertThat(fleet.get("/v1/queues").body()).doesNotContain("no worker takes");
  }

  private void make(String type, String body) throws Exception {
    assertThat(fleet.post("/v1/resources/" + type, body).statusCode()).isEqualTo(201);
  }

  private void until(String so) {
    Awaitility.await(so)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> fleet.texts(so).equals(List.of("t")));
  }
}
