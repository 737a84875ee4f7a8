package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Bulk;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.Bulks;
import dev.toygun.store.By;
import dev.toygun.store.Stamp;
import dev.toygun.store.UnknownOutcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many items of a bulk run a clock does at once. */
class BulkPageTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void whatTakesTooLongIsTriedWithASmallerPageWhichGrowsAgain() {
    Slow slow = new Slow(60);
    rig.rows.bulks = slow;
    rig.clock(ClockSettings.STANDARD);
    rig.pass(6);
    assertThat(slow.pages).startsWith(200, 50, 100, 25, 50, 100);
    slow.most = 1_000;
    rig.pass(6);
    assertThat(slow.pages).endsWith(200, 200);
  }

  /** One that is always due, of which only so many items are done in time. */
  private static final class Slow implements Bulks {
    private final UUID uuid = new UUID(1, 1);
    private final List<Integer> pages = new ArrayList<>();
    private int most;

    Slow(int most) {
      this.most = most;
    }

    @Override
    public Future<List<UUID>> due(int limit) {
      return Future.succeededFuture(List.of(uuid));
    }

    @Override
    public Future<Step> step(UUID bulk, int page, Supplier<UUID> uuids, Stamp clock) {
      pages.add(page);
      return page > most
          ? Future.failedFuture(new UnknownOutcome("no answer came in time", null))
          : Future.succeededFuture(new Step(false, Map.of(), List.of(), List.of()));
    }

    @Override
    public Future<Bulk> ask(Bulk bulk) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Preview> preview(BulkOrder order, int few) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Bulk> command(UUID bulk, Bulk.Command command, By by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<@Nullable Bulk> bulk(UUID uuid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Bulk>> bulks(
        @Nullable Collection<String> types, @Nullable UUID under, @Nullable UUID after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Seen>> items(
        UUID bulk, Bulk.@Nullable Result result, @Nullable UUID after, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
