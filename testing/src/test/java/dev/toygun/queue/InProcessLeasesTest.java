package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.VirtualTime;
import dev.toygun.testing.contract.LeasesContract;
import dev.toygun.time.Time;
import io.vertx.core.Future;

class InProcessLeasesTest extends LeasesContract {
  private final VirtualTime time = new VirtualTime(1);
  private final InProcessLeases leases = new InProcessLeases(time);

  @Override
  protected Leases leases() {
    return leases;
  }

  @Override
  protected Time time() {
    return time;
  }

  @Override
  protected <T> T get(Future<T> future) {
    assertThat(future.isComplete()).isTrue();
    if (future.cause() instanceof RuntimeException failure) {
      throw failure;
    }
    return future.result();
  }

  @Override
  protected void runOut() {
    time.advance(Leases.TIME);
  }
}
