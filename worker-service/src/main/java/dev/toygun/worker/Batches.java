package dev.toygun.worker;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Gathers what is asked for one by one into groups. A group leaves as soon as no other is under
 * way, and beside another only where it is full, or where that takes long, as one does that waits
 * for a lock: an idle system waits for nothing, and under load the groups grow. Two half as large
 * would cost more, and the processors are what they all share.
 *
 * @param <A> what is asked
 * @param <B> what is answered
 */
final class Batches<A, B> {
  /** So long a group is waited for by what would not fill another. */
  private static final long LONG = Duration.ofMillis(100).toNanos();

  private final LongSupplier nanos;
  private final int most;
  private final int underWay;
  private final Function<List<A>, Future<List<B>>> send;
  private final Runnable handled;
  private final ArrayDeque<Asked<A, B>> waiting = new ArrayDeque<>();
  private int out;

  /** When the last group left, by the monotonic clock. */
  private long left;

  private record Asked<A, B>(A what, Promise<B> answer) {}

  /**
   * Batches sent with this function, which answers in the order it was asked.
   *
   * @param nanos the monotonic clock
   * @param most in a group
   * @param underWay groups at once
   */
  Batches(LongSupplier nanos, int most, int underWay, Function<List<A>, Future<List<B>>> send) {
    this(nanos, most, underWay, send, () -> {});
  }

  /**
   * The same, which says when less may wait.
   *
   * @param handled is run whenever a group is back and its answers were handled: most of them ask
   *     for something at once, so that how much waits means nothing before
   */
  Batches(
      LongSupplier nanos,
      int most,
      int underWay,
      Function<List<A>, Future<List<B>>> send,
      Runnable handled) {
    this.nanos = nanos;
    this.most = most;
    this.underWay = underWay;
    this.send = send;
    this.handled = handled;
  }

  Future<B> ask(A what) {
    Promise<B> answer = Promise.promise();
    waiting.add(new Asked<>(what, answer));
    depart();
    return answer.future();
  }

  int waiting() {
    return waiting.size();
  }

  /** What throws has sent nothing, and must not keep the place of a group for ever. */
  private Future<List<B>> sent(List<A> group) {
    try {
      return send.apply(group);
    } catch (RuntimeException | Error e) {
      return Future.failedFuture(e);
    }
  }

  private boolean isTime() {
    if (waiting.isEmpty() || out == underWay) {
      return false;
    }
    return out == 0 || waiting.size() >= most || nanos.getAsLong() - left > LONG;
  }

  private void depart() {
    while (isTime()) {
      List<Asked<A, B>> group = new ArrayList<>(Math.min(most, waiting.size()));
      while (group.size() < most && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
      out++;
      left = nanos.getAsLong();
      sent(group.stream().map(Asked::what).toList())
          .onComplete(
              done -> {
                out--;
                // The next group leaves before the answers are handled: they are work of their own.
                depart();
                try {
                  answer(group, done);
                } finally {
                  handled.run();
                }
              });
    }
  }

  private void answer(List<Asked<A, B>> group, AsyncResult<List<B>> done) {
    for (int i = 0; i < group.size(); i++) {
      Promise<B> answer = group.get(i).answer();
      if (done.succeeded()) {
        answer.complete(done.result().get(i));
      } else {
        answer.fail(done.cause());
      }
    }
  }
}
