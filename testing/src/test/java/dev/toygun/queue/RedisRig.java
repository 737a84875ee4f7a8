package dev.toygun.queue;

import dev.toygun.crypto.Keyring;
import dev.toygun.testing.servers.RedisServer;
import dev.toygun.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A client on a real Redis, under a prefix that nobody else uses. */
final class RedisRig implements AutoCloseable {
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  final Vertx vertx = Vertx.vertx();
  final SystemTime time = new SystemTime(vertx);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final String keychain = Keyring.newKeychain(time::random);
  final RedisServer server;
  final RedisSettings settings;
  private final List<RedisQueue> queues = new ArrayList<>();
  private final List<RedisLeases> leases = new ArrayList<>();

  RedisRig() {
    this(RedisServer.shared());
  }

  RedisRig(RedisServer server) {
    this.server = server;
    this.settings =
        RedisSettings.STANDARD
            .withPrefix("test" + PREFIXES.incrementAndGet() + ":")
            .withCallTimeout(Duration.ofSeconds(15)); // where tests run may be busy
  }

  RedisQueue queue() {
    return queue(keychain, settings);
  }

  RedisQueue queue(String chain, RedisSettings other) {
    RedisQueue queue =
        RedisQueue.connect(
            vertx, server.url(), Keyring.parse(chain, time::random), time, metrics, other);
    queues.add(queue);
    return queue;
  }

  RedisLeases leases(RedisSettings other) {
    RedisLeases one = RedisLeases.connect(vertx, server.url(), time, other);
    leases.add(one);
    return one;
  }

  double dropped(String reason) {
    var counter = metrics.find("toygun_tickets_dropped").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  double dropped() {
    return metrics.find("toygun_tickets_dropped").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() {
    queues.forEach(queue -> Waiting.get(queue.close()));
    leases.forEach(one -> Waiting.get(one.close()));
    Waiting.get(vertx.close());
  }
}
