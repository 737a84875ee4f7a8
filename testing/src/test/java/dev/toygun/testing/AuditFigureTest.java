package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Audit;
import dev.toygun.store.Accounts;
import dev.toygun.store.Liveness;
import dev.toygun.store.SystemAlarms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is unaccounted for is the figure of whoever audits, and of nobody else. */
class AuditFigureTest {
  private final VirtualTime time = new VirtualTime(1);
  private final MemoryStore store = new MemoryStore(time);

  /** A process that audits where no other does. */
  private final class Auditor {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Audit audit;

    Auditor(String id) {
      Accounts accounts =
          () ->
              Future.succeededFuture(
                  new Accounts.Account(
                      Map.of(Liveness.Reason.LEFT_OVER, 3L), List.of(), List.of()));
      SystemAlarms none = () -> Future.succeededFuture(Set.of());
      audit = new Audit(id, store, accounts, none, null).measuredBy(metrics);
    }

    void looks() {
      audit.perhaps((name, severity, isTrue, message) -> Future.succeededFuture());
      time.advance(Duration.ofSeconds(1));
    }

    double unaccounted() {
      return metrics.get("toygun_unaccounted").gauge().value();
    }
  }

  @Test
  void whoAuditsNoLongerDoesNotGoOnSayingWhatItFoundLast() {
    Auditor first = new Auditor("first");
    Auditor second = new Auditor("second");
    first.looks();
    time.advance(Audit.OFTEN);
    first.looks();
    assertThat(first.unaccounted()).isEqualTo(3);
    time.advance(Duration.ofMinutes(2)); // It is away for longer than it had the audit for.
    second.looks();
    assertThat(second.unaccounted()).isEqualTo(3);
    first.looks();
    assertThat(first.unaccounted()).isZero();
  }
}
