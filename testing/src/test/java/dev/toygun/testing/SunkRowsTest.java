package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.Priority;
import dev.toygun.clock.Clock;
import dev.toygun.clock.ClockSettings;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Queue;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ListName;
import dev.toygun.store.Quotas.Line;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Retention;
import dev.toygun.store.Stamp;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has sunk does not keep down what is behind it. */
class SunkRowsTest {
  /** More than a clock goes through from one look at the lists to the next. */
  private static final int MANY = 1_500;

  private static final ListName HOME = new ListName("default", "site", 1, 5);
  private static final ListName LOW = HOME.priority(Priority.LOW);

  private final VirtualTime time = new VirtualTime(1);
  private final MemoryStore store = new MemoryStore(time);
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final InProcessQueue queue = new InProcessQueue(time, metrics);

  private ResourceRow root() {
    UUID uuid = time.uuid();
    Stamp by = new Stamp(Cause.OPERATOR, "key:test", "api-1", "b", null, null, Stamp.Delays.NONE);
    store.insert(new ChildCreate(uuid, "r" + uuid, "{}", LOW, BuiltIn.NEW), by);
    time.advance(Duration.ofMillis(10));
    return store.resource(uuid).orElseThrow();
  }

  private void below(ResourceRow parent) {
    store.rows.put(
        new ResourceRow(
            time.uuid(),
            parent.uuid(),
            List.of(parent.uuid()),
            "below",
            parent.machine(),
            parent.deleting(),
            parent.observed()));
  }

  /** A clock that moves 1,000 rows of a list each time that it looks at the lists anew. */
  private void clock() {
    ClockSettings settings =
        new ClockSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            2_000,
            1_000,
            10_000,
            500_000,
            10_000,
            Retention.Settings.STANDARD);
    new Clock(settings, "clock-1", time, store, queue, new InProcessLeases(time), metrics).start();
  }

  @Test
  void whatIsBehindManyThatStayLowRises() {
    TypeDefinition site =
        new TypeDefinition(
            "site",
            1,
            "default",
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            List.of(),
            "",
            null,
            null,
            new TypeDefinition.QuotaDefinition(1, 600));
    store.publish(List.of(site), "build-1");
    ResourceRow heavy = root();
    store.charge(List.of(new Usage("site", "", heavy.uuid(), new Spent(1, 2, 0, 0))));
    for (int i = 0; i < MANY; i++) {
      below(heavy);
    }
    ResourceRow behind = root();
    store.usages().quotas().judge(List.of(new Line("site", 1, 600)), time::uuid);
    clock();
    Queue.About about = new Queue.About("", List.of(), Instant.EPOCH, Instant.EPOCH, 0, false);
    for (int i = 0; i < 12; i++) {
      queue.heartbeat(new Queue.Worker("here", "", List.of("default:site:1"), about));
      time.advance(Duration.ofSeconds(5));
    }
    assertThat(store.resource(behind.uuid()).orElseThrow().machine().list()).isEqualTo(HOME);
    assertThat(store.resource(heavy.uuid()).orElseThrow().machine().list()).isEqualTo(LOW);
  }
}
