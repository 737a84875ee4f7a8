package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.Leases;
import dev.toygun.service.Audit;
import dev.toygun.store.Accounts;
import dev.toygun.store.ListName;
import dev.toygun.store.Liveness;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.SystemAlarms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
  void aResourcesLeaseExplainsNoWaitOfMoreThanAMinuteAndATasksOwnDoes() {
    ListName list = new ListName("default", "thing", 1, 5);
    SubjectKey task = new SubjectKey(time.uuid(), time.uuid());
    SubjectKey shared = new SubjectKey(time.uuid(), time.uuid());
    SubjectKey resource = SubjectKey.ofResource(time.uuid());
    List<Accounts.Waiting> late =
        Stream.of(task, shared, resource)
            .map(key -> new Accounts.Waiting(key, 1, list, time.now()))
            .toList();
    Accounts accounts =
        () -> Future.succeededFuture(new Accounts.Account(Map.of(), late, List.of()));
    SystemAlarms none = () -> Future.succeededFuture(Set.of());
    InProcessLeases leases = new InProcessLeases(time);
    for (UUID lease : List.of(task.resource(), shared.uuid(), resource.uuid())) {
      leases.take("worker", Map.of(lease, new Leases.Want(Set.of(), false)));
    }
    assertThat(new Audit("one", store, accounts, none, leases).run().result().unexplained())
        .extracting(Accounts.Waiting::subject)
        .containsExactly(task, resource);
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
