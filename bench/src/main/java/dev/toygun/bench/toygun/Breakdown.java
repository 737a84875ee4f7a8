package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Hold;
import dev.toygun.bench.Lags;
import dev.toygun.bench.Wrongs;
import java.time.Duration;
import java.util.UUID;

/**
 * A hundredth of the resources at rest fails at once, and goes on failing: somebody has to be told
 * of each, and all others have to be checked in time meanwhile.
 */
final class Breakdown {
  static final Act ACT = new Act("resident", "1% fails", "checks", false);

  private static final int SHARE = 100;
  private static final long LOOK_MS = 1000;

  /** A period until each was checked, and its tries; and as long again. */
  private static final Duration MOST = Duration.ofMinutes(4);

  private static final String MEANT =
      """
      select count(*) from tasks
       where active and every_s is not null
         and ('x' || translate(substr(uuid::text, 20, 9), '-', ''))::bit(32)::bigint %% %d = 0
      """
          .formatted(SHARE);

  private static final String TOLD =
      """
      select count(*)
        from alarms a join tasks t on t.resource_uuid = a.resource_uuid and t.uuid = a.subject_uuid
       where a.active and a.state = 'open' and t.state = '__panic__'
      """;

  private final Fleet fleet;

  Breakdown(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Whether this task is one of those that fail: by chance, as its uuid is. */
  static boolean breaks(UUID task) {
    return (task.getLeastSignificantBits() >>> 32) % SHARE == 0;
  }

  ObjectNode perform(Runnable ready) throws Exception {
    long meant = fleet.sql().number(MEANT);
    Wrongs wrongs = new Wrongs();
    ready.run();
    fleet.breaks();
    long begun = System.nanoTime();
    Thread.sleep(Hold.PERIOD.toMillis());
    long told = fleet.sql().number(TOLD);
    while (told < meant && System.nanoTime() - begun < MOST.toNanos()) {
      Thread.sleep(LOOK_MS);
      told = fleet.sql().number(TOLD);
    }
    JsonNode since = fleet.tally();
    long ended = System.nanoTime();
    wrongs.unless("alarms of those that fail", meant, told);
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", since.path("executions").asLong());
    figures.put("seconds", (ended - begun) / 1e9);
    figures.put("failing", meant);
    Lags.pass(since, figures);
    wrongs.tell(figures);
    return figures;
  }
}
