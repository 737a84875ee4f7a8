package dev.toygun.examples.postgres;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What is asked of a server through a connection, which is opened for it and closed after it. */
final class Database {
  private static final int LOOK_S = 2;
  private static final int CREATE_S = 20;

  // PostgreSQL puts names and values into these statements, and knows how to quote them.
  private static final String ROLE =
      """
      SELECT format(CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1::text)
                         THEN 'ALTER ROLE %I LOGIN PASSWORD %L'
                         ELSE 'CREATE ROLE %I LOGIN PASSWORD %L' END,
                    $1::text, $2::text)
      """;

  private static final String DATABASE =
      """
      SELECT format('CREATE DATABASE %I OWNER %I', $1::text, $2::text)
       WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = $1::text)
      """;

  private final Vertx vertx;

  Database(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Whether a query is answered within 2 s; never fails. */
  Future<Boolean> answers(long port, Server.Login login) {
    return with(port, login, LOOK_S, connection -> connection.query("SELECT 1").execute())
        .map(true)
        .otherwise(false);
  }

  /**
   * Makes the role and its database, unless they are there, within 20 s.
   *
   * @return the server's version
   */
  Future<String> create(long port, Secret admin, Server.Login login) {
    // The hash is made here, so that the server never sees the password in a statement, and could
    // not log it; it takes some milliseconds, so not on the event loop.
    return vertx
        .executeBlocking(() -> ScramVerifier.of(login.password()))
        .compose(
            verifier ->
                with(
                    port,
                    Server.admin(admin),
                    CREATE_S,
                    connection ->
                        made(connection, ROLE, Tuple.of(login.username(), verifier))
                            .compose(
                                done ->
                                    made(
                                        connection,
                                        DATABASE,
                                        Tuple.of(login.database(), login.username())))
                            .compose(done -> connection.query("SHOW server_version").execute())))
        .map(rows -> rows.iterator().next().getString(0));
  }

  private static Future<Void> made(SqlConnection connection, String sql, Tuple values) {
    return connection
        .preparedQuery(sql)
        .execute(values)
        .compose(
            statements -> {
              Future<RowSet<Row>> last = Future.succeededFuture(statements);
              for (Row row : statements) {
                last = last.compose(before -> connection.query(row.getString(0)).execute());
              }
              return last.mapEmpty();
            });
  }

  // A pool of one, and not a bare connection, because only it takes the socket's time-outs: a
  // postmaster that is there and says nothing would otherwise hold a connection of each look. It
  // is closed once its connection has come to an end, and not before: closing it under a waiting
  // request breaks it.
  private <T> Future<T> with(
      long port, Server.Login login, int seconds, Function<SqlConnection, Future<T>> use) {
    Pool pool =
        PgBuilder.pool()
            .connectingTo(
                new PgConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(Math.toIntExact(port))
                    .setDatabase(login.database())
                    .setUser(login.username())
                    .setPassword(login.password().reveal()))
            .with(new NetClientOptions().setConnectTimeout(seconds * 1000).setIdleTimeout(seconds))
            .with(new PoolOptions().setMaxSize(1))
            .using(vertx)
            .build();
    return pool.withConnection(use)
        .onComplete(answer -> pool.close())
        .timeout(seconds, TimeUnit.SECONDS);
  }
}
