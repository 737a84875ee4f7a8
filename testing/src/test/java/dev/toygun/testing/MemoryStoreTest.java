package dev.toygun.testing;

import dev.toygun.store.Alarm;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.Store;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.testing.contract.StoreContract;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  public Set<String> systemAlarms() {
    return Stream.of(
            store.breakers().alarms(), store.repairs().alarms(), store.usages().quotas().alarms())
        .flatMap(alarms -> alarms.active().stream())
        .collect(Collectors.toSet());
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
  public List<String> alarmPath(SubjectKey alarm) {
    return store.alarms().moves(alarm.uuid()).stream().map(m -> m.transition().to()).toList();
  }

  @Override
  public List<String> hops(UUID error) {
    return store.alarms().hops().stream()
        .filter(a -> a.hop().error().equals(error) && a.decision() != null)
        .map(
            a ->
                "%d %s: %s"
                    .formatted(
                        a.hop().level(), Objects.requireNonNull(a.decision()).stored(), a.reason()))
        .toList();
  }

  @Override
  public void listen() {}

  @Override
  public List<String> told(UUID alarm) {
    return store.alarms().told().stream()
        .filter(t -> t.alarm().uuid().equals(alarm))
        .map(t -> t.event() + " " + t.severity().stored())
        .toList();
  }

  @Override
  public List<ScheduleRow> schedules(UUID resource) {
    return store.schedules(resource).stream()
        .sorted(Comparator.comparing(ScheduleRow::name))
        .toList();
  }

  @Override
  public void later(UUID resource, Duration much) {
    time.runUntil(() -> false, much);
  }

  @Override
  public List<String> availability(UUID resource) {
    return store.history().turns(resource).stream().map(t -> t.to().stored()).toList();
  }

  @Override
  public List<Changed> changes(SubjectKey subject) {
    return store.history().changes().stream()
        .filter(c -> c.subject().equals(subject))
        .map(c -> new Changed(c.version(), c.fields()))
        .toList();
  }

  @Override
  public List<String> said(SubjectKey subject) {
    return store.history().said(subject).stream().map(s -> s.what().text()).toList();
  }

  @Override
  public List<String> openAlarms(SubjectKey subject) {
    return store.alarms().all().stream()
        .filter(a -> a.active() && a.subject().equals(subject.uuid()))
        .map(Alarm::name)
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
