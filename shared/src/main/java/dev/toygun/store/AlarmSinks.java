package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table of sinks: who is told of alarms. */
public final class AlarmSinks {
  private final Database database;

  /** Sinks of this database. */
  public AlarmSinks(Database database) {
    this.database = database;
  }

  /** All of them, by name. */
  public Future<List<SinkRow>> list() {
    return rows(SinkSql.LIST, Tuple.tuple())
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(AlarmSinks::sink).toList());
  }

  /** The sink of this name; null where there is none. */
  public Future<@Nullable SinkRow> find(String name) {
    return rows(SinkSql.FIND, Tuple.of(name)).map(AlarmSinks::first);
  }

  /**
   * Adds a sink.
   *
   * @return fails with a {@link Refusal} of code {@code EXISTS} where there is one of this name, or
   *     a hundred already
   */
  public Future<SinkRow> insert(
      String name,
      UUID uuid,
      String kind,
      String settings,
      SinkScope scope,
      boolean active,
      String createdBy) {
    return rows(
            SinkSql.INSERT,
            PgArrays.tuple(
                name,
                uuid,
                kind,
                settings,
                scope.minSeverity(),
                active,
                createdBy,
                scope.types().toArray(String[]::new),
                scope.under()))
        .map(
            rows -> {
              SinkRow made = first(rows);
              if (made == null) {
                throw exists(name);
              }
              return made;
            });
  }

  /**
   * Changes a sink.
   *
   * @param was as it was read: of the same version
   * @return fails with a {@link Refusal} of code {@code STALE} where somebody was faster
   */
  public Future<SinkRow> update(SinkRow was, String settings, SinkScope scope, boolean active) {
    return rows(
            SinkSql.UPDATE,
            PgArrays.tuple(
                was.name(),
                was.version(),
                settings,
                scope.minSeverity(),
                active,
                scope.types().toArray(String[]::new),
                scope.under()))
        .map(
            rows -> {
              SinkRow changed = first(rows);
              if (changed == null) {
                throw stale(was.name());
              }
              return changed;
            });
  }

  /**
   * Keeps the same settings, sealed by another key. It is the same sink to everybody, so it stays
   * of its version.
   *
   * @param was as it was read
   * @return whether it was still so
   */
  public Future<Boolean> reseal(SinkRow was, String settings) {
    return rows(SinkSql.RESEAL, Tuple.of(was.name(), was.version(), was.settings(), settings))
        .map(rows -> rows.rowCount() > 0);
  }

  /**
   * Removes a sink. What was to be sent to it is failed.
   *
   * @param version that it has to have; empty for any
   * @return fails with a {@link Refusal}: {@code NOT_FOUND} or {@code STALE}
   */
  public Future<Void> delete(String name, OptionalLong version) {
    Long asked = version.isPresent() ? version.getAsLong() : null;
    return rows(SinkSql.DELETE, Tuple.of(name, asked))
        .compose(
            gone ->
                gone.size() > 0
                    ? Future.succeededFuture()
                    : find(name)
                        .compose(
                            there ->
                                Future.failedFuture(
                                    there == null
                                        ? new Refusal(
                                            Refusal.Code.NOT_FOUND, "there is no sink " + name)
                                        : stale(name))));
  }

  /** What is answered where there is no room for a sink of this name. */
  public static Refusal exists(String name) {
    return new Refusal(
        Refusal.Code.EXISTS,
        "there is a sink '%s' already, or there are a hundred: change it, or choose another name"
            .formatted(name));
  }

  private static Refusal stale(String name) {
    return new Refusal(
        Refusal.Code.STALE,
        "sink %s was changed by somebody else: look at it, and decide again".formatted(name));
  }

  private static @Nullable SinkRow first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : sink(rows.iterator().next());
  }

  private static SinkRow sink(Row row) {
    return new SinkRow(
        Rows.text(row, 0),
        Rows.uuid(row, 1),
        Rows.text(row, 2),
        Rows.text(row, 3),
        new SinkScope(
            Rows.text(row, 4),
            List.of(Objects.requireNonNull(row.getArrayOfStrings(10))),
            row.getUUID(11)),
        row.getBoolean(5),
        Rows.big(row, 6),
        Rows.text(row, 7),
        Rows.time(row, 8),
        Rows.time(row, 9));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
