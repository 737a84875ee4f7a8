package dev.toygun.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Next;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.worker.Steps;
import dev.toygun.worker.ThreadSteps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOError;
import java.io.IOException;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users' code on real threads. */
class ThreadStepsTest {
  enum State {
    ONLY
  }

  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(code -> new Thread(code, "loop"));
  private final ThreadSteps steps = new ThreadSteps(loop, 1);
  private final Tick<State> tick = TestTick.in(State.ONLY).build();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    steps.close();
    loop.shutdownNow();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private Steps.Run<State> async(Step.Async<State> code) {
    return steps.run(code, tick);
  }

  private Steps.Run<State> blocking(Step.Blocking<State> code) {
    return steps.run(code, tick);
  }

  @Test
  void whatIsAnsweredAtOnceIsThereAtOnce() {
    Steps.Run<State> run = async(t -> Future.succeededFuture(t.stay()));
    assertThat(run.next().succeeded()).isTrue();
    Steps.Run<State> failed = async(t -> Future.failedFuture("no"));
    assertThat(failed.next().failed()).isTrue();
  }

  @Test
  void whatIsAnsweredElsewhereComesBackOnTheLoop() throws Exception {
    Promise<Next<State>> answer = Promise.promise();
    CompletableFuture<String> where = new CompletableFuture<>();
    async(t -> answer.future())
        .next()
        .onComplete(done -> where.complete(Thread.currentThread().getName()));
    answer.complete(tick.stay());
    assertThat(where.get(20, SECONDS)).isEqualTo("loop");
  }

  @Test
  void blockingCodeHasAThreadOfItsOwnAndItsAnswerComesBackOnTheLoop() throws Exception {
    AtomicReference<Thread> ran = new AtomicReference<>();
    CompletableFuture<String> where = new CompletableFuture<>();
    Steps.Run<State> run =
        blocking(
            t -> {
              ran.set(Thread.currentThread());
              release.await();
              return t.stay();
            });
    run.next().onComplete(done -> where.complete(Thread.currentThread().getName()));
    release.countDown();
    assertThat(get(run.next())).isEqualTo(tick.stay());
    assertThat(where.get(20, SECONDS)).isEqualTo("loop");
    Thread thread = Objects.requireNonNull(ran.get());
    assertThat(thread).isNotEqualTo(Thread.currentThread());
    assertThat(thread.getName()).isNotEqualTo("loop");
  }

  @Test
  void whatCodeThrowsIsTheFailure() {
    assertThatThrownBy(() -> get(blocking(t -> fail()).next()))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("it broke");
    assertThatThrownBy(() -> get(async(t -> Future.succeededFuture(fail())).next()))
        .hasRootCauseMessage("it broke");
  }

  @ParameterizedTest
  @MethodSource("notExceptions")
  void whateverCodeThrowsIsTheFailureOfItsTry(Throwable thrown) {
    assertThat(thrownBy(steps.run((Step.Decide<State>) t -> sneak(thrown), tick))).isSameAs(thrown);
    assertThat(thrownBy(async(t -> Future.succeededFuture(sneak(thrown))))).isSameAs(thrown);
    assertThat(thrownBy(blocking(t -> sneak(thrown)))).isSameAs(thrown);
    assertThat(steps.stuck()).isZero();
  }

  static Stream<Throwable> notExceptions() {
    return Stream.of(
        new ServiceConfigurationError("no provider"),
        new IOError(new IOException("gone")),
        new OutOfMemoryError("Cannot reserve direct memory"),
        new Throwable("of no kind"));
  }

  private static @Nullable Throwable thrownBy(Steps.Run<State> run) {
    try {
      return new AssertionError("it answered " + get(run.next()));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (Exception e) {
      return e;
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Next<State> sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static Next<State> fail() {
    throw new IllegalStateException("it broke");
  }

  @Test
  void aThreadIsBusyWhileItRunsCode() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Steps.Run<State> run =
        blocking(
            t -> {
              begun.countDown();
              release.await();
              return t.stay();
            });
    assertThat(begun.await(20, SECONDS)).isTrue();
    assertThat(steps.busy()).isEqualTo(1);
    release.countDown();
    get(run.next());
    assertThat(steps.busy()).isZero();
  }

  @Test
  void codeThatIsInterruptedSaysSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Steps.Run<State> run =
        blocking(
            t -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return t.stay();
            });
    assertThat(begun.await(20, SECONDS)).isTrue();
    run.interrupt();
    assertThatThrownBy(() -> get(run.next())).hasCauseInstanceOf(InterruptedException.class);
    assertThat(steps.stuck()).isZero();
  }

  @Test
  void codeThatIgnoresBeingInterruptedIsStuckUntilItComesBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Steps.Run<State> run =
        blocking(
            t -> {
              begun.countDown();
              deaf(release);
              return t.stay();
            });
    assertThat(begun.await(20, SECONDS)).isTrue();
    run.interrupt();
    run.giveUp();
    assertThat(steps.stuck()).isEqualTo(1);
    release.countDown();
    get(run.next());
    // The one thread counts itself before it takes what is next.
    get(blocking(Tick::stay).next());
    assertThat(steps.stuck()).isZero();
  }

  private static void deaf(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // It goes on all the same: that is what is shown.
      }
    }
  }

  @Test
  void codeThatFoundNoThreadIsOverOnceItIsInterruptedAndLeavesNothingStuck() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Steps.Run<State> first =
        blocking(
            t -> {
              begun.countDown();
              release.await();
              return t.stay();
            });
    assertThat(begun.await(20, SECONDS)).isTrue();
    get(first.begun());
    Steps.Run<State> waiting = blocking(Tick::stay);
    assertThat(waiting.begun().isComplete()).isFalse();
    waiting.interrupt();
    get(waiting.begun());
    assertThatThrownBy(() -> get(waiting.next())).hasCauseInstanceOf(TimeoutException.class);
    assertThat(steps.stuck()).isZero();
    release.countDown();
    get(first.next());
  }
}
