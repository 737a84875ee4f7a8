package dev.toygun.testing;

import dev.toygun.store.Store;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.testing.contract.StoreContract;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

class MemoryStoreTest extends StoreContract implements StoreHistory {
  private final VirtualTime time = new VirtualTime(7);
  private final MemoryStore store = new MemoryStore(time);

  @Override
  public Store store() {
    return store;
  }

  @Override
  public StoreHistory history() {
    return this;
  }

  @Override
  public <T> T get(Future<T> future) {
    time.runUntil(future::isComplete, Duration.ofMinutes(1));
    if (future.failed()) {
      throw future.cause() instanceof RuntimeException e
          ? e
          : new IllegalStateException(future.cause());
    }
    store.invariants().check();
    return future.result();
  }

  @Override
  public List<Moved> moves(SubjectKey subject) {
    return store.history().moves(subject).stream()
        .map(
            m ->
                new Moved(
                    m.transition().step(),
                    m.transition().from(),
                    m.transition().to(),
                    m.transition().message(),
                    m.stamp().actor(),
                    m.transition().error(),
                    m.transition().changed(),
                    m.stamp().tick()))
        .toList();
  }

  @Override
  public List<Changed> changes(SubjectKey subject) {
    return store.history().changes().stream()
        .filter(c -> c.subject().equals(subject))
        .map(c -> new Changed(c.version(), c.fields()))
        .toList();
  }

  @Override
  public List<String> openAlarms(SubjectKey subject) {
    return store.history().alarms().stream()
        .filter(a -> a.isOpen() && a.subject().equals(subject))
        .map(MemoryHistory.Alarm::name)
        .sorted()
        .toList();
  }

  @Override
  public List<UUID> runs(UUID resource, String name) {
    return store.tasks(resource).stream()
        .filter(t -> t.name().equals(name))
        .map(TaskRow::key)
        .map(SubjectKey::uuid)
        .toList();
  }
}
