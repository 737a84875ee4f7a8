package dev.toygun.worker;

import dev.toygun.Next;
import dev.toygun.store.ListName;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state's code that is under way: until it answers, its limit is over, or it is broken off
 * because nobody wants its answer any more. Its limit begins once it has a thread: without one it
 * keeps its place, as what went to the end again and again would never have its turn.
 */
final class Underway<S extends Enum<S>> {
  /** How long code that was interrupted may take to come back. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final Steps.Run<S> run;
  private final Time time;
  private final Duration limit;
  private final Promise<Next<S>> answer = Promise.promise();
  private Time.Timer timer = () -> {};
  private boolean late;
  private boolean brokenOff;

  Underway(Steps.Run<S> run, Time time, Duration limit) {
    this.run = run;
    this.time = time;
    this.limit = limit;
    run.begun().onComplete(thread -> begins());
    run.next()
        .onComplete(
            done -> {
              timer.cancel();
              if (late) {
                answer.tryFail(new TickTimeout(limit, false));
              } else if (done.succeeded()) {
                answer.tryComplete(done.result());
              } else {
                answer.tryFail(brokenOff ? new BrokenOff() : done.cause());
              }
            });
  }

  private void begins() {
    if (!brokenOff) {
      timer = time.after(limit, this::limitIsOver);
    }
  }

  private void limitIsOver() {
    late = true;
    interrupt(new TickTimeout(limit, true));
  }

  /**
   * What the code answered. Fails with what it threw, with a {@link TickTimeout}, or with {@link
   * BrokenOff}; an answer that comes though it was broken off counts, and is fenced where it must.
   */
  Future<Next<S>> answer() {
    return answer.future();
  }

  /** Asks the code to stop; what it throws for that is no failed try. */
  void breakOff() {
    if (!late && !brokenOff && !answer.future().isComplete()) {
      brokenOff = true;
      timer.cancel();
      interrupt(new BrokenOff());
    }
  }

  /* The time of grace begins first: code that never had a thread is over inside the interrupt. */
  private void interrupt(RuntimeException inVain) {
    timer =
        time.after(
            GRACE,
            () -> {
              run.giveUp();
              answer.tryFail(inVain);
            });
    run.interrupt();
  }

  /** The tick was broken off: nothing is to be written of it. */
  static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenOff() {
      super("broken off", null, false, false);
    }
  }

  /** Where the code that is under way is known, so that it can be broken off from outside. */
  interface Desk {
    void underway(@Nullable Underway<?> code);

    /** The database's time, where the stopwatch shows this. */
    Instant now(long nanos);

    /** Its code waits for its answer, and not on a thread. */
    void waits();

    /** The list that it was taken from. */
    ListName list();

    /** Its code has its thread, or is never to have one, after so many nanoseconds. */
    void waited(long nanos);
  }
}
