package dev.toygun.store;

import dev.toygun.store.Usage.Spent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** What ticks have used, on Postgres. */
final class PgUsages implements Usages {
  private static final UUID ALL = new UUID(0, 0);

  private final Database database;
  private final PgQuotas quotas;

  PgUsages(Database database) {
    this.database = database;
    this.quotas = new PgQuotas(database);
  }

  @Override
  public Quotas quotas() {
    return quotas;
  }

  Future<Void> charge(List<Usage> used) {
    if (used.isEmpty()) {
      return Future.succeededFuture();
    }
    return engine(
            UsageSql.CHARGE,
            PgArrays.tuple(
                PgArrays.texts(used, Usage::type),
                PgArrays.texts(used, Usage::task),
                PgArrays.uuids(used, u -> u.resource() == null ? ALL : u.resource()),
                doubles(used, Spent::ticks),
                doubles(used, Spent::ran),
                doubles(used, Spent::waited),
                doubles(used, Spent::committed)))
        .mapEmpty();
  }

  private static Double[] doubles(List<Usage> used, ToDoubleFunction<Spent> column) {
    return used.stream().map(u -> column.applyAsDouble(u.spent())).toArray(Double[]::new);
  }

  @Override
  public Future<Report> usage(Question question) {
    Tuple arguments =
        PgArrays.tuple(
            question.since().toSeconds(),
            question.by().name().toLowerCase(Locale.ROOT),
            question.under(),
            question.types() == null ? null : question.types().toArray(String[]::new),
            (long) question.limit());
    return database
        .inTime(database.readers().preparedQuery(UsageSql.USED).execute(arguments))
        .map(PgUsages::report);
  }

  private static Report report(RowSet<Row> rows) {
    Row first = rows.iterator().next();
    List<Item> items = new ArrayList<>();
    for (Row row : rows) {
      if (row.getString(6) != null) {
        items.add(
            new Item(
                Rows.text(row, 6),
                Rows.text(row, 7),
                row.getUUID(8),
                Rows.text(row, 9),
                spent(row, 10),
                Rows.flag(row, 14)));
      }
    }
    return new Report(Rows.time(first, 0), Rows.time(first, 1), spent(first, 2), items);
  }

  private static Spent spent(Row row, int column) {
    return new Spent(
        row.getDouble(column),
        row.getDouble(column + 1),
        row.getDouble(column + 2),
        row.getDouble(column + 3));
  }

  @Override
  public Future<Retention.Removed> remove(int rows) {
    return engine(UsageSql.REMOVE, Tuple.of(KEEP.toSeconds(), (long) rows))
        .map(
            removed ->
                new Retention.Removed(
                    Map.of("usage", removed.rowCount()), removed.rowCount() >= rows));
  }

  private Future<RowSet<Row>> engine(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
