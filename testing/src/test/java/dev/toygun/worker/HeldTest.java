package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Leases;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Leases are let go together, each by its own answer. */
class HeldTest {
  private final VirtualTime time = new VirtualTime(1);
  private final Map<UUID, Promise<Map<UUID, Set<SubjectKey>>>> asked = new HashMap<>();

  /** Leases that are asked to be let go, one of each hash. */
  private final class Asked implements Leases {
    @Override
    public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> leases) {
      Promise<Map<UUID, Set<SubjectKey>>> answer = Promise.promise();
      asked.put(leases.iterator().next(), answer);
      return answer.future();
    }

    @Override
    public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
      throw new AssertionError("nothing is taken");
    }

    @Override
    public Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking) {
      throw new AssertionError("nothing is renewed");
    }

    @Override
    public Future<Set<UUID>> expire(String owner) {
      throw new AssertionError("nobody is gone");
    }

    @Override
    public Future<Map<UUID, Holder>> holders(Set<UUID> leases) {
      throw new AssertionError("nobody asks");
    }
  }

  private final Held held =
      new Held(
          new Asked(),
          time,
          WorkerSettings.of("worker-1", "test"),
          new Hands(() -> {}),
          errand -> {});

  private Errand errand(UUID lease) {
    Errand.Asked by =
        new Errand.Asked(
            Set.of(SubjectKey.ofResource(lease)), false, Cause.API, null, time.now(), time.now());
    ListName list = new ListName("default", "thing", 1, 5);
    return new Errand(lease, lease, list, null, by, time.nanos(), time.now());
  }

  private Promise<Map<UUID, Set<SubjectKey>>> asked(UUID lease) {
    return Objects.requireNonNull(asked.get(lease));
  }

  @Test
  void whatIsKeptForOthersIsToldThoughAnotherHashDoesNotAnswer() {
    UUID first = new UUID(1, 0x8000_0000_0000_0001L);
    UUID silent = new UUID(2, 0x8000_0000_0000_0002L);
    UUID kept = new UUID(3, 0x8000_0000_0000_0003L);
    assertThat(Leases.hashOf(silent)).isNotEqualTo(Leases.hashOf(kept));
    Future<Set<SubjectKey>> alone = held.release(errand(first));
    Future<Set<SubjectKey>> lost = held.release(errand(silent));
    Future<Set<SubjectKey>> told = held.release(errand(kept));
    asked(first).complete(Map.of());
    assertThat(alone.result()).isEmpty();

    Set<SubjectKey> others = Set.of(SubjectKey.ofResource(kept));
    asked(kept).complete(Map.of(kept, others));
    asked(silent).fail("no answer");
    assertThat(told.result()).isEqualTo(others);
    assertThat(lost.result()).isEmpty();
  }
}
