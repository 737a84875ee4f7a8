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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is unaccounted for is the figure of whoever audits, and of nobody else. */
class AuditFigureTest {
  private static final ListName LIST = new ListName("default", "thing", 1, 5);

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
  void aResourcesLeaseExplainsAWaitOfMinutesAndATasksOwnAnyWait() {
    SubjectKey task = new SubjectKey(time.uuid(), time.uuid());
    SubjectKey shared = new SubjectKey(time.uuid(), time.uuid());
    SubjectKey resource = SubjectKey.ofResource(time.uuid());
    InProcessLeases leases = new InProcessLeases(time);
    for (UUID lease : List.of(task.resource(), shared.uuid(), resource.uuid())) {
      leases.take("worker", Map.of(lease, new Leases.Want(Set.of(), false)));
    }
    List<SubjectKey> all = List.of(task, shared, resource);
    assertThat(unexplained(leases, all, Duration.ofMinutes(3))).isEmpty();
    assertThat(unexplained(leases, all, Duration.ofMinutes(6))).containsExactly(task, resource);
  }

  /** What an audit cannot explain of these, which are due for so long. */
  private List<SubjectKey> unexplained(Leases leases, List<SubjectKey> due, Duration late) {
    Instant now = time.now();
    List<Accounts.Waiting> waiting =
        due.stream().map(key -> new Accounts.Waiting(key, 1, LIST, now.minus(late), now)).toList();
    Accounts accounts =
        () -> Future.succeededFuture(new Accounts.Account(Map.of(), waiting, List.of()));
    SystemAlarms none = () -> Future.succeededFuture(Set.of());
    return new Audit("one", store, accounts, none, leases)
        .run().result().unexplained().stream().map(Accounts.Waiting::subject).toList();
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
