package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of a {@link Database}, from when they are opened until they are given up. */
final class Pools {
  /** After so many checks in a row that got no connection, those that there are lead nowhere. */
  private static final int CHECKS = 3;

  private static final Map<String, String> SESSION =
      Map.of(
          "statement_timeout", "5s",
          "lock_timeout", "2s",
          // A process that is frozen in the middle of a transaction gives its locks back.
          "idle_in_transaction_session_timeout", "10s");

  /*
   * Prepared statements keep the plan of the day they were planned. One made on an almost empty
   * table is a hash join over a sequential scan, and stays it when there are a million rows; and it
   * locks rows in the order in which it meets them, so that groups deadlock. Every statement of the
   * engine has its index, so the planner is told to use it.
   */
  private static final Map<String, String> PLANNER =
      Map.of(
          "enable_seqscan", "off",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off",
          "enable_material", "off",
          "jit", "off",
          // One array of one or of 512: the plan is the same. Left to itself, the server takes an
          // array for ten rows, finds that the arguments in hand are fewer, and plans each time
          // anew.
          "plan_cache_mode", "force_generic_plan");

  final Pool engine;
  final Pool readers;
  private final AtomicInteger unserved = new AtomicInteger();

  private Pools(Pool engine, Pool readers) {
    this.engine = engine;
    this.readers = readers;
  }

  static Pools of(Vertx vertx, DatabaseUrl url, DatabaseSettings settings) {
    PgConnectOptions engine = options(url, settings);
    PLANNER.forEach(engine::addProperty);
    return new Pools(
        pool(vertx, settings, settings.connections(), engine),
        pool(vertx, settings, (settings.connections() + 1) / 2, options(url, settings)));
  }

  /** What the engine's connections ask of the server, by name. */
  static Map<String, String> asked() {
    Map<String, String> asked = new TreeMap<>(SESSION);
    asked.putAll(PLANNER);
    return asked;
  }

  private static PgConnectOptions options(DatabaseUrl url, DatabaseSettings settings) {
    PgConnectOptions options =
        url.connectOptions()
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheSqlFilter(sql -> true)
            .setPreparedStatementCacheSqlLimit(100_000)
            .addProperty("application_name", settings.application());
    SESSION.forEach(options::addProperty);
    return options;
  }

  private static Pool pool(
      Vertx vertx, DatabaseSettings settings, int size, PgConnectOptions options) {
    int timeout = (int) settings.timeout().toMillis();
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(settings.waiting())
                // Before the caller gives up: a pool that is closed as both do breaks off closing.
                .setConnectionTimeout(timeout * 9 / 10)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(60)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // The name of the server may lead elsewhere by then.
                .setMaxLifetime(10)
                .setMaxLifetimeUnit(TimeUnit.MINUTES))
        .with(
            new NetClientOptions()
                .setConnectTimeout(timeout)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                // The server answers within its statement time-out; a connection that is silent
                // for longer than this leads nowhere. Idle ones are closed by the pool before.
                .setReadIdleTimeout(90)
                .setIdleTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  /*
   * What waits on a connection that is lost keeps its place until the kernel gives up, which takes
   * a quarter of an hour; and never does where somebody on the way goes on acknowledging.
   */
  /**
   * Whether they lead nowhere, as far as a check that failed can tell.
   *
   * @param served whether the check got a connection
   */
  boolean areLost(Throwable why, boolean served) {
    if (served) {
      unserved.set(0);
      // Of other tables and of missing rights new connections know no better.
      return why instanceof TimeoutException || why instanceof WrongDatabase.ReadsOnly;
    }
    return unserved.incrementAndGet() >= CHECKS;
  }

  void areThere() {
    unserved.set(0);
  }

  /** Ends when all are closed; those on which nobody answers end with the process at the latest. */
  Future<Void> close() {
    return Future.join(engine.close(), readers.close()).mapEmpty();
  }
}
