package dev.toygun.store;

import dev.toygun.Severity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The outbox in Postgres. */
public final class PgOutbox implements Outbox {
  private static final String NOBODY_TOLD = "nobody_told";

  /** How often a sink is told of errors of one group. */
  static final Duration TOLD_EVERY = Duration.ofMinutes(5);

  /** Of how many groups a sink is told in a minute. */
  static final long GROUPS_A_MINUTE = 100;

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Database database;
  private final SystemWatch system;
  private final PgCatchUp catchUp;
  private final Views views;

  /** The outbox of this database. */
  public PgOutbox(Database database) {
    this.database = database;
    this.system = new SystemWatch(database);
    this.catchUp = new PgCatchUp(database);
    this.views = new ViewsPg(database);
  }

  @Override
  public Future<List<Claimed>> claim(Collection<String> full, int most, Duration claim) {
    Tuple values =
        PgArrays.tuple(full.toArray(String[]::new), (long) most, claim.toMillis() / 1000.0);
    return rows(DeliverySql.CLAIM, values)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(PgOutbox::claimed).toList());
  }

  private static Claimed claimed(Row row) {
    return new Claimed(
        Rows.uuid(row, 0),
        Rows.text(row, 1),
        "resolve".equals(row.getString(2)),
        Rows.text(row, 3),
        Rows.number(row, 4),
        Rows.number(row, 5),
        Rows.uuid(row, 6),
        Rows.text(row, 7),
        Rows.text(row, 8));
  }

  @Override
  public Future<Void> sent(Claimed delivery) {
    return rows(DeliverySql.SENT, Tuple.of(delivery.uuid(), delivery.tries())).mapEmpty();
  }

  @Override
  public Future<Void> later(Claimed delivery, Duration wait, String why) {
    return rows(
            DeliverySql.LATER,
            Tuple.of(delivery.uuid(), delivery.tries(), wait.toMillis() / 1000.0, why))
        .mapEmpty();
  }

  @Override
  public Future<Void> failed(Claimed delivery, String why) {
    return rows(DeliverySql.FAILED, Tuple.of(delivery.uuid(), delivery.tries(), why)).mapEmpty();
  }

  @Override
  public Future<Void> retry(UUID delivery) {
    return rows(DeliverySql.RETRY, Tuple.of(delivery))
        .compose(
            retried ->
                retried.size() > 0
                    ? Future.<Void>succeededFuture()
                    : rows(DeliverySql.STANDING, Tuple.of(delivery))
                        .compose(found -> notRetried(delivery, found)));
  }

  private static Future<Void> notRetried(UUID delivery, RowSet<Row> found) {
    if (found.size() == 0) {
      return Future.failedFuture(Outbox.noDelivery(delivery));
    }
    Row row = found.iterator().next();
    String sink = Rows.text(row, 1);
    return switch (Rows.text(row, 0)) {
      case "pending" -> Future.succeededFuture();
      case "sent" -> Future.failedFuture(Outbox.sent(delivery, sink));
      default ->
          Future.failedFuture(
              Rows.flag(row, 2) ? Outbox.over(delivery, sink) : Outbox.noSink(delivery, sink));
    };
  }

  @Override
  public Future<Boolean> catchUp(int most) {
    return catchUp.run(most);
  }

  @Override
  public Future<Boolean> reportErrors(int most) {
    return rows(ErrorReportSql.SORT, Tuple.of((long) most, (double) TOLD_EVERY.toSeconds()))
        .compose(
            sorted ->
                rows(ErrorReportSql.TELL, Tuple.of(GROUPS_A_MINUTE))
                    .map(told -> Rows.big(sorted.iterator().next(), 0) == most));
  }

  @Override
  public Future<Integer> purge(Duration sent, Duration failed, int most) {
    return rows(DeliverySql.ORPHANED, Tuple.of((long) most))
        .compose(
            done ->
                rows(
                    DeliverySql.PURGE,
                    Tuple.of((double) sent.toSeconds(), (double) failed.toSeconds(), (long) most)))
        .compose(
            purged ->
                rows(ErrorReportSql.FORGET, Tuple.of((double) REMEMBERED.toSeconds(), (long) most))
                    .map(purged.rowCount()));
  }

  @Override
  public Future<Counts> watch(UUID alarm) {
    return rows(DeliverySql.UNTOLD, Tuple.tuple())
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              @Nullable String why = row.getString(0);
              if ((why != null) == row.getBoolean(1)) {
                return Future.succeededFuture();
              }
              return why == null
                  ? system.close(NOBODY_TOLD)
                  : system.open(alarm, NOBODY_TOLD, Severity.CRITICAL, why);
            })
        .compose(done -> rows(DeliverySql.COUNTS, Tuple.tuple()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return views
                  .openAlarms(null)
                  .map(open -> new Counts(Rows.big(row, 0), Rows.big(row, 1), open));
            });
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
