package dev.toygun.queue;

import dev.toygun.queue.HeldConnection.Open;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel: what is published reaches whoever listens just then, and is kept for nobody. Each
 * second the connection is asked for a sign of life; one that gave none to the last question is
 * replaced, and then everybody hears an empty message, for what may have been missed.
 */
final class Channel {
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final RedisLink link;
  private final String name;
  private final HeldConnection connection;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Open subscribed;
  private boolean alive;
  private Time.@Nullable Timer next;
  private boolean started;
  private boolean closed;

  Channel(RedisLink link, String name) {
    this.link = link;
    this.name = link.key(name);
    this.connection = link.hold();
  }

  Future<Void> publish(String message) {
    return link.call(Request.cmd(Command.PUBLISH).arg(name).arg(message)).mapEmpty();
  }

  /** Has this told of each message; it is run on the connection's thread, and must not block. */
  Queue.Listening listen(Consumer<String> heard) {
    listeners.add(heard);
    boolean first;
    synchronized (this) {
      first = !started;
      started = true;
    }
    if (first) {
      round();
    }
    return () -> listeners.remove(heard);
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
        .compose(open -> isSubscribed(open) ? askForLife(open) : subscribe(open))
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

  /* Whatever comes in is a sign of life. The client takes a message that comes in while an answer
  is waited for as that answer, and gives the answer to the listeners instead. */
  private Future<Void> askForLife(Open open) {
    synchronized (this) {
      if (!alive) {
        connection.drop(open);
        return Future.succeededFuture();
      }
      alive = false;
    }
    open.connection().send(Request.cmd(Command.PING)).onSuccess(pong -> lives());
    return Future.succeededFuture();
  }

  private synchronized void lives() {
    alive = true;
  }

  private Future<Void> subscribe(Open open) {
    open.connection().handler(this::heard);
    return open.connection()
        .send(Request.cmd(Command.SUBSCRIBE).arg(name))
        .timeout(link.settings().callTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(silent -> connection.drop(open))
        .map(
            sent -> {
              synchronized (this) {
                subscribed = open;
                alive = true;
              }
              listeners.forEach(listener -> listener.accept(""));
              return null;
            });
  }

  private void heard(@Nullable Response message) {
    lives();
    if (message != null
        && (message.type() == ResponseType.PUSH || message.type() == ResponseType.MULTI)
        && message.size() == 3
        && "message".equals(message.get(0).toString())) {
      String text = message.get(2).toString();
      listeners.forEach(listener -> listener.accept(text));
    }
  }
}
