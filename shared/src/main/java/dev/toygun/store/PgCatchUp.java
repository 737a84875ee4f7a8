package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tells sinks of alarms that were open before they were, page by page. */
final class PgCatchUp {
  private final Database database;

  PgCatchUp(Database database) {
    this.database = database;
  }

  /** A page of each sink that is behind; true where one has more. */
  Future<Boolean> run(int most) {
    return database
        .inTime(database.engine().preparedQuery(SinkSql.CATCHING_UP).execute())
        .compose(
            rows -> {
              Future<Boolean> all = Future.succeededFuture(false);
              for (Row row : rows) {
                String sink = Rows.text(row, 0);
                all = all.compose(more -> page(sink, most).map(full -> more || full));
              }
              return all;
            });
  }

  private Future<Boolean> page(String sink, int most) {
    return PgTransaction.run(
        database,
        to ->
            to.send(SinkSql.CATCH_UP, Tuple.of(sink))
                .compose(
                    found ->
                        found.size() == 0
                            ? Future.succeededFuture(PgTransaction.Result.nothing(false))
                            : to.send(
                                    SinkSql.OPEN_ALARMS,
                                    Tuple.of(Rows.uuid(found.iterator().next(), 0), (long) most))
                                .map(
                                    open ->
                                        PgTransaction.Result.commit(tell(to, sink, open, most)))));
  }

  /** Whether there may be more. */
  private static boolean tell(PgTransaction to, String sink, RowSet<Row> open, int most) {
    List<UUID> resources = new ArrayList<>();
    List<UUID> alarms = new ArrayList<>();
    for (Row row : open) {
      resources.add(Rows.uuid(row, 0));
      alarms.add(Rows.uuid(row, 1));
    }
    if (!alarms.isEmpty()) {
      to.send(
          DeliverySql.OPENED,
          PgArrays.tuple(resources.toArray(UUID[]::new), alarms.toArray(UUID[]::new), sink));
    }
    boolean full = alarms.size() == most;
    to.send(SinkSql.CAUGHT_UP, Tuple.of(sink, full ? alarms.get(most - 1) : null));
    return full;
  }
}
