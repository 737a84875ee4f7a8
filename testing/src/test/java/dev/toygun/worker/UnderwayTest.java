package dev.toygun.worker;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.testing.TestTick;
import dev.toygun.testing.VirtualTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code on real threads, broken off in virtual time. */
class UnderwayTest {
  enum State {
    ONLY
  }

  private final VirtualTime time = new VirtualTime(1);
  private final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private final ThreadSteps steps = new ThreadSteps(loop::add, 1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    steps.close();
  }

  private Underway<State> underway(dev.toygun.Step.Blocking<State> code) {
    return underway(code, ofSeconds(30));
  }

  private Underway<State> underway(dev.toygun.Step.Blocking<State> code, Duration limit) {
    return new Underway<>(steps.run(code, TestTick.in(State.ONLY).build()), time, limit);
  }

  private Next<State> sleep(dev.toygun.Tick<State> t) throws InterruptedException {
    begun.countDown();
    release.await();
    return t.finish();
  }

  private void turnOfTheLoop() throws InterruptedException {
    Objects.requireNonNull(loop.poll(20, TimeUnit.SECONDS)).run();
  }

  @Test
  void aThreadThatSleepsIsWokenAndItsExceptionIsNoFailure() throws Exception {
    Underway<State> code = underway(this::sleep);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    turnOfTheLoop(); // It has its thread,
    code.breakOff();
    turnOfTheLoop(); // and this is what became of it.
    assertThat(code.answer().cause()).isInstanceOf(Underway.BrokenOff.class);
    time.advance(ofSeconds(60));
    assertThat(steps.stuck()).isZero();
  }

  @Test
  void aThreadThatIgnoresItIsGivenUpAfterTheTimeOfGrace() throws Exception {
    Underway<State> code =
        underway(
            t -> {
              begun.countDown();
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              return t.finish();
            });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    code.breakOff();
    time.advance(ofSeconds(9));
    assertThat(code.answer().isComplete()).isFalse();
    time.advance(ofSeconds(2));
    assertThat(code.answer().cause()).isInstanceOf(Underway.BrokenOff.class);
    assertThat(steps.stuck()).isEqualTo(1);
  }

  @Test
  void codeThatFindsNoThreadKeepsItsPlaceUntilItIsBrokenOffAndLeavesNothingStuck()
      throws Exception {
    Underway<State> first = underway(this::sleep, ofMinutes(10));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    Underway<State> second = underway(t -> t.finish());
    time.advance(ofMinutes(5));
    assertThat(second.answer().isComplete()).isFalse();
    second.breakOff();
    assertThat(second.answer().cause()).isInstanceOf(Underway.BrokenOff.class);
    time.advance(ofSeconds(60));
    assertThat(first.answer().isComplete()).isFalse();
    assertThat(steps.stuck()).isZero();
  }

  @Test
  void theWaitForAThreadIsNoPartOfTheLimit() throws Exception {
    Underway<State> first = underway(this::sleep, ofMinutes(10));
    turnOfTheLoop(); // It has its thread.
    CountDownLatch never = new CountDownLatch(1);
    Underway<State> second =
        underway(
            t -> {
              never.await();
              return t.finish();
            });
    time.advance(ofSeconds(25));
    release.countDown();
    turnOfTheLoop(); // It has answered,
    turnOfTheLoop(); // and the other one has its thread.
    assertThat(first.answer().succeeded()).isTrue();
    time.advance(ofSeconds(29));
    assertThat(loop).as("not interrupted").isEmpty();
    time.advance(ofSeconds(2));
    turnOfTheLoop();
    assertThat(second.answer().cause()).isInstanceOf(TickTimeout.class);
  }
}
