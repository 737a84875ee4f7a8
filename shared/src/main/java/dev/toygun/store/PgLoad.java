package dev.toygun.store;

import dev.toygun.store.Work.Sees;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads families: resources, tasks and signals with one statement; with what else their code sees,
 * with as many as that has kinds, sent at once in one transaction on one snapshot. Errors, which
 * few rows have and which never change, follow if need be.
 */
final class PgLoad {
  private final Database database;

  PgLoad(Database database) {
    this.database = database;
  }

  Future<Loaded> load(Collection<UUID> resources, Sees sees) {
    UUID[] uuids = sorted(resources);
    return database.inTime(
        database
            .connection()
            .compose(
                connection ->
                    database
                        .inTime(snapshot(connection, uuids, sees))
                        .eventually(connection::close)));
  }

  private static Future<Loaded> snapshot(SqlConnection connection, UUID[] uuids, Sees sees) {
    boolean together = !sees.equals(Sees.ITSELF);
    Future<?> begun = together ? simple(connection, LoadSql.BEGIN) : Future.succeededFuture();
    Future<FamilyRows> rows = rows(connection, uuids);
    Future<List<ResourceRow>> children =
        read(sees.children(), connection, LoadSql.CHILDREN, uuids, Rows::resource);
    Future<List<ResourceRow>> parents =
        read(sees.parent(), connection, LoadSql.PARENTS, uuids, Rows::resource);
    Future<List<Alarm>> alarms =
        read(sees.alarms(), connection, AlarmSql.SEEN, uuids, AlarmRows::alarm);
    Future<List<Hop.Asked>> panics =
        read(sees.panics(), connection, AlarmSql.SEEN_HOPS, uuids, AlarmRows::asked);
    Future<List<TriggerRow>> triggers =
        read(sees.triggers(), connection, TriggerSql.SEEN, uuids, TriggerSql::row);
    Future<?> ended =
        together ? simple(connection, PgTransaction.COMMIT) : Future.succeededFuture();
    return Future.all(List.of(begun, rows, children, parents, alarms, panics, triggers, ended))
        .compose(all -> errors(connection, rows.result()))
        .compose(
            errors -> {
              List<Family> families =
                  rows.result()
                      .families(
                          errors,
                          children.result(),
                          parents.result(),
                          alarms.result(),
                          panics.result(),
                          triggers.result());
              return now(connection, rows.result()).map(now -> new Loaded(now, families));
            });
  }

  /** When it was read; to be asked where nothing was found. */
  private static Future<Instant> now(SqlClient client, FamilyRows rows) {
    return rows.now() != null
        ? Future.succeededFuture(rows.now())
        : client
            .preparedQuery(LoadSql.NOW)
            .execute()
            .map(found -> Rows.time(found.iterator().next(), 0));
  }

  /** Families, by resource, as the transaction of this connection sees them. */
  Future<Map<UUID, Family>> families(SqlClient client, UUID[] uuids) {
    return rows(client, uuids)
        .compose(
            rows ->
                errors(client, rows)
                    .map(
                        errors -> {
                          Map<UUID, Family> found = new HashMap<>();
                          rows.families(
                                  errors, List.of(), List.of(), List.of(), List.of(), List.of())
                              .forEach(family -> found.put(family.resource().uuid(), family));
                          return found;
                        }));
  }

  Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
    return database.inTime(
        read(true, database.engine(), LoadSql.RESOURCES, sorted(uuids), Rows::resource));
  }

  private static Future<FamilyRows> rows(SqlClient client, UUID[] uuids) {
    return client.preparedQuery(LoadSql.FAMILIES).execute(Tuple.of(uuids)).map(FamilyRows::of);
  }

  private static Future<List<ErrorRow>> errors(SqlClient client, FamilyRows rows) {
    UUID[] uuids = rows.errors();
    return read(uuids.length > 0, client, LoadSql.ERRORS, uuids, Rows::error);
  }

  private static <T> Future<List<T>> read(
      boolean wanted, SqlClient client, String sql, UUID[] uuids, Function<Row, T> decode) {
    return wanted
        ? client.preparedQuery(sql).execute(Tuple.of(uuids)).map(rows -> decoded(rows, decode))
        : Future.succeededFuture(List.of());
  }

  private static Future<?> simple(SqlClient client, String sql) {
    return client.query(sql).execute();
  }

  static <T> List<T> decoded(RowSet<Row> rows, Function<Row, T> decode) {
    List<T> decoded = new ArrayList<>(rows.size());
    for (Row row : rows) {
      decoded.add(decode.apply(row));
    }
    return decoded;
  }

  private static UUID[] sorted(Collection<UUID> uuids) {
    TreeSet<UUID> sorted = new TreeSet<>(SubjectKey.UUID_ORDER);
    sorted.addAll(uuids);
    return sorted.toArray(new UUID[0]);
  }
}
