package dev.toygun.service;

import dev.toygun.Setting;
import dev.toygun.alert.Sinks;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.queue.RedisLeases;
import dev.toygun.queue.RedisQueue;
import dev.toygun.queue.RedisSettings;
import dev.toygun.store.Database;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.PgStore;
import dev.toygun.store.Sealer;
import dev.toygun.store.Store;
import dev.toygun.store.SystemWatch;
import dev.toygun.time.SystemTime;
import dev.toygun.trace.OtlpSpans;
import dev.toygun.trace.Spans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service stands on: Vert.x, Postgres, queues and leases, keys, figures. Nothing of it has
 * to be there yet when it is opened; {@link #solid} says when it is.
 */
public final class Ground {
  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);
  private static final Duration CLOSE = Duration.ofSeconds(3);
  private static final int ADDRESS_KEPT_S = 5;

  /** Where queues and leases live. */
  public enum Queues {
    REDIS,
    /** In this process, for one that is all there is. */
    IN_PROCESS
  }

  private final String service;
  private final Config config;
  private final Vertx vertx;
  private final SystemTime time;
  private final PrometheusMeterRegistry metrics;
  private final Readiness readiness = new Readiness();
  private final Keyring keyring;
  private final Database database;
  private final Store store;
  private final Queue queue;
  private final Leases leases;
  private final Sinks sinks;
  private final Spans spans;
  private final Supplier<Future<Void>> ping;
  private final List<Supplier<Future<Void>>> closing = new ArrayList<>();
  private final List<Runnable> onClose = new ArrayList<>();

  private Ground(String service, Config config, Queues queues) {
    this.service = service;
    this.config = config;
    this.vertx = Vertx.vertx(vertxOptions());
    this.time = new SystemTime(vertx);
    this.metrics = Metrics.registry(service);
    Gauge.builder("toygun_not_ready", readiness, ready -> ready.missing().size())
        .description("how many parts it waits for: 0 when it is ready")
        .register(metrics);
    this.keyring = Keyring.parse(config.get(Keys.KEYCHAIN), time::random);
    this.database =
        Database.of(
            vertx,
            config.get(Keys.DATABASE_URL),
            settings(service, config.get(Keys.DATABASE_POOL), keyring.sealingKey()));
    this.store = new PgStore(vertx, database);
    this.sinks =
        new Sinks(
            vertx, time, new FieldSeal(keyring), config.find(Keys.SINK_NETWORKS).orElse(List.of()));
    this.spans = config.find(Keys.OTLP_URL).map(this::collected).orElse(Spans.NONE);
    closing.add(database::close);
    closing.add(sinks::close);
    switch (queues) {
      case REDIS -> {
        String url = config.get(Keys.REDIS_URL).toString();
        RedisQueue redis =
            RedisQueue.connect(vertx, url, keyring, time, metrics, RedisSettings.STANDARD);
        RedisLeases held = RedisLeases.connect(vertx, url, time, RedisSettings.STANDARD);
        queue = redis;
        leases = held;
        ping = redis::ping;
        closing.add(redis::close);
        closing.add(held::close);
      }
      case IN_PROCESS -> {
        queue = new InProcessQueue(time, metrics);
        leases = new InProcessLeases(time);
        ping = Future::succeededFuture;
      }
      default -> throw new AssertionError(queues);
    }
  }

  /* What waits is sent before the process ends, on a thread that may wait. */
  private Spans collected(URI collector) {
    OtlpSpans otlp =
        new OtlpSpans(
            collector,
            config.find(Keys.OTLP_AUTHORIZATION),
            Map.of(
                "service.namespace",
                "toygun",
                "service.name",
                "toygun-" + service,
                "service.version",
                Build.id()));
    closing.add(() -> vertx.executeBlocking(() -> closed(otlp)).mapEmpty());
    return otlp;
  }

  private static boolean closed(OtlpSpans otlp) {
    otlp.close();
    return true;
  }

  /*
   * A server that comes back may come back at another address, and the name servers of containers
   * allow an old one to be kept for ten minutes.
   */
  static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setPreferNativeTransport(false)
        .setAddressResolverOptions(
            new AddressResolverOptions()
                .setCacheMaxTimeToLive(ADDRESS_KEPT_S)
                .setCacheNegativeTimeToLive(1));
  }

  private static DatabaseSettings settings(String service, int connections, int sealing) {
    DatabaseSettings usual = DatabaseSettings.of(new Sealer(service, sealing).application());
    return new DatabaseSettings(usual.application(), connections, usual.waiting(), usual.timeout());
  }

  /** Opens it. Connects to nothing yet. */
  public static Ground open(String service, Config config, Queues queues) {
    return new Ground(service, config, queues);
  }

  /**
   * Waits for Postgres with the right tables, and for Redis, as long as it takes; from then on it
   * watches both. What it waits for is in the log, and in {@link #readiness}.
   */
  public Future<Void> solid() {
    Watch watch = new Watch(vertx, time, readiness);
    closing.add(watch::stop);
    Supplier<Future<Void>> postgres = () -> database.check().compose(right -> follow());
    // Before anybody writes history; where it cannot be, the lookout says so.
    Future<Void> months =
        watch
            .over("postgres", postgres)
            .compose(there -> new SystemWatch(database).partitions())
            .transform(made -> Future.succeededFuture());
    return Future.all(months, watch.over("redis", ping)).mapEmpty();
  }

  private Future<Void> follow() {
    long asked = time.nanos();
    return store.now().onSuccess(now -> time.follow(now, asked)).mapEmpty();
  }

  /** Gives everything back, the last opened first. Never fails, and ends within seconds. */
  public Future<Void> close() {
    onClose.forEach(Runnable::run);
    Future<Void> done = Future.succeededFuture();
    for (int i = closing.size() - 1; i >= 0; i--) {
      Supplier<Future<Void>> next = closing.get(i);
      done = done.transform(before -> next.get().timeout(CLOSE.toMillis(), TimeUnit.MILLISECONDS));
    }
    Promise<Void> closed = Promise.promise();
    done.onComplete(
        before -> {
          if (before.failed()) {
            LOG.warn("While closing: {}", before.cause().toString());
          }
          // On a thread of its own: an event loop would not live to tell that it is closed.
          new Thread(() -> closeVertx(closed), "close").start();
        });
    return closed.future();
  }

  /* A connection that is being made to a server that says nothing keeps Vert.x open for minutes. */
  private void closeVertx(Promise<Void> closed) {
    try {
      Launcher.wait(vertx.close(), CLOSE);
    } catch (Exception e) {
      LOG.warn("While closing: {}; what is open ends with the process", e.toString());
    }
    closed.tryComplete();
  }

  /** What resource types may ask for. */
  public Setting setting() {
    return new TypeSetting(vertx, config, onClose::add);
  }

  /** The name of the service that stands on it. */
  public String service() {
    return service;
  }

  public Config config() {
    return config;
  }

  public Vertx vertx() {
    return vertx;
  }

  public SystemTime time() {
    return time;
  }

  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  public Readiness readiness() {
    return readiness;
  }

  public Keyring keyring() {
    return keyring;
  }

  public Database database() {
    return database;
  }

  public Store store() {
    return store;
  }

  public Queue queue() {
    return queue;
  }

  public Sinks sinks() {
    return sinks;
  }

  /** Who collects what requests led to. */
  public Spans spans() {
    return spans;
  }

  public Leases leases() {
    return leases;
  }
}
