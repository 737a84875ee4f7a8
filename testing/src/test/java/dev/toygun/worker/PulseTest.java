package dev.toygun.worker;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.time.Time;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** An event loop that user code keeps is seen from outside. */
class PulseTest {
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private long nanos = 7;

  /** Timers are due at each turn of the loop, whenever that is. */
  private final Time time =
      (Time)
          Proxy.newProxyInstance(
              Time.class.getClassLoader(),
              new Class<?>[] {Time.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("nanos")) {
                  return nanos;
                }
                assertThat(method.getName()).isEqualTo("after");
                Runnable action = (Runnable) arguments[1];
                loop.add(action);
                return (Time.Timer) () -> loop.remove(action);
              });

  private final Pulse pulse = new Pulse(time);

  private void passes(Duration some) {
    nanos += some.toNanos();
  }

  private void turns() {
    Objects.requireNonNull(loop.poll()).run();
  }

  @Test
  void aLoopThatHasNotTurnedForHalfAMinuteHasNoPulseUntilItTurnsAgain() {
    pulse.start();
    passes(ofSeconds(29));
    assertThat(pulse.isThere()).isTrue();
    passes(ofSeconds(2));
    assertThat(pulse.isThere()).isFalse();
    turns();
    assertThat(pulse.isThere()).isTrue();
    passes(ofSeconds(20));
    turns();
    passes(ofSeconds(20));
    assertThat(pulse.isThere()).isTrue();
  }

  @Test
  void whatHasNotBegunOrIsOverIsNotMissed() {
    passes(ofMinutes(5));
    assertThat(pulse.isThere()).isTrue();
    pulse.start();
    pulse.stop();
    passes(ofMinutes(5));
    assertThat(pulse.isThere()).isTrue();
    assertThat(loop).isEmpty();
  }
}
