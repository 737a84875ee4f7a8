package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.service.Audit;
import dev.toygun.service.Lookout;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.testing.VirtualTime;
import dev.toygun.testing.contract.BulkFixture;
import dev.toygun.testing.contract.StoreHistory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears of bulk runs that have halted. */
class HaltedBulksTest implements BulkFixture {
  private final PostgresFixture postgres = new PostgresFixture();

  @Override
  public Store store() {
    return postgres.store();
  }

  @Override
  public StoreHistory history() {
    return postgres;
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres.get(future);
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void ofMoreThanAHundredTheRestIsToldTogether() {
    ListName fleet = fleet();
    for (int i = 0; i < 103; i++) {
      ask(order(fleet, Action.DELETE, null, BulkFixture.PLAIN));
    }
    postgres.execute("update bulks set state = 'halted', note = '1 failed', due_at = null");
    VirtualTime time = new VirtualTime(1);
    SystemWatch system = new SystemWatch(postgres.store().database());
    Audit audit =
        new Audit(
            "me",
            postgres.store(),
            new Liveness(postgres.store().database()),
            system,
            new InProcessLeases(time));
    InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
    get(new Lookout(time, system, queue, audit).look().map(true));
    assertThat(get(system.active()))
        .contains("bulk_halted:more")
        .filteredOn(name -> name.startsWith("bulk_halted:"))
        .hasSize(101);
  }
}
