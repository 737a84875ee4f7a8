package dev.toygun.queue;

import dev.toygun.queue.HeldConnection.Open;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Listens for nudges. Each second the connection is asked for a sign of life; one that gives none
 * is replaced, and then everybody is nudged once, for what may have been missed.
 */
final class Nudges {
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final RedisLink link;
  private final HeldConnection connection;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Open subscribed;
  private Time.@Nullable Timer next;
  private boolean started;
  private boolean closed;

  Nudges(RedisLink link) {
    this.link = link;
    this.connection = link.hold();
  }

  Future<Void> send() {
    return link.call(Request.cmd(Command.PUBLISH).arg(channel()).arg("")).mapEmpty();
  }

  Queue.Listening listen(Runnable nudged) {
    Runnable here = Here.now(link.time()).once(nudged);
    listeners.add(here);
    boolean first;
    synchronized (this) {
      first = !started;
      started = true;
    }
    if (first) {
      round();
    }
    return () -> listeners.remove(here);
  }

  Future<Void> close() {
    synchronized (this) {
      closed = true;
      if (next != null) {
        next.cancel();
      }
    }
    listeners.clear();
    return connection.close();
  }

  private void round() {
    connection
        .get()
        .compose(
            open ->
                isSubscribed(open)
                    ? link.call(
                            connection, Request.cmd(Command.PING), link.settings().callTimeout())
                        .<Void>mapEmpty()
                    : subscribe(open))
        .onComplete(done -> again());
  }

  private synchronized void again() {
    if (!closed) {
      next = link.time().after(ROUND, this::round);
    }
  }

  private synchronized boolean isSubscribed(Open open) {
    return open.equals(subscribed);
  }

  private Future<Void> subscribe(Open open) {
    open.connection().handler(this::heard);
    return open.connection()
        .send(Request.cmd(Command.SUBSCRIBE).arg(channel()))
        .map(
            sent -> {
              synchronized (this) {
                subscribed = open;
              }
              listeners.forEach(Runnable::run);
              return null;
            });
  }

  private void heard(@Nullable Response message) {
    if (message != null && message.size() > 0 && "message".equals(message.get(0).toString())) {
      listeners.forEach(Runnable::run);
    }
  }

  private String channel() {
    return link.key("nudge");
  }
}
