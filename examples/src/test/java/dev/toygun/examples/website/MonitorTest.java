package dev.toygun.examples.website;

import static dev.toygun.examples.website.Website.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.Tick;
import dev.toygun.testing.TestTick;
import io.vertx.core.Future;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One look, as the function it is. */
class MonitorTest {
  private static final Monitor MONITOR =
      new Monitor((address, token) -> Future.succeededFuture(address.getPath().equals("/up")));

  private static Tick<Monitor.Step> at(String address) {
    return TestTick.in(Monitor.Step.WATCH).with(ADDRESS, URI.create(address)).build();
  }

  @Test
  void whatIsSeenIsObserved() {
    Tick<Monitor.Step> up = at("https://example.org/up");
    Tick<Monitor.Step> down = at("https://example.org/down");
    assertThat(MONITOR.watch(up).result()).isEqualTo(up.stay().observe(true));
    assertThat(MONITOR.watch(down).result()).isEqualTo(down.stay().observe(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://me:hunter2@example.org/", "/path", "mailto:me@example.org", "http:///x"})
  void anAddressThatNobodyCanAskIsABadAddress(String address) {
    Next<Monitor.Step> next = MONITOR.watch(at(address)).result();
    assertThat(next.move()).isInstanceOf(Next.Move.Panicked.class);
    Next.Move.Panicked<Monitor.Step> panic = (Next.Move.Panicked<Monitor.Step>) next.move();
    assertThat(panic.kind()).isEqualTo("BadAddress");
    assertThat(panic.message()).contains("http://", "then retry").doesNotContain("hunter2");
  }
}
