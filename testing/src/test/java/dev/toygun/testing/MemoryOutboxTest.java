package dev.toygun.testing;

import dev.toygun.Severity;
import dev.toygun.store.Outbox;
import dev.toygun.testing.contract.OutboxContract;
import dev.toygun.testing.contract.OutboxUpkeepContract;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

class MemoryOutboxTest implements OutboxContract, OutboxUpkeepContract {
  private final VirtualTime time = new VirtualTime(1);
  private final MemoryOutbox outbox = new MemoryOutbox(time);

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public <T> T get(Future<T> future) {
    if (future.cause() instanceof RuntimeException failure) {
      throw failure;
    }
    return future.result();
  }

  @Override
  public void sink(String name, Severity least) {
    outbox.sink(name, least);
  }

  @Override
  public UUID alarm(String state, Severity severity) {
    return outbox.alarm(state, severity);
  }

  @Override
  public int size() {
    return outbox.size();
  }

  @Override
  public void remove(String sink) {
    outbox.remove(sink);
  }

  @Override
  public UUID write(String sink, UUID alarm, boolean resolve) {
    return outbox.write(sink, alarm, resolve);
  }

  @Override
  public void pass(Duration by) {
    time.advance(by);
  }

  @Override
  public String state(UUID delivery) {
    return outbox.state(delivery);
  }
}
