package dev.toygun.store;

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

  /** The outbox of this database. */
  public PgOutbox(Database database) {
    this.database = database;
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
              return why == null ? closed() : opened(alarm, why);
            })
        .compose(done -> rows(DeliverySql.COUNTS, Tuple.tuple()))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Counts(Rows.big(row, 0), Rows.big(row, 1));
            });
  }

  private Future<Void> opened(UUID alarm, String why) {
    return PgTransaction.<Integer>run(
            database,
            to ->
                to.send(SystemAlarmSql.OPEN, Tuple.of(alarm, NOBODY_TOLD, "critical", why))
                    .map(
                        rows -> {
                          if (rows.size() > 0) {
                            to.send(
                                DeliverySql.OPENED,
                                PgArrays.tuple(new UUID[] {new UUID(0, 0)}, new UUID[] {alarm}));
                          }
                          return PgTransaction.Result.commit(rows.size());
                        }))
        .mapEmpty();
  }

  private Future<Void> closed() {
    return PgTransaction.<Integer>run(
            database,
            to ->
                to.send(SystemAlarmSql.CLOSE, Tuple.of(NOBODY_TOLD))
                    .map(
                        rows -> {
                          if (rows.size() > 0) {
                            UUID closed = rows.iterator().next().getUUID(0);
                            to.send(
                                DeliverySql.CLOSED, PgArrays.tuple((Object) new UUID[] {closed}));
                          }
                          return PgTransaction.Result.commit(rows.size());
                        }))
        .mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
