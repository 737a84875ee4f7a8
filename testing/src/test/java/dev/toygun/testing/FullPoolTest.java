package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Step;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Announce;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ListName;
import dev.toygun.store.Operations;
import dev.toygun.worker.Steps;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pool of threads that others fill all the time: whoever waits for one has it in its turn. */
class FullPoolTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");

  enum State {
    ONLY
  }

  enum Lap {
    ONE,
    OTHER
  }

  /** Of the code that was run last. */
  private Duration takes = Duration.ZERO;

  private int brief;

  /** One thread, in virtual time: who is asked first is run first. */
  private final class OneThread implements Steps {
    private final InlineSteps inline = new InlineSteps(store.invariants());
    private final ArrayDeque<Queued<?>> queued = new ArrayDeque<>();
    private boolean busy;

    @Override
    public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
      if (!(step instanceof Step.Blocking<S>)) {
        return inline.run(step, tick);
      }
      Queued<S> run = new Queued<>(this, step, tick, Promise.promise(), Promise.promise());
      queued.add(run);
      turn();
      return run;
    }

    private void turn() {
      if (!busy && !queued.isEmpty()) {
        busy = true;
        queued.remove().begin();
      }
    }

    private void end(Runnable answer) {
      time.after(
          takes,
          () -> {
            answer.run();
            busy = false;
            turn();
          });
    }

    @Override
    public double stuck() {
      return 0;
    }
  }

  private record Queued<S extends Enum<S>>(
      OneThread pool, Step<S> step, Tick<S> tick, Promise<Next<S>> answer, Promise<Void> thread)
      implements Steps.Run<S> {
    void begin() {
      thread.complete();
      Future<Next<S>> done = pool.inline.run(step, tick).next();
      pool.end(() -> done.onComplete(answer));
    }

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
      if (pool.queued.remove(this)) {
        thread.complete();
        answer.fail("no thread");
      }
    }

    @Override
    public void giveUp() {}
  }

  private static ResourceType<State> type(String name, TaskType<?> work) {
    return ResourceType.of(name, state(State.ONLY).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(work);
  }

  private Next<Lap> second(Next<Lap> next) {
    takes = ofSeconds(1);
    return next;
  }

  private void make(String type, String label) {
    Announce announce =
        (woken, cause, trace) -> queue.push(Tickets.of(woken, Cause.API, time.now(), trace));
    ListName list = new ListName("default", type, 1, ListName.DEFAULT_PRIORITY);
    new Operations(store, announce, time, "test", "test")
        .create(
            null,
            new ChildCreate(time.uuid(), label, "{}", list, BuiltIn.NEW),
            By.operator("key:test"));
  }

  @Test
  void aStepWithAShortLimitHasItsTurnThoughOthersAlwaysWaitForTheThread() {
    ResourceType<State> busy =
        type(
            "busy",
            TaskType.of(
                WORK,
                state(Lap.ONE).blocking(t -> second(t.go(Lap.OTHER))).to(Lap.OTHER),
                state(Lap.OTHER).blocking(t -> second(t.go(Lap.ONE))).to(Lap.ONE)));
    ResourceType<State> shortly =
        type(
            "brief",
            TaskType.of(
                WORK,
                state(State.ONLY)
                    .blocking(
                        t -> {
                          takes = Duration.ZERO;
                          brief++;
                          return t.finish();
                        })
                    .limit(ofMillis(100))
                    .finishes()));
    worker(
            WorkerSettings.of("worker-1", "test"),
            List.of(busy, shortly),
            new Rows(),
            queue,
            leases,
            new OneThread())
        .start();
    for (int i = 0; i < 3; i++) {
      make("busy", "busy " + i);
    }
    time.advance(ofSeconds(2));
    make("brief", "brief");
    time.advance(ofSeconds(30));
    assertThat(brief).isPositive();
  }
}
