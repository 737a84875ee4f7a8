package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Quotas, on Postgres. */
final class PgQuotas implements Quotas {
  private final Database database;

  PgQuotas(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<Line>> declared() {
    return query(QuotaSql.DECLARED, Tuple.tuple())
        .map(
            rows ->
                PgLoad.decoded(
                    rows, row -> new Line(Rows.text(row, 0), row.getDouble(1), Rows.big(row, 2))));
  }

  @Override
  public Future<List<Heavy>> judge(List<Line> lines, Supplier<UUID> alarms) {
    Tuple arguments =
        PgArrays.tuple(
            PgArrays.texts(lines, Line::type),
            lines.stream().map(Line::used).toArray(Double[]::new),
            PgArrays.bigs(lines, Line::per),
            RELIEVED,
            (long) MOST);
    return PgTransaction.run(
        database,
        to -> to.send(QuotaSql.JUDGE, arguments).compose(rows -> judged(to, rows, alarms)));
  }

  @Override
  public Future<List<Sinking>> sinking(int most) {
    return query(RelistSql.SINKING, Tuple.of(LATELY.toSeconds(), LITTLE, (long) most))
        .map(
            rows -> PgLoad.decoded(rows, row -> new Sinking(Rows.uuid(row, 0), Rows.list(row, 1))));
  }

  @Override
  public Future<Long> sink(Collection<UUID> resources) {
    return query(RelistSql.SINK, PgArrays.tuple((Object) resources.toArray(UUID[]::new)))
        .map(rows -> Rows.big(rows.iterator().next(), 0));
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }

  private static Future<PgTransaction.Result<List<Heavy>>> judged(
      PgTransaction to, RowSet<Row> rows, Supplier<UUID> alarms) {
    List<Heavy> all = new ArrayList<>();
    Future<?> told = Future.succeededFuture();
    for (Row row : rows) {
      Line line = new Line(Rows.text(row, 1), row.getDouble(3), Rows.big(row, 4));
      Heavy one = new Heavy(line, Rows.uuid(row, 0), Rows.text(row, 2), row.getDouble(5));
      if (Rows.flag(row, 6)) {
        told = told.compose(done -> SystemWatch.close(to, one.alarmName(), Duration.ZERO));
        continue;
      }
      all.add(one);
      // Also of who was heavy before: an older service lets a person close it.
      told =
          told.compose(
              done ->
                  SystemWatch.open(
                      to, alarms.get(), one.alarmName(), Heavy.SEVERITY, one.alarmMessage()));
    }
    return told.map(done -> PgTransaction.Result.commit(all));
  }
}
