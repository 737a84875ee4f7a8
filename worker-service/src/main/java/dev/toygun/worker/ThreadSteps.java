package dev.toygun.worker;

import dev.toygun.Next;
import dev.toygun.Step;
import dev.toygun.Tick;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs async code on the engine's own event loop, and blocking code on a bounded pool of threads of
 * its own: virtual ones would know no bound, and what is outside is not made for thousands at once.
 * Never Vert.x's worker pool, on which {@code await()} throws.
 *
 * <p>Whatever code throws is a failed try of it, and must end its run. An error of the machine
 * itself is no exception: where memory is short the process has ended before anybody catches that,
 * as {@code deploy/java.options} says.
 */
public final class ThreadSteps implements Steps, AutoCloseable {
  private final Executor loop;
  private final ExecutorService threads;
  private final int size;
  private final AtomicInteger givenUp = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();

  /**
   * Steps whose futures end on the given loop.
   *
   * @param size the most threads
   */
  public ThreadSteps(Executor loop, int size) {
    this.loop = loop;
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size, daemons());
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return code -> {
      Thread thread = new Thread(code, "toygun-step-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
    if (step instanceof Step.Blocking<S> blocking) {
      return onThread(blocking, tick);
    }
    return new OnLoop<>(begin(step, tick));
  }

  private <S extends Enum<S>> Future<Next<S>> begin(Step<S> step, Tick<S> tick) {
    try {
      if (step instanceof Step.Decide<S> decide) {
        return Future.succeededFuture(decide.run(tick));
      }
      Future<Next<S>> answer = ((Step.Async<S>) step).run(tick);
      if (answer.isComplete()) {
        return answer; // Here and now: no need to come back to the loop, on which this runs.
      }
      Promise<Next<S>> back = Promise.promise();
      answer.onComplete(done -> loop.execute(() -> back.handle(done)));
      return back.future();
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private <S extends Enum<S>> Run<S> onThread(Step.Blocking<S> step, Tick<S> tick) {
    Promise<Next<S>> promise = Promise.promise();
    Promise<Void> thread = Promise.promise();
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean lost = new AtomicBoolean();
    FutureTask<Void> code =
        new FutureTask<>(
            () -> {
              if (!begun.compareAndSet(false, true)) {
                return null;
              }
              loop.execute(thread::tryComplete);
              try {
                Next<S> next = busy(step, tick);
                loop.execute(() -> promise.tryComplete(next));
              } catch (Throwable e) {
                loop.execute(() -> promise.tryFail(e));
              } finally {
                if (lost.get()) {
                  givenUp.decrementAndGet();
                }
              }
              return null;
            });
    threads.execute(code);
    return new Run<>() {
      @Override
      public Future<Next<S>> next() {
        return promise.future();
      }

      @Override
      public Future<Void> begun() {
        return thread.future();
      }

      @Override
      public void interrupt() {
        code.cancel(true);
        if (begun.compareAndSet(false, true)) {
          // It never will: nothing is stuck, and nobody else would say that it is over.
          thread.tryComplete();
          promise.tryFail(new TimeoutException("no thread was free for it in all that time"));
        }
      }

      @Override
      public void giveUp() {
        if (lost.compareAndSet(false, true)) {
          givenUp.incrementAndGet();
        }
      }
    };
  }

  private <S extends Enum<S>> Next<S> busy(Step.Blocking<S> step, Tick<S> tick) throws Exception {
    running.incrementAndGet();
    try {
      return step.run(tick);
    } finally {
      running.decrementAndGet();
    }
  }

  private record OnLoop<S extends Enum<S>>(Future<Next<S>> next) implements Run<S> {
    @Override
    public void interrupt() {}

    @Override
    public void giveUp() {}
  }

  @Override
  public double stuck() {
    return (double) givenUp.get() / size;
  }

  /** The share of threads that run code: 0 to 1. */
  public double busy() {
    return (double) running.get() / size;
  }

  /** Interrupts what still runs, and takes no more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
