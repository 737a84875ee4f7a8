package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.Receiver;
import dev.toygun.testing.servers.Receiver.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Panics climb four levels, and at each of them the worker is killed while it asks: in the middle
 * of one tree's question, and wherever the trees are that were made a moment ago.
 *
 * <p>{@code -Dtoygun.faults.seed=…} chooses how far those have come.
 */
@Execution(ExecutionMode.CONCURRENT)
class PanicClimbsTest {
  private static final String SECRET = "canary-0123456789";
  private static final long SEED = Long.getLong("toygun.faults.seed", 2);

  /** Made at each level while the slow one is asked. */
  private static final int YOUNG = 3;

  private static final int TREES = 1 + YOUNG * FourLevels.LEVELS;
  private static final String HOPS = "select count(*) from hops";

  private final Random random = new Random(SEED);
  private Path folder;
  private Fleet fleet;
  private Receiver receiver;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    System.out.println("Climb, seed " + SEED);
    folder = temporary;
    receiver = new Receiver();
    fleet = new Fleet(folder);
    fleet.setting("TOYGUN_SINK_NETWORKS", "127.0.0.0/8");
    fleet.setting(FourLevels.FOLDER, folder.toString());
    fleet.startClock();
    fleet.startWorker("worker-0");
    fleet.api();
    fleet.await("worker-0");
    fleet.sink(receiver, SECRET, "info");
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
    receiver.close();
  }

  @Test
  void aPanicThatNobodyHandlesIsFourHopsAndOnePageThoughTheWorkerIsKilledAtEachHop()
      throws Exception {
    makeTree(FourLevels.SLOW);
    for (int level = 1; level <= FourLevels.LEVELS; level++) {
      killWhoAsksAt(level);
    }
    eventually("select count(*) from alarms where name = 'panic' and state = 'open'", TREES);
    eventually("select count(*) from deliveries where state = 'pending'", 0);
    everyPanicClimbedOnce();
    everybodyWasToldOnce();
  }

  private void makeTree(String tree) throws IOException {
    String body = "{\"label\":\"%s\",\"fields\":{\"tree\":\"%s\"}}".formatted(tree, tree);
    String root = FourLevels.type(FourLevels.LEVELS);
    assertThat(fleet.post("/v1/resources/" + root, body).statusCode()).isEqualTo(201);
  }

  private void killWhoAsksAt(int level) throws Exception {
    Path asked = FourLevels.asked(folder, level);
    await("the slow one is asked at level " + level).until(() -> Files.exists(asked));
    long hops = fleet.number(HOPS) + 1 + random.nextInt(YOUNG * FourLevels.LEVELS);
    for (int n = 1; n <= YOUNG; n++) {
      makeTree("young-%d-%d".formatted(level, n));
    }
    await(hops + " hops").until(() -> fleet.number(HOPS) >= hops);
    fleet.kill("worker-" + (level - 1));
    fleet.startWorker("worker-" + level);
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await("seed " + SEED + ": " + what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5));
  }

  private void eventually(String sql, long expected) {
    await(sql)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> fleet.number(sql), n -> n == expected);
  }

  private void everyPanicClimbedOnce() {
    assertThat(fleet.texts("select kind from errors"))
        .as("seed %d: errors", SEED)
        .hasSize(TREES)
        .containsOnly("Broken");
    List<String> climbs =
        fleet.texts(
            """
            select string_agg(h.level || ' ' || r.type || ' ' || h.decision, ', ' order by h.level)
              from hops h join resources r on r.uuid = h.resource_uuid
             group by h.error_uuid""");
    assertThat(climbs)
        .as("seed %d: hops of each panic", SEED)
        .hasSize(TREES)
        .containsOnly("1 level1 decline, 2 level2 decline, 3 level3 decline, 4 level4 decline");
  }

  private void everybodyWasToldOnce() {
    List<String> told = new ArrayList<>();
    for (Received received : receiver.rest()) {
      told.add(received.json().getString("event") + " " + received.json().getString("dedup_key"));
    }
    assertThat(told.stream().distinct())
        .as("seed %d: what was told", SEED)
        .containsExactlyInAnyOrderElementsOf(
            fleet.texts(
                "select 'open toygun/' || uuid from alarms where name = 'panic' and type = 'level1'"))
        .hasSize(TREES);
  }
}
