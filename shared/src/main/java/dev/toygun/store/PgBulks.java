package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bulk runs, as people ask for them and look at them. */
final class PgBulks implements Bulks {
  /** Of a row that was locked, the column that says when. */
  static final int NOW = 41;

  private static final int COUNTED = 100_000;

  private final Database database;
  private final PgBulkSteps steps;

  PgBulks(Database database, PgLoad load) {
    this.database = database;
    this.steps = new PgBulkSteps(database, load);
  }

  @Override
  public Future<Bulk> ask(Bulk bulk) {
    return query(BulkSql.INSERT, BulkRows.inserted(bulk))
        .compose(made -> query(BulkSql.ONE, Tuple.of(bulk.uuid())))
        .map(rows -> BulkRows.bulk(rows.iterator().next()));
  }

  /* By whatever plan suits the filter, as for lists. */
  @Override
  public Future<Preview> preview(BulkOrder order, int few) {
    List<@Nullable Object> values = new ArrayList<>(List.of(order.type()));
    values.addAll(BulkRows.filter(order.filter()));
    values.add(order.action().stored());
    values.add(order.task());
    values.add((long) few);
    values.add(order.filter().under());
    return database
        .inTime(database.readers().preparedQuery(BulkSql.PREVIEW).execute(Tuple.from(values)))
        .map(
            rows -> {
              List<Found> found = new ArrayList<>();
              long count = 0;
              for (Row row : rows) {
                found.add(new Found(Rows.uuid(row, 0), Rows.text(row, 1), Rows.text(row, 2)));
                count = Rows.big(row, 3);
              }
              return new Preview(Math.min(count, COUNTED), count > COUNTED, found);
            });
  }

  @Override
  public Future<Bulk> command(UUID uuid, Bulk.Command command, By by) {
    return PgTransaction.run(
        database,
        to ->
            to.send(BulkSql.LOCK, Tuple.of(uuid))
                .compose(
                    rows -> {
                      if (rows.size() == 0) {
                        throw Bulks.absent(uuid);
                      }
                      Row row = rows.iterator().next();
                      BulkBook book = new BulkBook(BulkRows.bulk(row), Rows.time(row, NOW));
                      return write(to, book.command(command, by.actor(), by.reason()));
                    })
                .map(PgTransaction.Result::commit));
  }

  @Override
  public Future<@Nullable Bulk> bulk(UUID uuid) {
    return query(BulkSql.ONE, Tuple.of(uuid))
        .map(rows -> rows.size() == 0 ? null : BulkRows.bulk(rows.iterator().next()));
  }

  @Override
  public Future<List<Bulk>> bulks(
      @Nullable Collection<String> types, @Nullable UUID under, @Nullable UUID after, int limit) {
    String[] of = types == null ? null : types.toArray(String[]::new);
    return query(BulkSql.LIST, PgArrays.tuple(of, after, (long) limit, under))
        .map(rows -> PgLoad.decoded(rows, BulkRows::bulk));
  }

  @Override
  public Future<List<Seen>> items(
      UUID bulk, Bulk.@Nullable Result result, @Nullable UUID after, int limit) {
    UUID from = after == null ? new UUID(0, 0) : after;
    Future<RowSet<Row>> rows =
        result == null
            ? query(BulkSql.ITEMS, Tuple.of(bulk, from, (long) limit))
            : query(BulkSql.ITEMS_OF_RESULT, Tuple.of(bulk, from, (long) limit, result.stored()));
    return rows.map(found -> PgLoad.decoded(found, BulkRows::seen));
  }

  @Override
  public Future<List<UUID>> due(int limit) {
    return query(BulkSql.DUE, Tuple.of((long) limit))
        .map(rows -> PgLoad.decoded(rows, row -> Rows.uuid(row, 0)));
  }

  @Override
  public Future<Step> step(UUID bulk, int page, Supplier<UUID> uuids, Stamp clock) {
    return steps.step(bulk, page, uuids, clock);
  }

  static Future<Bulk> write(PgTransaction to, Bulk bulk) {
    return to.send(BulkSql.WRITE, BulkRows.written(bulk))
        .map(rows -> BulkRows.bulk(rows.iterator().next()));
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
