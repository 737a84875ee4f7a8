package dev.toygun.store;

import dev.toygun.Severity;
import dev.toygun.store.Views.After;
import dev.toygun.store.Views.AlarmRow;
import dev.toygun.store.Views.Page;
import dev.toygun.store.Views.ResourceQuery;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Lists as {@link Views} has them, of a resource and what is below it. */
public final class Subtrees {
  /** How many are walked; below a root that has more, a list is read in its own order. */
  static final int FEW = 10_000;

  private final Database database;
  private final int few;

  /** Of what is in this database. */
  public Subtrees(Database database) {
    this(database, FEW);
  }

  Subtrees(Database database, int few) {
    this.database = database;
    this.few = few;
  }

  /** A page of the resources that a query asks for. */
  public Future<Page<ResourceRow>> resources(UUID root, ResourceQuery query) {
    return hasFew(root)
        .compose(
            little -> rows(little ? few(query) : many(query), ViewsPg.values(query).addUUID(root)))
        .map(rows -> ViewsPg.page(rows, ViewsRows::resource, query.size()));
  }

  private static String few(ResourceQuery query) {
    boolean narrowed = ListSql.isNarrowed(query);
    return switch (query.order()) {
      case CREATED_AT -> narrowed ? NarrowedSql.FEW_BY_CREATED_AT : SubtreeSql.FEW_BY_CREATED_AT;
      case CREATED_AT_DESC ->
          narrowed ? NarrowedSql.FEW_BY_CREATED_AT_DESC : SubtreeSql.FEW_BY_CREATED_AT_DESC;
      case LABEL -> narrowed ? NarrowedSql.FEW_BY_LABEL : SubtreeSql.FEW_BY_LABEL;
      case LABEL_DESC -> narrowed ? NarrowedSql.FEW_BY_LABEL_DESC : SubtreeSql.FEW_BY_LABEL_DESC;
    };
  }

  private static String many(ResourceQuery query) {
    boolean narrowed = ListSql.isNarrowed(query);
    return switch (query.order()) {
      case CREATED_AT -> narrowed ? NarrowedSql.MANY_BY_CREATED_AT : SubtreeSql.MANY_BY_CREATED_AT;
      case CREATED_AT_DESC ->
          narrowed ? NarrowedSql.MANY_BY_CREATED_AT_DESC : SubtreeSql.MANY_BY_CREATED_AT_DESC;
      case LABEL -> narrowed ? NarrowedSql.MANY_BY_LABEL : SubtreeSql.MANY_BY_LABEL;
      case LABEL_DESC -> narrowed ? NarrowedSql.MANY_BY_LABEL_DESC : SubtreeSql.MANY_BY_LABEL_DESC;
    };
  }

  /** How many active resources of a type are in each state. */
  public Future<Map<String, Long>> counts(UUID root, String type) {
    return hasFew(root)
        .compose(
            little ->
                rows(little ? SubtreeSql.FEW_COUNTS : SubtreeSql.MANY_COUNTS, Tuple.of(root, type)))
        .map(
            rows -> {
              Map<String, Long> counts = new LinkedHashMap<>();
              rows.forEach(row -> counts.put(row.getString("state"), row.getLong("n")));
              return counts;
            });
  }

  /**
   * Alarms, the newest first.
   *
   * @param types null for any; so is the state
   * @param closed whether to show closed ones too
   */
  public Future<List<AlarmRow>> alarms(
      UUID root,
      @Nullable Collection<String> types,
      boolean closed,
      @Nullable String state,
      @Nullable After after,
      int limit) {
    Tuple values =
        Tuple.tuple()
            .addUUID(root)
            .addArrayOfString(ViewsPg.names(types))
            .addBoolean(closed)
            .addString(state)
            .addString(after == null ? null : after.value())
            .addUUID(after == null ? null : after.uuid())
            .addInteger(limit);
    return hasFew(root)
        .compose(little -> rows(little ? SubtreeSql.FEW_ALARMS : SubtreeSql.MANY_ALARMS, values))
        .map(rows -> all(rows, ViewsRows::alarm));
  }

  /** How many alarms are open, by severity; at most 100,000 are looked at. */
  public Future<Map<Severity, Long>> openAlarms(UUID root, @Nullable Collection<String> types) {
    Tuple values = Tuple.tuple().addUUID(root).addArrayOfString(ViewsPg.names(types));
    return rows(SubtreeSql.OPEN_ALARMS, values)
        .map(
            rows -> {
              Map<Severity, Long> open = new EnumMap<>(Severity.class);
              rows.forEach(row -> open.put(Severity.ofStored(Rows.text(row, 0)), Rows.big(row, 1)));
              return open;
            });
  }

  /**
   * Where what these alarms are of is, by the alarm's uuid; those that do not exist are not there.
   */
  public Future<Map<UUID, Place>> ofAlarms(Collection<UUID> alarms) {
    return rows(SubtreeSql.OF_ALARMS, PgArrays.tuple((Object) alarms.toArray(new UUID[0])))
        .map(
            rows -> {
              Map<UUID, Place> places = new HashMap<>();
              rows.forEach(row -> places.put(row.getUUID("alarm"), ViewsRows.place(row, "uuid")));
              return places;
            });
  }

  /**
   * Errors, the newest first, from after this one on.
   *
   * @param kind null for any; so is the stack hash
   */
  public Future<List<ErrorOf>> errors(
      UUID root,
      @Nullable String kind,
      @Nullable String stackHash,
      @Nullable UUID after,
      int limit) {
    Tuple values = Tuple.of(root, kind, stackHash, after, limit);
    return hasFew(root)
        .compose(little -> rows(little ? SubtreeSql.FEW_ERRORS : SubtreeSql.MANY_ERRORS, values))
        .map(rows -> all(rows, ViewsRows::error));
  }

  /** Errors of this time by kind and place in the code, the most frequent first. */
  public Future<List<ErrorGroup>> errorGroups(
      UUID root, @Nullable Collection<String> types, Duration last, int limit) {
    Tuple values =
        Tuple.tuple()
            .addDouble((double) last.toSeconds())
            .addInteger(limit)
            .addArrayOfString(ViewsPg.names(types))
            .addUUID(root);
    return rows(SubtreeSql.ERROR_GROUPS, values).map(rows -> all(rows, ViewsRows::errorGroup));
  }

  /** Whether so little is below it that all of it is walked. */
  Future<Boolean> hasFew(UUID root) {
    return rows(SubtreeSql.HOW_MANY, Tuple.of(root, few + 1))
        .map(rows -> rows.iterator().next().getLong("n") <= few);
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> each) {
    return StreamSupport.stream(rows.spliterator(), false).map(each).toList();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.readers().preparedQuery(sql).execute(values));
  }
}
