package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of fields, on Postgres. A page is one transaction under the lock of its field's row, so
 * that of any number of clocks one writes it.
 */
final class PgIndexes implements Indexes {
  private static final Logger LOG = LoggerFactory.getLogger(PgIndexes.class);

  private final Database database;

  PgIndexes(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> declare() {
    return database.inTime(database.engine().preparedQuery(IndexSql.DECLARE).execute()).mapEmpty();
  }

  @Override
  public Future<Boolean> fill(int most) {
    return PgTransaction.run(
        database,
        to ->
            to.send(IndexSql.LOCK, Tuple.tuple())
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : step(to, rows.iterator().next(), most))
                .map(PgTransaction.Result::commit));
  }

  private static Future<Boolean> step(PgTransaction to, Row row, int most) {
    String type = Rows.text(row, 0);
    String field = Rows.text(row, 1);
    String state = Rows.text(row, 2);
    if (state.equals("new")) {
      return to.send(IndexSql.BEGIN, Tuple.of(type, field)).map(true);
    } else if (state.equals("gone")) {
      return empty(to, type, field, most);
    }
    Tuple from = Tuple.of(type, row.getValue(3), Rows.uuid(row, 4), (long) most);
    return to.send(IndexSql.OLDER, from).map(older -> write(to, type, field, older, most));
  }

  private static boolean write(
      PgTransaction to, String type, String field, RowSet<Row> older, int most) {
    UUID[] page = new UUID[older.size()];
    @Nullable Object at = null;
    int n = 0;
    for (Row row : older) {
      page[n++] = Rows.uuid(row, 0);
      at = row.getValue(1);
    }
    if (n > 0) {
      to.waitsBriefly(); // Whoever wants the others of the page waits as long.
      Tuple these = PgArrays.tuple((Object) page);
      to.send(IndexSql.LOCK_RESOURCES, these);
      to.send(IndexSql.MARK, these);
      to.send(IndexSql.WRITE, these);
    }
    boolean last = n < most;
    if (last) {
      LOG.info(
          "resources of type {} are found by the index of their field {} from now on", type, field);
    }
    to.send(IndexSql.WRITTEN, Tuple.of(type, field, last, at, n == 0 ? null : page[n - 1]));
    return true;
  }

  private static Future<Boolean> empty(PgTransaction to, String type, String field, int most) {
    return to.send(IndexSql.EMPTY, Tuple.of(type, field, (long) most))
        .map(
            rows -> {
              if (rows.rowCount() < most) {
                to.send(IndexSql.FORGET, Tuple.of(type, field));
              }
              return true;
            });
  }
}
