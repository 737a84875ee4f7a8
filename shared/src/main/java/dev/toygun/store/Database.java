package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Connections to Postgres, opened when they are needed. Two pools: one for the engine's statements,
 * which are all known and all go by an index, and one for readers, whose filters are not.
 */
public final class Database {
  /** How often a connection is used before its statements are planned anew. */
  private static final int USES_OF_A_PLAN = 256;

  private final Map<Integer, Integer> uses = new ConcurrentHashMap<>();
  static final String DISCARD = "DISCARD PLANS";

  private final Pool engine;
  private final Pool readers;
  private final Duration timeout;

  private Database(Pool engine, Pool readers, Duration timeout) {
    this.engine = engine;
    this.readers = readers;
    this.timeout = timeout;
  }

  /** Connections to a database that need not be there yet. */
  public static Database of(Vertx vertx, DatabaseUrl url, DatabaseSettings settings) {
    return new Database(
        pool(vertx, settings, settings.connections(), engineOptions(url, settings)),
        pool(vertx, settings, (settings.connections() + 1) / 2, options(url, settings)),
        settings.timeout());
  }

  private static PgConnectOptions options(DatabaseUrl url, DatabaseSettings settings) {
    return url.connectOptions()
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheSqlFilter(sql -> true)
        .setPreparedStatementCacheSqlLimit(100_000)
        .addProperty("application_name", settings.application())
        .addProperty("statement_timeout", "5s")
        .addProperty("lock_timeout", "2s")
        // A process that is frozen in the middle of a transaction gives its locks back.
        .addProperty("idle_in_transaction_session_timeout", "10s");
  }

  /*
   * Prepared statements keep the plan of the day they were planned. One made on an almost empty
   * table is a hash join over a sequential scan, and stays it when there are a million rows; and it
   * locks rows in the order in which it meets them, so that groups deadlock. Every statement of the
   * engine has its index, so the planner is told to use it.
   */
  private static PgConnectOptions engineOptions(DatabaseUrl url, DatabaseSettings settings) {
    return options(url, settings)
        .addProperty("enable_seqscan", "off")
        .addProperty("enable_hashjoin", "off")
        .addProperty("enable_mergejoin", "off")
        .addProperty("enable_material", "off")
        .addProperty("jit", "off")
        // One array of one or of 512: the plan is the same. Left to itself, the server takes an
        // array for ten rows, finds that the arguments in hand are fewer, and plans each time anew.
        .addProperty("plan_cache_mode", "force_generic_plan");
  }

  private static Pool pool(
      Vertx vertx, DatabaseSettings settings, int size, PgConnectOptions options) {
    int timeout = (int) settings.timeout().toMillis();
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(settings.waiting())
                .setConnectionTimeout(timeout)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(60)
                .setIdleTimeoutUnit(TimeUnit.SECONDS))
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

  Pool engine() {
    return engine;
  }

  /*
   * The planner's settings are not enough for a statement that was planned while a table was empty and
   * known to be: it reads the whole index, and would until the table is analysed again, at the latest
   * a minute later. What makes tables grow is what is done here, so it is counted here.
   */
  /** A connection of the engine, whose statements go by plans that are not old. */
  Future<SqlConnection> connection() {
    return engine
        .getConnection()
        .onSuccess(
            connection -> {
              if (uses.size() > 1000) {
                uses.clear(); // Most of them are of connections long gone.
              }
              int process = PgConnection.cast(connection).processId();
              if (uses.merge(process, 1, Integer::sum) >= USES_OF_A_PLAN) {
                uses.remove(process);
                connection.query(DISCARD).execute();
              }
            });
  }

  /**
   * The statement of a group by itself, by a plan that is not old; or the one for a group of one.
   */
  Future<RowSet<Row>> run(String many, String one, int size, Tuple group) {
    String sql = size == 1 ? one : many;
    Tuple arguments = size == 1 ? OneRow.of(group) : group;
    return inTime(
        connection()
            .compose(
                connection ->
                    inTime(connection.preparedQuery(sql).execute(arguments))
                        .eventually(connection::close)));
  }

  Pool readers() {
    return readers;
  }

  /** How long a statement may take. */
  Duration timeout() {
    return timeout;
  }

  /** This, or a failure once the time is over. */
  <T> Future<T> inTime(Future<T> future) {
    return future.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Checks that the database is there and has the tables that this build knows.
   *
   * @return fails with a {@link WrongSchema} where it has others, and with the client's error where
   *     there is no database
   */
  public Future<Void> check() {
    return inTime(Schema.check(engine));
  }

  /** Closes all connections; those on which nobody answers end with the process at the latest. */
  public Future<Void> close() {
    return inTime(engine.close())
        .otherwiseEmpty()
        .eventually(() -> inTime(readers.close()).otherwiseEmpty());
  }
}
