package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Lets runs of tasks with limits in. */
final class PgAdmissions implements Admissions {
  private final Database database;

  PgAdmissions(Database database) {
    this.database = database;
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

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
