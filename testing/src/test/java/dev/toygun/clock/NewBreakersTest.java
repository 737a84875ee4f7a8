package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.BreakerChange;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.Breakers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a clock reads which breakers there are. */
class NewBreakersTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void whatIsPublishedIsReadAtOnceAndElseSeldom() {
    Published published = new Published();
    rig.rows.breakers = published;
    rig.clock(ClockSettings.STANDARD);
    rig.pass(9);
    assertThat(published.reads).isOne();
    published.at = published.at.plusSeconds(1);
    rig.pass(1);
    assertThat(published.reads).isEqualTo(2);
    rig.pass(60);
    assertThat(published.reads).as("each 10 s all the same").isBetween(6, 9);
  }

  /** None, and how often it was read that there are none. */
  private static final class Published implements Breakers {
    private Instant at = Instant.EPOCH;
    private int reads;

    @Override
    public Future<Instant> published() {
      return Future.succeededFuture(at);
    }

    @Override
    public Future<List<Declared>> declared() {
      reads++;
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<List<Standing>> look(List<Declared> declared) {
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Map<String, Long>> waiting() {
      return Future.succeededFuture(Map.of());
    }

    @Override
    public Future<Optional<BreakerRow>> change(BreakerChange change, UUID hold, UUID alarm) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Integer> forget(int most) {
      return Future.succeededFuture(0);
    }
  }
}
