package dev.toygun.store;

import dev.toygun.Priority;
import dev.toygun.store.Due.Relisted;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Has rows follow their type to another list. */
final class PgRelist {
  private final Database database;

  PgRelist(Database database) {
    this.database = database;
  }

  Future<List<ListName>> homes() {
    return query(RelistSql.HOMES, Tuple.tuple())
        .map(
            rows ->
                PgLoad.decoded(
                    rows,
                    row ->
                        new ListName(
                            Rows.text(row, 0),
                            Rows.text(row, 1),
                            Rows.number(row, 2),
                            Priority.valueOf(Rows.text(row, 3)).stored())));
  }

  Future<Relisted> relist(ListName from, ListName to, UUID after, int look) {
    Tuple arguments =
        PgArrays.tuple(
            from.queue(),
            from.type(),
            from.version(),
            from.priority(),
            after,
            (long) look,
            to.queue(),
            to.priority());
    return query(RelistSql.RELIST, arguments)
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              UUID last = row.getUUID(1);
              UUID upto = last == null ? after : last;
              long moved = Rows.big(row, 0);
              return Rows.big(row, 2) < look
                  ? tasks(from, to, look, moved, upto)
                  : Future.succeededFuture(new Relisted(moved, upto, false));
            });
  }

  /** The resources are through. */
  private Future<Relisted> tasks(ListName from, ListName to, int look, long moved, UUID upto) {
    Tuple arguments =
        PgArrays.tuple(
            from.queue(),
            from.type(),
            from.version(),
            from.priority(),
            (long) look,
            to.queue(),
            to.priority());
    return query(RelistSql.RELIST_TASKS, arguments)
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Relisted(moved + Rows.big(row, 0), upto, Rows.big(row, 1) < look);
            });
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
