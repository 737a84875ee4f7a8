package dev.toygun.queue;

import dev.toygun.queue.HeldConnection.Open;
import dev.toygun.time.Time;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Calls to Redis, each with a time-out, over a few connections that carry many calls at once. A
 * call that gets no answer in time takes its connection with it: whether it was carried out is not
 * known. Safe for use from any thread; an answer comes back where the call was made.
 */
final class RedisLink {
  private final Vertx vertx;
  private final RedisAddress address;
  private final RedisSettings settings;
  private final Time time;
  private final List<HeldConnection> connections;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();

  RedisLink(Vertx vertx, String url, Time time, RedisSettings settings) {
    this.vertx = vertx;
    this.address = RedisAddress.parse(url);
    this.settings = settings;
    this.time = time;
    this.connections = IntStream.range(0, settings.connections()).mapToObj(one -> hold()).toList();
  }

  RedisSettings settings() {
    return settings;
  }

  Time time() {
    return time;
  }

  Vertx vertx() {
    return vertx;
  }

  String key(String name) {
    return settings.prefix() + name;
  }

  /** Another connection, for what holds one up: waiting for tickets, listening for nudges. */
  HeldConnection hold() {
    return new HeldConnection(vertx, address, settings, time);
  }

  /** Sends a call; the answer is null where Redis says nil. Fails with {@link RedisFailure}. */
  Future<@Nullable Response> call(Request request) {
    return call(next(), request, settings.callTimeout());
  }

  private HeldConnection next() {
    return connections.get(Math.floorMod(turn.getAndIncrement(), connections.size()));
  }

  /** Sends a call over this connection, to be answered within this time. */
  Future<@Nullable Response> call(HeldConnection held, Request request, Duration most) {
    if (inFlight.incrementAndGet() > settings.mostInFlight()) {
      inFlight.decrementAndGet();
      return Future.failedFuture(
          new RedisFailure(
              "%s: %d calls wait for an answer already; this one is refused"
                  .formatted(address, settings.mostInFlight())));
    }
    Context here = vertx.getOrCreateContext();
    Promise<@Nullable Response> answer = Promise.promise();
    Future<Open> connection = held.get();
    if (connection.succeeded()) {
      send(held, connection.result(), request, most, answer);
    } else {
      connection.onComplete(
          opened ->
              on(
                  here,
                  () -> {
                    if (opened.succeeded()) {
                      send(held, opened.result(), request, most, answer);
                    } else {
                      answer.fail(opened.cause());
                    }
                  }));
    }
    return answer.future().onComplete(done -> inFlight.decrementAndGet());
  }

  /**
   * Runs a script on one key. Those on one key go over one connection, and are so carried out in
   * the order in which they were sent.
   */
  Future<@Nullable Response> run(RedisScript script, String key, List<String> args) {
    HeldConnection held = connections.get(Math.floorMod(key.hashCode(), connections.size()));
    return run(held, script, List.of(key), args);
  }

  /** Runs a script on several keys, in no order with other calls: only a pop does. */
  Future<@Nullable Response> run(RedisScript script, List<String> keys, List<String> args) {
    return run(next(), script, keys, args);
  }

  private Future<@Nullable Response> run(
      HeldConnection held, RedisScript script, List<String> keys, List<String> args) {
    return call(held, script.bySha(keys, args), settings.callTimeout())
        .recover(
            failure ->
                failure instanceof RedisFailure
                        && String.valueOf(failure.getMessage()).contains("NOSCRIPT")
                    ? call(held, script.bySource(keys, args), settings.callTimeout())
                    : Future.failedFuture(failure));
  }

  /** Writes: a server that takes no writes answers a PING all the same. */
  Future<Void> ping() {
    return call(Request.cmd(Command.SET).arg(key("ping")).arg("").arg("PX").arg("10000"))
        .mapEmpty();
  }

  Future<Void> close() {
    return Future.join(connections.stream().map(HeldConnection::close).toList()).mapEmpty();
  }

  private void send(
      HeldConnection held,
      Open open,
      Request request,
      Duration most,
      Promise<@Nullable Response> answer) {
    Time.Timer timer =
        time.after(
            most,
            () -> {
              if (answer.tryFail(late(request, most))) {
                held.drop(open);
              }
            });
    open.connection()
        .send(request)
        .onComplete(
            done -> {
              timer.cancel();
              if (done.failed() && isOfNoUse(done.cause())) {
                held.drop(open);
              }
              settle(request, done, answer);
            });
  }

  /*
   * A server that was demoted keeps its clients: whatever the name or the address stands for by now
   * is found by connecting anew only.
   */
  private static boolean isOfNoUse(Throwable error) {
    String said = String.valueOf(error.getMessage());
    return said.contains("READONLY") || said.contains("MASTERDOWN"); // Of a script, within it.
  }

  private void settle(
      Request request, AsyncResult<Response> done, Promise<@Nullable Response> answer) {
    if (done.succeeded()) {
      answer.tryComplete(done.result());
    } else {
      answer.tryFail(
          new RedisFailure(
              "%s: %s failed: %s".formatted(address, request.command(), done.cause().getMessage()),
              done.cause()));
    }
  }

  private RedisFailure late(Request request, Duration most) {
    return new RedisFailure(
        "%s: no answer to %s within %d ms; whether it was carried out is not known"
            .formatted(address, request.command(), most.toMillis()));
  }

  private static void on(Context here, Runnable action) {
    if (Vertx.currentContext() == here) {
      action.run();
    } else {
      here.runOnContext(v -> action.run());
    }
  }
}
