package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A step that takes its worker with it is tried three times, and by the fourth worker no more. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerCrashedTest {
  private static final String DONE =
      "select count(distinct resource_uuid) from tasks where outcome = 'finished'";

  private static final String ERRORS =
      """
      select r.label || ' ' || e.kind from errors e join resources r on r.uuid = e.resource_uuid""";

  private Fleet fleet;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    fleet = new Fleet(folder);
    fleet.startClock();
    fleet.startWorker("worker-1");
    fleet.api();
    fleet.await("worker-1");
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void aStepOfWhichThreeWorkersDiedPanicsAndTheFourthLives() throws Exception {
    make("before", "harmless");
    make("killer", Deadly.DEADLY);
    for (int n = 1; n <= 3; n++) {
      String worker = "worker-" + n;
      await(worker + " has died").until(() -> !fleet.lives(worker));
      fleet.startWorker("worker-" + (n + 1));
    }
    await("a panic").until(() -> fleet.texts(ERRORS), errors -> !errors.isEmpty());
    make("after", "harmless");
    await("the other ones are done").until(() -> fleet.number(DONE) == 2);
    assertThat(fleet.texts(ERRORS)).containsExactly("killer WorkerCrashed");
    assertThat(fleet.texts("select state from tasks where active and state = '__panic__'"))
        .hasSize(1);
    assertThat(fleet.lives("worker-4")).isTrue();
  }

  private void make(String label, String nature) throws IOException {
    String body = "{\"label\":\"%s\",\"fields\":{\"nature\":\"%s\"}}".formatted(label, nature);
    assertThat(fleet.post("/v1/resources/" + Deadly.DEADLY, body).statusCode()).isEqualTo(201);
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100));
  }
}
