package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Lets runs of tasks with limits in. */
final class PgAdmissions implements Admissions {
  private final Database database;
  private final PgDueAlarms alarms;

  PgAdmissions(Database database, PgDueAlarms alarms) {
    this.database = database;
    this.alarms = alarms;
  }

  @Override
  public Future<List<Waiting>> waiting() {
    return query(AdmissionSql.WAITING, Tuple.tuple())
        .map(
            rows ->
                PgLoad.decoded(
                    rows,
                    row ->
                        new Waiting(
                            Rows.text(row, 0),
                            Rows.text(row, 1),
                            Rows.big(row, 2),
                            Rows.time(row, 3),
                            Rows.time(row, 4))));
  }

  @Override
  public Future<List<Committed.Woken>> admit(String owner, Due.Pass claimed, int limit) {
    return query(AdmissionSql.ADMIT, Tuple.of(owner, PgArrays.time(claimed.upto()), (long) limit))
        .map(
            rows ->
                PgLoad.decoded(
                    rows,
                    row ->
                        new Committed.Woken(
                            new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
                            Rows.list(row, 2))));
  }

  @Override
  public Future<Integer> brake(Supplier<UUID> alarm, Stamp by) {
    return query(BrakeSql.HOLDING, Tuple.tuple())
        .map(PgAdmissions::untold)
        .compose(holding -> alarms.brake(holding, alarm, by));
  }

  /** Those of which no alarm says what there is to say. */
  private static List<Braked> untold(RowSet<Row> rows) {
    List<Braked> untold = new ArrayList<>();
    for (Row row : rows) {
      Braked brake =
          new Braked(
              Rows.text(row, 0),
              Rows.text(row, 1),
              Rows.uuid(row, 2),
              Rows.big(row, 3),
              Rows.big(row, 4),
              row.getInteger(5),
              Rows.list(row, 6),
              Rows.big(row, 10));
      if (!brake.why().equals(row.getString(11))) {
        untold.add(brake);
      }
    }
    return untold;
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
