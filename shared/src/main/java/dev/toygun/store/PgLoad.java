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
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads families. All statements of a load are sent at once, in one transaction on one snapshot:
 * one round trip for a batch. Errors, which few rows have and which never change, follow if need
 * be.
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
    Future<?> begun = connection.query(LoadSql.BEGIN).execute();
    Future<Instant> now =
        connection
            .preparedQuery(LoadSql.NOW)
            .execute()
            .map(rows -> Rows.time(rows.iterator().next(), 0));
    Future<List<ResourceRow>> resources = resources(connection, LoadSql.RESOURCES, uuids);
    Future<List<TaskRow>> tasks = read(connection, LoadSql.TASKS, uuids, Rows::task);
    Future<List<SignalRow>> signals = read(connection, LoadSql.SIGNALS, uuids, Rows::signal);
    Future<List<ResourceRow>> children =
        sees.children()
            ? resources(connection, LoadSql.CHILDREN, uuids)
            : Future.succeededFuture(List.of());
    Future<List<ResourceRow>> parents =
        sees.parent()
            ? resources(connection, LoadSql.PARENTS, uuids)
            : Future.succeededFuture(List.of());
    Future<List<Alarm>> alarms =
        sees.alarms()
            ? read(connection, AlarmSql.SEEN, uuids, AlarmRows::alarm)
            : Future.succeededFuture(List.of());
    Future<List<Hop.Asked>> panics =
        sees.panics()
            ? read(connection, AlarmSql.SEEN_HOPS, uuids, AlarmRows::asked)
            : Future.succeededFuture(List.of());
    Future<?> ended = connection.query(PgTransaction.COMMIT).execute();
    return Future.all(
            List.of(
                begun, now, resources, tasks, signals, children, parents, alarms, panics, ended))
        .compose(all -> errors(connection, resources.result(), tasks.result()))
        .map(
            errors ->
                new Loaded(
                    now.result(),
                    families(
                        resources.result(),
                        tasks.result(),
                        signals.result(),
                        errors,
                        children.result(),
                        parents.result(),
                        alarms.result(),
                        panics.result())));
  }

  /** Families, by resource, as the transaction of this connection sees them. */
  Future<Map<UUID, Family>> families(SqlClient client, UUID[] uuids) {
    Future<List<ResourceRow>> resources = resources(client, LoadSql.RESOURCES, uuids);
    Future<List<TaskRow>> tasks = read(client, LoadSql.TASKS, uuids, Rows::task);
    Future<List<SignalRow>> signals = read(client, LoadSql.SIGNALS, uuids, Rows::signal);
    return Future.all(resources, tasks, signals)
        .compose(all -> errors(client, resources.result(), tasks.result()))
        .map(
            errors -> {
              Map<UUID, Family> found = new HashMap<>();
              families(
                      resources.result(),
                      tasks.result(),
                      signals.result(),
                      errors,
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of())
                  .forEach(family -> found.put(family.resource().uuid(), family));
              return found;
            });
  }

  Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
    return database.inTime(resources(database.engine(), LoadSql.RESOURCES, sorted(uuids)));
  }

  private static Future<List<ResourceRow>> resources(SqlClient client, String sql, UUID[] uuids) {
    return read(client, sql, uuids, Rows::resource);
  }

  private static Future<List<ErrorRow>> errors(
      SqlClient client, List<ResourceRow> resources, List<TaskRow> tasks) {
    List<UUID> uuids = new ArrayList<>();
    Stream.concat(
            resources.stream().map(ResourceRow::machine), tasks.stream().map(TaskRow::machine))
        .forEach(
            row -> {
              if (row.error() != null) {
                uuids.add(row.error());
              }
            });
    return uuids.isEmpty()
        ? Future.succeededFuture(List.of())
        : read(client, LoadSql.ERRORS, uuids.toArray(new UUID[0]), Rows::error);
  }

  private static <T> Future<List<T>> read(
      SqlClient client, String sql, UUID[] uuids, Function<Row, T> decode) {
    return client.preparedQuery(sql).execute(Tuple.of(uuids)).map(rows -> decoded(rows, decode));
  }

  static <T> List<T> decoded(RowSet<Row> rows, Function<Row, T> decode) {
    List<T> decoded = new ArrayList<>(rows.size());
    for (Row row : rows) {
      decoded.add(decode.apply(row));
    }
    return decoded;
  }

  private static List<Family> families(
      List<ResourceRow> resources,
      List<TaskRow> tasks,
      List<SignalRow> signals,
      List<ErrorRow> errors,
      List<ResourceRow> children,
      List<ResourceRow> parents,
      List<Alarm> alarms,
      List<Hop.Asked> panics) {
    Map<UUID, List<TaskRow>> tasksOf = grouped(tasks, task -> task.key().resource());
    Map<UUID, List<SignalRow>> signalsOf = grouped(signals, s -> s.subject().resource());
    Map<UUID, List<ErrorRow>> errorsOf = grouped(errors, e -> e.subject().resource());
    Map<UUID, List<ResourceRow>> childrenOf =
        grouped(children, c -> Objects.requireNonNull(c.parent()));
    Map<UUID, List<Alarm>> alarmsOf = grouped(alarms, a -> a.key().resource());
    Map<UUID, List<Hop.Asked>> panicsOf = grouped(panics, p -> p.hop().resource());
    Map<UUID, ResourceRow> parentsByUuid = new HashMap<>();
    parents.forEach(parent -> parentsByUuid.put(parent.uuid(), parent));
    List<Family> families = new ArrayList<>(resources.size());
    for (ResourceRow resource : resources) {
      UUID uuid = resource.uuid();
      families.add(
          new Family(
              resource,
              tasksOf.getOrDefault(uuid, List.of()),
              signalsOf.getOrDefault(uuid, List.of()),
              errorsOf.getOrDefault(uuid, List.of()),
              childrenOf.getOrDefault(uuid, List.of()),
              resource.parent() == null ? null : parentsByUuid.get(resource.parent()),
              alarmsOf.getOrDefault(uuid, List.of()),
              panicsOf.getOrDefault(uuid, List.of())));
    }
    return families;
  }

  private static <T> Map<UUID, List<T>> grouped(List<T> rows, Function<T, UUID> by) {
    Map<UUID, List<T>> groups = new HashMap<>();
    for (T row : rows) {
      groups.computeIfAbsent(by.apply(row), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static UUID[] sorted(Collection<UUID> uuids) {
    TreeSet<UUID> sorted = new TreeSet<>(SubjectKey.UUID_ORDER);
    sorted.addAll(uuids);
    return sorted.toArray(new UUID[0]);
  }
}
