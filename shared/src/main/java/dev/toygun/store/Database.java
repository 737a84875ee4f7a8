package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to Postgres, opened when they are needed. Two pools: one for the engine's statements,
 * which are all known and all go by an index, and one for readers, whose filters are not.
 */
public final class Database {
  /** How often a connection is used before its statements are planned anew. */
  private static final int USES_OF_A_PLAN = 256;

  private final Map<Integer, Integer> uses = new ConcurrentHashMap<>();
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String READ_ONLY = "25006";
  private static final String DISK_FULL = "53100";
  static final String DISCARD = "DISCARD PLANS";

  private final Vertx vertx;
  private final Supplier<Pools> open;
  private final Duration timeout;
  private volatile Pools pools;

  /** What a statement was refused for since the last check, whatever that one's connection can. */
  private volatile @Nullable WrongDatabase refused;

  private Database(Vertx vertx, Supplier<Pools> open, Duration timeout) {
    this.vertx = vertx;
    this.open = open;
    this.timeout = timeout;
    this.pools = open.get();
  }

  /** Connections to a database that need not be there yet. */
  public static Database of(Vertx vertx, DatabaseUrl url, DatabaseSettings settings) {
    return new Database(vertx, () -> Pools.of(vertx, url, settings), settings.timeout());
  }

  /** To be asked for anew each time: connections that lead nowhere are replaced. */
  Pool engine() {
    return pools.engine;
  }

  /*
   * The planner's settings are not enough for a statement that was planned while a table was empty and
   * known to be: it reads the whole index, and would until the table is analysed again, at the latest
   * a minute later. What makes tables grow is what is done here, so it is counted here.
   */
  /** A connection of the engine, whose statements go by plans that are not old. */
  Future<SqlConnection> connection() {
    return engine()
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

  /** As {@link #engine}, for statements whose filters are not known. */
  Pool readers() {
    return pools.readers;
  }

  /** How long a statement may take. */
  Duration timeout() {
    return timeout;
  }

  /** This, or a failure once the time is over. */
  <T> Future<T> inTime(Future<T> future) {
    return future.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).onFailure(this::noted);
  }

  private void noted(Throwable error) {
    String state = error instanceof PgException pg ? String.valueOf(pg.getSqlState()) : "";
    if (state.equals(READ_ONLY)) {
      refused = new WrongDatabase.ReadsOnly("it says so of a statement");
    } else if (state.equals(DISK_FULL)) {
      refused = new WrongDatabase("the database takes no writes: " + error.getMessage());
    }
  }

  /**
   * Checks that the database is there and has the tables that this build knows. Where it does not
   * answer on the connections that there are, or takes no writes, and does on new ones, all are
   * replaced.
   *
   * @return fails with a {@link WrongSchema} where it has others, with a {@link WrongDatabase}
   *     where nothing can be done on it, and with the client's error where there is no database
   */
  public Future<Void> check() {
    Pools now = pools;
    AtomicBoolean served = new AtomicBoolean();
    WrongDatabase before = refused;
    refused = null;
    return check(now, served)
        .onSuccess(there -> now.areThere())
        .compose(
            there -> before == null ? Future.<Void>succeededFuture() : Future.failedFuture(before))
        .recover(
            why -> now.areLost(why, served.get()) ? replaced(now, why) : Future.failedFuture(why));
  }

  private Future<Void> check(Pools asked, AtomicBoolean served) {
    return inTime(
        asked
            .engine
            .getConnection()
            .compose(
                connection -> {
                  served.set(true);
                  return inTime(Schema.check(connection)).eventually(connection::close);
                }));
  }

  /** By new ones, where these are answered; what waits on the old ones fails. */
  private Future<Void> replaced(Pools old, Throwable why) {
    Pools fresh = open.get();
    return check(fresh, new AtomicBoolean())
        .transform(
            done -> {
              if (done.failed()) {
                discard(fresh);
                return Future.failedFuture(why);
              }
              LOG.warn(
                  "Postgres answers on new connections only, so all are replaced: {}",
                  why.toString());
              pools = fresh;
              uses.clear();
              discard(old);
              return Future.succeededFuture();
            });
  }

  // A pool that is closed by whoever it fails breaks off closing, so this is another turn.
  private void discard(Pools given) {
    vertx.runOnContext(
        turn ->
            given.close().onFailure(e -> LOG.debug("closing connections that are given up", e)));
  }

  /** Closes all connections; those on which nobody answers end with the process at the latest. */
  public Future<Void> close() {
    return inTime(pools.close()).otherwiseEmpty();
  }
}
