package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Step;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.store.Alarm;
import dev.toygun.store.Cause;
import dev.toygun.store.Hop;
import dev.toygun.store.Stamp;
import dev.toygun.worker.Steps;
import dev.toygun.worker.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler of panics that never returns, and does not let itself be interrupted: it climbs on. */
class HungHandlerTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");

  enum State {
    KEPT
  }

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void release() {
    never.countDown();
  }

  private ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, state(State.KEPT).decide(t -> t.panic("Broken", "no way"))))
        .onPanic(
            (t, who, error) -> {
              entered.countDown();
              while (never.getCount() > 0) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  // It does not care.
                }
              }
              return Handling.retry();
            });
  }

  /** Blocking code on threads of its own, as it is run; its answers never come. */
  private final class Threads implements Steps {
    private final InlineSteps inline = new InlineSteps(store.invariants());

    @Override
    public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
      if (!(step instanceof Step.Blocking<S> blocking)) {
        return inline.run(step, tick);
      }
      Promise<Next<S>> answer = Promise.promise();
      Thread thread =
          new Thread(
              () -> {
                try {
                  blocking.run(tick);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      return new Run<S>() {
        @Override
        public Future<Next<S>> next() {
          return answer.future();
        }

        @Override
        public void interrupt() {
          thread.interrupt();
        }

        @Override
        public void giveUp() {}
      };
    }

    @Override
    public double stuck() {
      return 0;
    }
  }

  private List<Alarm.State> panics() {
    return store.alarms().all().stream().map(Alarm::state).toList();
  }

  private List<Hop.Decision> hops() {
    return store.alarms().hops().stream().map(MemoryAlarms.Asked::decision).toList();
  }

  @Test
  void itsLimitIsOverAndThePanicIsTold() throws InterruptedException {
    work(type(), new Rows(), leases, new Threads());
    time.advance(ofSeconds(5));
    entered.await();
    assertThat(panics()).containsExactly(Alarm.State.CLIMBING);
    time.advance(ofSeconds(45));
    assertThat(panics()).containsExactly(Alarm.State.OPEN);
    assertThat(hops()).containsExactly(Hop.Decision.DECLINE);
  }

  /** Threads that are all taken. */
  private final class NoThreads implements Steps {
    private final InlineSteps inline = new InlineSteps(store.invariants());
    private int asked;

    @Override
    public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
      if (!(step instanceof Step.Blocking<S>)) {
        return inline.run(step, tick);
      }
      asked++;
      Promise<Next<S>> answer = Promise.promise();
      Promise<Void> thread = Promise.promise();
      return new Run<S>() {
        @Override
        public Future<Next<S>> next() {
          return answer.future();
        }

        @Override
        public Future<Void> begun() {
          return thread.future();
        }

        @Override
        public void interrupt() {
          thread.tryComplete();
          answer.tryFail("no thread");
        }

        @Override
        public void giveUp() {}
      };
    }

    @Override
    public double stuck() {
      return 0;
    }
  }

  @Test
  void whoeverFindsNoThreadHasNotDeclined() {
    NoThreads threads = new NoThreads();
    work(type(), new Rows(), leases, threads);
    time.advance(ofSeconds(75));
    assertThat(threads.asked).as("it keeps its place").isEqualTo(1);
    assertThat(panics()).containsExactly(Alarm.State.CLIMBING);
    assertThat(hops()).doesNotContain(Hop.Decision.DECLINE);
  }

  @Test
  void whereItsWorkerIsGoneTooTheClockHasItClimb() throws InterruptedException {
    Worker worker = work(type(), new Rows(), leases, new Threads());
    time.advance(ofSeconds(5));
    entered.await();
    worker.kill();
    time.advance(ofSeconds(30));
    moveAlarms();
    assertThat(panics()).as("it may answer yet").containsExactly(Alarm.State.CLIMBING);
    time.advance(ofSeconds(60));
    moveAlarms();
    assertThat(panics()).containsExactly(Alarm.State.OPEN);
    assertThat(hops()).containsExactly(Hop.Decision.TIME_OUT);
  }

  private void moveAlarms() {
    Stamp clock =
        new Stamp(Cause.CLOCK, "system", "clock-1", "test", null, null, Stamp.Delays.NONE);
    store.moveAlarms(clock, 100);
    time.advance(ofSeconds(1));
  }
}
