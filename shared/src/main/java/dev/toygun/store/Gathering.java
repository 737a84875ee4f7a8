package dev.toygun.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Gathers what is asked of the database into groups. As with a worker's commits, a group leaves as
 * soon as one of those under way is back: what comes alone waits for nobody, and of many at once
 * each pays a share. What waits is bounded in number and in time. Safe for use from any thread; an
 * answer comes back where it was asked for.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
final class Gathering<Q, A> {
  private static final int UNDER_WAY = 2;
  private static final int MOST_WAITING = 1_000;

  private final Vertx vertx;
  private final Duration patience;
  private final int most;
  private final Function<Q, UUID> resource;
  private final Function<List<Asked<Q, A>>, Future<?>> carry;
  private final ArrayDeque<Asked<Q, A>> waiting = new ArrayDeque<>();
  private int out;

  /** One that is to be answered. */
  record Asked<Q, A>(Q question, Context here, Promise<A> promise) {
    void fail(Throwable why) {
      here.runOnContext(v -> promise.tryFail(why));
    }

    void answer(A answer) {
      here.runOnContext(v -> promise.tryComplete(answer));
    }
  }

  /**
   * Groups that are carried out by this.
   *
   * @param patience how long something may wait before it is sent
   * @param most the size of a group
   * @param resource of which a group has one question only: another leaves with another group
   * @param carry sends a group, answers each in it, and is done when the group is back
   */
  Gathering(
      Vertx vertx,
      Duration patience,
      int most,
      Function<Q, UUID> resource,
      Function<List<Asked<Q, A>>, Future<?>> carry) {
    this.vertx = vertx;
    this.patience = patience;
    this.most = most;
    this.resource = resource;
    this.carry = carry;
  }

  /**
   * Asks.
   *
   * @return fails with a {@link NotSent} where too many wait already, or where it has waited for
   *     too long
   */
  Future<A> ask(Q question) {
    Asked<Q, A> asked = new Asked<>(question, vertx.getOrCreateContext(), Promise.promise());
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        return Future.failedFuture(
            new NotSent(
                MOST_WAITING + " requests wait for the database already; this one was not sent"));
      }
      waiting.add(asked);
    }
    depart();
    return inTime(asked);
  }

  private Future<A> inTime(Asked<Q, A> asked) {
    long ms = patience.toMillis();
    if (isWaiting(asked)) {
      long timer =
          vertx.setTimer(
              ms,
              fired -> {
                if (left(asked)) {
                  asked.fail(
                      new NotSent(
                          "it waited for the database for %d ms; it was not sent".formatted(ms)));
                }
              });
      asked.promise().future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return asked.promise().future();
  }

  private synchronized boolean isWaiting(Asked<Q, A> asked) {
    return waiting.contains(asked);
  }

  /** Whether it gave up waiting before it was sent. */
  private synchronized boolean left(Asked<Q, A> asked) {
    return waiting.remove(asked);
  }

  private void depart() {
    for (List<Asked<Q, A>> group = next(); !group.isEmpty(); group = next()) {
      carried(group)
          .onComplete(
              back -> {
                synchronized (this) {
                  out--;
                }
                depart();
              });
    }
  }

  /** What throws has sent nothing, and must not keep the place of a group for ever. */
  private Future<?> carried(List<Asked<Q, A>> group) {
    try {
      return carry.apply(group);
    } catch (RuntimeException | Error e) {
      group.forEach(asked -> asked.fail(e));
      return Future.failedFuture(e);
    }
  }

  private synchronized List<Asked<Q, A>> next() {
    List<Asked<Q, A>> group = new ArrayList<>();
    if (out == UNDER_WAY) {
      return group;
    }
    Set<UUID> resources = new HashSet<>();
    for (Iterator<Asked<Q, A>> all = waiting.iterator(); all.hasNext() && group.size() < most; ) {
      Asked<Q, A> asked = all.next();
      if (resources.add(resource.apply(asked.question()))) {
        group.add(asked);
        all.remove();
      }
    }
    if (!group.isEmpty()) {
      out++;
    }
    return group;
  }
}
