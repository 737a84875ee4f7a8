package dev.toygun.queue;

import dev.toygun.store.ListName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Waits for tickets with blocking pops. Redis answers nothing else on a connection that waits, so
 * each waiting call has one of its own. What a blocking pop took is kept here for the next pop.
 */
final class WaitingPops {
  /* More callers than this look again after a moment. */
  private static final int MOST_CONNECTIONS = 4;
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final RedisLink link;
  private final RedisLists lists;
  private final Deque<HeldConnection> idle = new ArrayDeque<>();
  private final List<HeldConnection> all = new ArrayList<>();
  private final Deque<Found> found = new ArrayDeque<>();

  private record Found(ListName list, Response text) {}

  WaitingPops(RedisLink link, RedisLists lists) {
    this.link = link;
    this.lists = lists;
  }

  Future<Void> await(List<ListName> wanted, Duration time) {
    HeldConnection connection;
    synchronized (this) {
      if (found.stream().anyMatch(one -> wanted.contains(one.list))) {
        return Future.succeededFuture();
      }
      connection = wanted.isEmpty() ? null : connection();
    }
    if (connection == null) {
      return pass(time);
    }
    Duration most = time.plus(link.settings().callTimeout());
    return link.call(connection, blockingPop(wanted, time), most)
        .map(
            answer -> {
              keep(wanted, answer);
              return true;
            })
        .otherwise(false)
        .compose(
            answered -> {
              giveBack(connection);
              return answered ? Future.succeededFuture() : pass(time);
            });
  }

  /** What earlier waits took off these lists, opened. */
  List<Ticket> take(List<ListName> wanted, int most) {
    List<Ticket> tickets = new ArrayList<>();
    synchronized (this) {
      Iterator<Found> each = found.iterator();
      while (each.hasNext() && tickets.size() < most) {
        Found one = each.next();
        if (wanted.contains(one.list)) {
          each.remove();
          lists.open(one.list, one.text).ifPresent(tickets::add);
        }
      }
    }
    return tickets;
  }

  /** Puts back what was taken and not asked for, and closes the connections. */
  Future<Void> close() {
    List<Future<?>> puts = new ArrayList<>();
    List<HeldConnection> open;
    synchronized (this) {
      for (Found one : found) {
        puts.add(
            link.call(Request.cmd(Command.LPUSH).arg(lists.key(one.list)).arg(one.text.toBytes())));
      }
      found.clear();
      open = List.copyOf(all);
    }
    return Future.join(puts)
        .transform(put -> Future.join(open.stream().map(HeldConnection::close).toList()))
        .mapEmpty();
  }

  private @Nullable HeldConnection connection() {
    HeldConnection connection = idle.poll();
    if (connection == null && all.size() < MOST_CONNECTIONS) {
      connection = link.hold();
      all.add(connection);
    }
    return connection;
  }

  private synchronized void giveBack(HeldConnection connection) {
    idle.push(connection);
  }

  private Request blockingPop(List<ListName> wanted, Duration time) {
    Request pop = Request.cmd(Command.BLPOP);
    wanted.forEach(list -> pop.arg(lists.key(list)));
    double seconds = Math.max(10, time.toMillis()) / 1000.0; // 0 would be for ever
    return pop.arg(String.format(Locale.ROOT, "%.3f", seconds));
  }

  private synchronized void keep(List<ListName> wanted, @Nullable Response answer) {
    if (answer == null || answer.size() < 2) {
      return;
    }
    String key = answer.get(0).toString();
    for (ListName list : wanted) {
      if (lists.key(list).equals(key)) {
        found.add(new Found(list, answer.get(1)));
        return;
      }
    }
  }

  private Future<Void> pass(Duration time) {
    Duration jittered =
        Duration.ofMillis((long) (MOMENT.toMillis() * (0.5 + link.time().random())));
    Promise<Void> passed = Promise.promise();
    link.time().after(time.compareTo(jittered) < 0 ? time : jittered, () -> passed.complete(null));
    return passed.future();
  }
}
