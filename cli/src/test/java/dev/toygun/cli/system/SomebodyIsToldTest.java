package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.Receiver;
import dev.toygun.testing.servers.Receiver.Received;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes wrong with real processes reaches a real webhook, and that it is over does too. */
@Execution(ExecutionMode.CONCURRENT)
class SomebodyIsToldTest {
  private static final String SECRET = "canary-0123456789";
  private static final int DUE = 1_000;

  private Fleet fleet;
  private Receiver receiver;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    receiver = new Receiver();
    fleet = new Fleet(folder);
    fleet.setting("TOYGUN_SINK_NETWORKS", "127.0.0.0/8");
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
    receiver.close();
  }

  /** The next message about this alarm; others are let by. */
  private JsonObject next(String event, String alarm) throws InterruptedException {
    while (true) {
      Received received = receiver.take();
      JsonObject body = received.json();
      if (body.getString("event").equals(event)
          && body.getJsonObject("alarm").getString("name").startsWith(alarm)) {
        return body;
      }
    }
  }

  @Test
  void thatNoWorkerTakesWhatIsDueIsToldWithin30SecondsAndThatItIsOverToo() throws Exception {
    fleet.startClock();
    fleet.startWorker("worker-a");
    fleet.api();
    fleet.await("clock");
    fleet.await("worker-a");
    fleet.sink(receiver, SECRET, "info");
    fleet.kill("worker-a");
    for (int i = 0; i < DUE; i++) {
      String chain = "{\"label\":\"chain-%d\",\"fields\":{}}".formatted(i);
      assertThat(fleet.post("/v1/resources/chain", chain).statusCode()).isEqualTo(201);
    }
    long at = System.nanoTime();
    JsonObject open = next("open", "no_worker");
    assertThat(Duration.ofNanos(System.nanoTime() - at)).isLessThan(Duration.ofSeconds(30));
    fleet.worker("worker-b");
    JsonObject over = next("resolve", "no_worker");
    assertThat(over.getString("dedup_key")).isEqualTo(open.getString("dedup_key"));
  }

  @Test
  void aServiceThatHasLostPostgresTellsTheLastResortByItself() throws Exception {
    fleet.setting(
        "TOYGUN_LAST_RESORT",
        "[{\"kind\":\"webhook\",\"url\":\"%s\",\"secret\":\"%s\"}]"
            .formatted(receiver.url("/last"), SECRET));
    fleet.worker("worker-a");
    fleet.shutDatabase();
    JsonObject open = next("open", "no_postgres");
    assertThat(open.getString("text")).contains("there has been no Postgres for 3");
    assertThat(open.getString("dedup_key")).startsWith("toygun/worker/no_postgres/");
    fleet.openDatabase();
    JsonObject over = next("resolve", "no_postgres");
    assertThat(over.getString("dedup_key")).isEqualTo(open.getString("dedup_key"));
    assertThat(fleet.log("worker-a")).doesNotContain(SECRET);
    assertThat(receiver.rest()).as("nobody is told twice").isEmpty();
  }
}
