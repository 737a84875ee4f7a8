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

  private final Database database;
  private final SystemWatch system;

  /** The outbox of this database. */
  public PgOutbox(Database database) {
    this.database = database;
    this.system = new SystemWatch(database);
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
        Rows.uuid(row, 5),
        Rows.text(row, 6),
        Rows.text(row, 7));
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
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Counts(Rows.big(row, 0), Rows.big(row, 1));
            });
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
