package dev.toygun.queue;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, opened when it is first wanted, and opened again when it is wanted after it
 * broke.
 *
 * <pre>
 *   closed ──get──► opening ──► open ──broken, drop──► closed
 *     ▲                │
 *     └── back-off ◄── failed        while the back-off lasts, get fails at once
 * </pre>
 *
 * <p>The client's own pool hands a connection to one caller at a time and puts it back even if it
 * no longer answers; a call of ours that gets no answer gives the whole connection up. Safe for use
 * from any thread.
 */
final class HeldConnection {
  private static final Logger LOG = LoggerFactory.getLogger(HeldConnection.class);
  private static final long FIRST_BACKOFF_MS = 50;
  private static final long MOST_BACKOFF_MS = 800;

  private final Vertx vertx;
  private final RedisAddress address;
  private final RedisSettings settings;
  private final Time time;
  private @Nullable Open open;
  private @Nullable List<Promise<Open>> opening;
  private @Nullable Throwable lastFailure;
  private int failures;
  private long notBefore;
  private boolean closed;

  HeldConnection(Vertx vertx, RedisAddress address, RedisSettings settings, Time time) {
    this.vertx = vertx;
    this.address = address;
    this.settings = settings;
    this.time = time;
  }

  /** An open connection, and the client that it belongs to and ends with. */
  record Open(Redis client, RedisConnection connection) {}

  /** The open connection; where there is none, one is opened. Fails with {@link RedisFailure}. */
  Future<Open> get() {
    Promise<Open> promise = Promise.promise();
    synchronized (this) {
      if (closed) {
        return Future.failedFuture(new RedisFailure("the connection to " + address + " is closed"));
      }
      if (open != null) {
        return Future.succeededFuture(open);
      }
      if (opening != null) {
        opening.add(promise);
        return promise.future();
      }
      if (failures > 0 && time.nanos() - notBefore < 0) {
        return Future.failedFuture(unreachable());
      }
      opening = new ArrayList<>(List.of(promise));
    }
    connect();
    return promise.future();
  }

  /** Gives a connection up, whatever it still carries; a later call opens another. */
  void drop(Open broken) {
    synchronized (this) {
      if (!broken.equals(open)) {
        return;
      }
      open = null;
    }
    discard(broken.client);
  }

  Future<Void> close() {
    Open last;
    synchronized (this) {
      closed = true;
      last = open;
      open = null;
    }
    return last == null ? Future.succeededFuture() : last.client.close();
  }

  private void connect() {
    Redis client;
    try {
      client = Redis.createClient(vertx, options());
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    Promise<RedisConnection> answer = Promise.promise();
    /* The client's own time-out ends with the TCP connection; a frozen server accepts that. */
    Time.Timer timer =
        time.after(
            settings.callTimeout(),
            () -> answer.tryFail("no answer within " + settings.callTimeout().toMillis() + " ms"));
    client.connect().onSuccess(answer::tryComplete).onFailure(answer::tryFail);
    answer
        .future()
        .onComplete(
            done -> {
              timer.cancel();
              if (done.succeeded()) {
                opened(new Open(client, done.result()));
              } else {
                discard(client);
                failed(done.cause());
              }
            });
  }

  private void opened(Open now) {
    now.connection.endHandler(ended -> drop(now)).exceptionHandler(broken -> drop(now));
    List<Promise<Open>> waiting;
    boolean late;
    synchronized (this) {
      waiting = taken();
      late = closed;
      if (failures > 0) {
        LOG.info("{} is back after {} attempts", address, failures + 1);
      }
      failures = 0;
      open = late ? null : now;
    }
    if (late) {
      discard(now.client);
      waiting.forEach(one -> one.fail(new RedisFailure("the connection is closed")));
    } else {
      waiting.forEach(one -> one.complete(now));
    }
  }

  private void failed(Throwable cause) {
    List<Promise<Open>> waiting;
    RedisFailure failure;
    synchronized (this) {
      waiting = taken();
      long backoff = Math.min(MOST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(failures, 8));
      failures++;
      notBefore = time.nanos() + (long) (backoff * (0.5 + time.random() / 2) * 1_000_000);
      lastFailure = cause;
      failure = unreachable();
      if (failures == 1) {
        LOG.warn("{}; it is tried again and again", failure.getMessage());
      }
    }
    waiting.forEach(one -> one.fail(failure));
  }

  private List<Promise<Open>> taken() {
    List<Promise<Open>> waiting = opening == null ? List.of() : opening;
    opening = null;
    return waiting;
  }

  private RedisFailure unreachable() {
    String why = lastFailure == null ? "" : ": " + lastFailure.getMessage();
    RedisFailure failure = new RedisFailure("cannot reach " + address + why);
    if (lastFailure != null) {
      failure.initCause(lastFailure);
    }
    return failure;
  }

  private static void discard(Redis client) {
    client.close().onFailure(e -> LOG.debug("closing a connection that is given up", e));
  }

  private RedisOptions options() {
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout((int) Duration.ofSeconds(1).toMillis())
            .setTcpKeepAlive(true);
    if (address.asks() != null) {
      net.setSsl(true)
          .setTrustAll(address.asks() == RedisAddress.Asks.NOBODY)
          .setHostnameVerificationAlgorithm(
              address.asks() == RedisAddress.Asks.HOST ? "HTTPS" : "");
      if (address.rootCert() != null) {
        net.setTrustOptions(new PemTrustOptions().addCertPath(address.rootCert()));
      }
    }
    return new RedisOptions()
        .setConnectionString(address.text())
        .setNetClientOptions(net)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setPoolCleanerInterval(-1)
        .setPoolRecycleTimeout(-1)
        .setMaxWaitingHandlers(settings.mostInFlight());
  }
}
