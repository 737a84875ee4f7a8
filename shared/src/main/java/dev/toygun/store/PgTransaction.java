package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transaction on one connection. Statements are sent without waiting for each other's answers:
 * what is decided in between is the only round trip.
 */
final class PgTransaction {
  static final String BEGIN = "BEGIN";
  static final String COMMIT = "COMMIT";
  static final String ROLLBACK = "ROLLBACK";

  private static final String BRIEFLY = "SET LOCAL lock_timeout = '100ms'";

  /** How often a transaction is begun again that the server broke off to end a deadlock. */
  private static final int TRIES = 6;

  /** Classes of errors that say that what was sent cannot be stored. */
  private static final Set<String> BLAMES = Set.of("0A", "21", "22", "23", "42", "44", "54", "P0");

  /** Of these, what says so of the database: a right, a table, a column, a function is missing. */
  private static final Set<String> LACKS = Set.of("42501", "42P01", "42703", "42883", "42P05");

  private final SqlConnection connection;
  private final List<Future<?>> sent = new ArrayList<>();
  private boolean over;

  private PgTransaction(SqlConnection connection) {
    this.connection = connection;
  }

  /** What a transaction comes to: what it answers, and whether it is to be committed. */
  record Result<T>(T value, boolean commits) {
    static <T> Result<T> commit(T value) {
      return new Result<>(value, true);
    }

    static <T> Result<T> nothing(T value) {
      return new Result<>(value, false);
    }
  }

  /**
   * Runs a transaction, again and again while the server breaks it off for a deadlock.
   *
   * @return fails with what the work failed with; with the server's error where it refuses what was
   *     sent; with a {@link Locked}; and else with an {@link UnknownOutcome}
   */
  static <T> Future<T> run(Database database, Function<PgTransaction, Future<Result<T>>> work) {
    return retried(() -> once(database, work), 1);
  }

  private static <T> Future<T> retried(Supplier<Future<T>> attempt, int tries) {
    return attempt
        .get()
        .recover(
            error ->
                Locked.isDeadlock(error) && tries < TRIES
                    ? retried(attempt, tries + 1)
                    : Future.failedFuture(explained(error)));
  }

  private static <T> Future<T> once(
      Database database, Function<PgTransaction, Future<Result<T>>> work) {
    return database.inTime(
        database
            .connection()
            .compose(
                connection -> {
                  PgTransaction transaction = new PgTransaction(connection);
                  return database
                      .inTime(transaction.run(work))
                      .onFailure(transaction.rollsBack())
                      .eventually(connection::close);
                }));
  }

  private <T> Future<T> run(Function<PgTransaction, Future<Result<T>>> work) {
    simple(BEGIN);
    Future<Result<T>> result;
    try {
      result = work.apply(this);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return result
        .recover(this::cause)
        .compose(
            done -> {
              simple(done.commits() ? COMMIT : ROLLBACK);
              // After a statement that failed, the commit is a rollback, and says so to nobody.
              return Future.join(sent)
                  .compose(all -> Future.succeededFuture(done.value()), all -> first());
            });
  }

  /** Once a statement has failed the server refuses the next ones: that says nothing. */
  private <T> Future<T> cause(Throwable error) {
    boolean follows = error instanceof PgException && sent.stream().anyMatch(Future::failed);
    return follows ? first() : Future.failedFuture(error);
  }

  /** The failure that the others follow from. */
  private <T> Future<T> first() {
    return sent.stream()
        .filter(Future::failed)
        .findFirst()
        .<Future<T>>map(failed -> Future.failedFuture(failed.cause()))
        .orElseThrow();
  }

  /*
   * Whatever happens, the next one on this connection begins afresh. A time-out does not stop what
   * waits for an answer: that may come yet, once the locks are gone and the connection is another's.
   */
  private Handler<Throwable> rollsBack() {
    return error -> {
      synchronized (this) {
        over = true;
        connection.query(ROLLBACK).execute();
      }
    };
  }

  /** Sends a statement; its failure fails the transaction. Once that is over, nothing is sent. */
  Future<RowSet<Row>> send(String sql, Tuple arguments) {
    return send(() -> connection.preparedQuery(sql).execute(arguments));
  }

  private synchronized Future<RowSet<Row>> send(Supplier<Future<RowSet<Row>>> statement) {
    Future<RowSet<Row>> answer =
        over ? Future.failedFuture("the transaction is over") : statement.get();
    sent.add(answer);
    return answer;
  }

  /** For what comes after others have waited: many rows may be locked, and each is waited for. */
  void waitsBriefly() {
    simple(BRIEFLY);
  }

  /** For reads that decode what they find. */
  SqlConnection connection() {
    return connection;
  }

  private void simple(String sql) {
    send(() -> connection.query(sql).execute());
  }

  /**
   * What says that a row cannot be stored is passed on, and that somebody has locked one is said:
   * all else leaves it unknown.
   */
  static Throwable explained(Throwable error) {
    if (error instanceof Refusal || error instanceof UnknownOutcome) {
      return error;
    }
    if (Locked.caused(error)) {
      return new Locked(error);
    }
    if (error instanceof PgException pg) {
      String state = String.valueOf(pg.getSqlState());
      boolean blamed =
          state.length() == 5 && BLAMES.contains(state.substring(0, 2)) && !LACKS.contains(state);
      return blamed ? error : unknown(error);
    }
    // What a caller's own function threw is the caller's.
    return error instanceof io.vertx.core.VertxException
            || error instanceof java.io.IOException
            || error instanceof java.util.concurrent.TimeoutException
        ? unknown(error)
        : error;
  }

  private static UnknownOutcome unknown(Throwable error) {
    return new UnknownOutcome(
        "no answer came to a commit, so whether it landed must be read: " + error, error);
  }
}
