package dev.toygun.store;

import dev.toygun.Severity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** {@link Views} of Postgres. */
public final class ViewsPg implements Views {
  private final Database database;

  /** Views of this database. */
  public ViewsPg(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<PublishedType>> types() {
    return all(ViewsSql.TYPES, Tuple.tuple(), ViewsRows::type);
  }

  @Override
  public Future<Boolean> hasTask(String task) {
    return rows(ViewsSql.HAS_TASK, Tuple.of(task))
        .map(rows -> rows.iterator().next().getBoolean("found"));
  }

  @Override
  public Future<@Nullable PublishedType> type(String name, OptionalInt version) {
    return one(
        ViewsSql.TYPE,
        Tuple.of(name, version.isPresent() ? version.getAsInt() : null),
        ViewsRows::type);
  }

  @Override
  public Future<Page<ResourceRow>> resources(ResourceQuery q) {
    return rows(page(q), values(q)).map(rows -> page(rows, ViewsRows::resource, q.size()));
  }

  private static String page(ResourceQuery q) {
    boolean narrowed = ListSql.isNarrowed(q);
    return switch (q.order()) {
      case CREATED_AT -> narrowed ? NarrowedSql.BY_CREATED_AT : ViewsSql.RESOURCES_BY_CREATED_AT;
      case CREATED_AT_DESC ->
          narrowed ? NarrowedSql.BY_CREATED_AT_DESC : ViewsSql.RESOURCES_BY_CREATED_AT_DESC;
      case LABEL -> narrowed ? NarrowedSql.BY_LABEL : ViewsSql.RESOURCES_BY_LABEL;
      case LABEL_DESC -> narrowed ? NarrowedSql.BY_LABEL_DESC : ViewsSql.RESOURCES_BY_LABEL_DESC;
    };
  }

  /** $1 to $12 of a page of resources. */
  static Tuple values(ResourceQuery q) {
    After after = q.after();
    return Tuple.tuple()
        .addString(q.type())
        .addString(q.label())
        .addArrayOfString(q.states() == null ? null : q.states().toArray(new String[0]))
        .addUUID(q.parent())
        .addString(q.availability() == null ? null : q.availability().stored())
        .addString(q.fields())
        .addBoolean(q.ended())
        .addString(after == null ? null : after.value())
        .addUUID(after == null ? null : after.uuid())
        .addInteger(q.size() + 1)
        .addUUID(q.uuids() == null ? null : q.uuids().first())
        .addUUID(q.uuids() == null ? null : q.uuids().last());
  }

  @Override
  public Future<Map<String, Long>> resourceCounts(String type) {
    return rows(ViewsSql.RESOURCE_COUNTS, Tuple.of(type))
        .map(
            rows -> {
              Map<String, Long> counts = new LinkedHashMap<>();
              rows.forEach(row -> counts.put(row.getString("state"), row.getLong("n")));
              return counts;
            });
  }

  @Override
  public Future<Map<Severity, Long>> openAlarms(@Nullable Collection<String> types) {
    return rows(DeliverySql.OPEN_ALARMS, Tuple.tuple().addArrayOfString(names(types)))
        .map(
            rows -> {
              Map<Severity, Long> open = new EnumMap<>(Severity.class);
              rows.forEach(row -> open.put(Severity.ofStored(Rows.text(row, 0)), Rows.big(row, 1)));
              return open;
            });
  }

  @Override
  public Future<Around> around(ResourceRow row, @Nullable Collection<String> types) {
    UUID resource = row.uuid();
    Tuple among = Tuple.tuple().addUUID(resource).addArrayOfString(names(types));
    Future<Long> children =
        rows(ViewsSql.CHILDREN, among).map(rows -> rows.iterator().next().getLong("n"));
    Future<List<AlarmRow>> alarms = all(ViewsSql.ALARMS_OF, Tuple.of(resource), ViewsRows::alarm);
    Future<List<Child>> eldest = all(ViewsSql.ELDEST, among, ViewsRows::child);
    Future<List<Hold>> holds = all(HoldSql.ACTIVE, Tuple.tuple(), AlarmRows::hold);
    Future<List<TriggerRow>> triggers =
        all(TriggerSql.SEEN, PgArrays.tuple((Object) new UUID[] {resource}), TriggerSql::row);
    Future<List<ScheduleRow>> schedules =
        all(ScheduleSql.SEEN, PgArrays.tuple((Object) new UUID[] {resource}), PgSchedules::row);
    return Future.all(children, eldest, alarms, holds, triggers, schedules)
        .map(
            all ->
                new Around(
                    children.result(),
                    eldest.result(),
                    alarms.result(),
                    Hold.first(holds.result(), row.path(), resource, row.machine().list(), null)
                        .orElse(null),
                    holds.result().stream()
                        .anyMatch(hold -> !hold.abandons() && resource.equals(hold.resource())),
                    triggers.result(),
                    schedules.result()));
  }

  @Override
  public Future<Map<UUID, Place>> places(Collection<UUID> resources) {
    return rows(ViewsSql.PLACES, PgArrays.tuple((Object) resources.toArray(new UUID[0])))
        .map(
            rows -> {
              Map<UUID, Place> places = new HashMap<>();
              rows.forEach(row -> places.put(row.getUUID("uuid"), ViewsRows.place(row, "uuid")));
              return places;
            });
  }

  /** Names of types as an argument; null for all. */
  static String @Nullable [] names(@Nullable Collection<String> types) {
    return types == null ? null : types.toArray(new String[0]);
  }

  @Override
  public Future<List<Turn>> turns(UUID resource) {
    return all(AdmissionSql.TURNS, Tuple.of(resource), Turn::of);
  }

  @Override
  public Future<@Nullable Hold> abandons(UUID resource) {
    UUID[] alone = {resource};
    return one(AbandonSql.ABANDONING, PgArrays.tuple((Object) alone), AlarmRows::hold);
  }

  @Override
  public Future<Page<Node>> tree(UUID root, @Nullable UUID after, int size) {
    return all(TreeSql.TREE, Tuple.of(root, after, size + 1), ViewsRows::node)
        .map(nodes -> Page.of(nodes, size));
  }

  @Override
  public Future<Teardown> teardown(
      UUID root, @Nullable Collection<String> types, int most, int shown) {
    Tuple values =
        Tuple.tuple()
            .addUUID(root)
            .addInteger(most)
            .addArrayOfString(names(types))
            .addInteger(shown);
    return rows(PlanSql.TEARDOWN, values).map(rows -> ViewsRows.teardown(rows.iterator().next()));
  }

  @Override
  public Future<Boolean> isTaken(@Nullable UUID parent, String type, String label) {
    UUID[] under = {parent == null ? new UUID(0, 0) : parent};
    return rows(LockSql.TWINS, PgArrays.tuple(under, new String[] {type}, new String[] {label}))
        .map(rows -> rows.size() > 0);
  }

  @Override
  public Future<Page<TaskRow>> tasks(UUID resource, @Nullable UUID after, int size) {
    return rows(ViewsSql.TASKS, Tuple.of(resource, after, size + 1))
        .map(rows -> page(rows, ViewsRows::task, size));
  }

  @Override
  public Future<@Nullable TaskRow> task(UUID uuid) {
    return one(ViewsSql.TASK, Tuple.of(uuid), ViewsRows::task);
  }

  @Override
  public Future<List<Moved>> history(SubjectKey subject, long after, int limit) {
    return all(
        ViewsSql.HISTORY,
        Tuple.of(subject.resource(), subject.uuid(), after, limit),
        ViewsRows::moved);
  }

  @Override
  public Future<List<Moved>> historyBack(SubjectKey subject, long before, int limit) {
    return all(
        ViewsSql.HISTORY_BACK,
        Tuple.of(subject.resource(), subject.uuid(), before, limit),
        ViewsRows::moved);
  }

  @Override
  public Future<List<Noted>> notes(SubjectKey subject, List<Long> steps) {
    return all(
        ViewsSql.NOTES,
        Tuple.of(subject.resource(), subject.uuid(), steps.toArray(new Long[0])),
        ViewsRows::noted);
  }

  @Override
  public Future<@Nullable Entry> entry(SubjectKey subject, List<String> names) {
    return one(EntrySql.LAST, EntrySql.of(subject, names), EntrySql::entry);
  }

  @Override
  public Future<@Nullable String> stateAt(SubjectKey subject, long step) {
    return one(
        ViewsSql.STATE_AT,
        Tuple.of(subject.resource(), subject.uuid(), step),
        row -> row.getString("to_state"));
  }

  @Override
  public Future<List<ErrorOf>> errors(
      @Nullable UUID resource,
      @Nullable String kind,
      @Nullable String stackHash,
      @Nullable UUID after,
      int limit) {
    return all(
        ViewsSql.ERRORS, Tuple.of(resource, kind, stackHash, after, limit), ViewsRows::error);
  }

  @Override
  public Future<@Nullable ErrorOf> error(UUID uuid) {
    return one(ViewsSql.ERROR, Tuple.of(uuid), ViewsRows::error);
  }

  @Override
  public Future<List<ErrorGroup>> errorGroups(
      Duration last, @Nullable Collection<String> types, int limit) {
    Tuple values =
        Tuple.tuple()
            .addDouble((double) last.toSeconds())
            .addInteger(limit)
            .addArrayOfString(names(types));
    return all(ViewsSql.ERROR_GROUPS, values, ViewsRows::errorGroup);
  }

  @Override
  public Future<List<HopRow>> hops(UUID error) {
    return all(ViewsSql.HOPS, Tuple.of(error), ViewsRows::hop);
  }

  @Override
  public Future<List<AlarmRow>> alarms(
      @Nullable UUID resource,
      @Nullable Collection<String> types,
      boolean closed,
      @Nullable String state,
      @Nullable After after,
      int limit) {
    Tuple values =
        Tuple.tuple()
            .addUUID(resource)
            .addBoolean(closed)
            .addString(state)
            .addString(after == null ? null : after.value())
            .addUUID(after == null ? null : after.uuid())
            .addInteger(limit)
            .addArrayOfString(names(types));
    return all(ViewsSql.ALARMS, values, ViewsRows::alarm);
  }

  @Override
  public Future<@Nullable AlarmRow> alarm(UUID uuid) {
    return one(ViewsSql.ALARM, Tuple.of(uuid), ViewsRows::alarm);
  }

  @Override
  public Future<List<DeliveryRow>> deliveries(UUID alarm) {
    return all(DeliverySql.OF_ALARM, Tuple.of(alarm), ViewsRows::delivery);
  }

  @Override
  public Future<List<DeliveryRow>> deliveries(String state, @Nullable After after, int limit) {
    Tuple values =
        Tuple.of(
            state,
            after == null ? null : after.value(),
            after == null ? null : after.uuid(),
            limit);
    return all(DeliverySql.OF_STATE, values, ViewsRows::delivery);
  }

  @Override
  public Future<@Nullable DeliveryRow> delivery(UUID uuid) {
    return one(DeliverySql.ONE, Tuple.of(uuid), ViewsRows::delivery);
  }

  /** A page of so many, of rows that say how many were looked at. */
  static <T> Page<T> page(RowSet<Row> rows, Function<Row, T> each, int size) {
    List<T> found = new ArrayList<>();
    boolean more = false;
    for (Row row : rows) {
      more = row.getLong("looked_at") > Math.min(rows.size(), size);
      if (found.size() < size) {
        found.add(each.apply(row));
      }
    }
    return new Page<>(found, more);
  }

  private <T> Future<List<T>> all(String sql, Tuple values, Function<Row, T> each) {
    return rows(sql, values)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(each).toList());
  }

  private <T> Future<@Nullable T> one(String sql, Tuple values, Function<Row, T> each) {
    return all(sql, values, each).map(found -> found.isEmpty() ? null : found.get(0));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.readers().preparedQuery(sql).execute(values));
  }
}
