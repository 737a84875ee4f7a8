package dev.toygun.store;

import dev.toygun.store.Due.DueRow;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Pass;
import dev.toygun.store.Due.Period;
import dev.toygun.store.Due.Woken;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds who is due. */
final class PgDue {
  private final Database database;
  private volatile boolean leavesOutHeld;

  PgDue(Database database) {
    this.database = database;
  }

  /** Whether there is anything on hold, which is to be left out: seldom, so by other statements. */
  void leaveOutHeld(boolean held) {
    leavesOutHeld = held;
  }

  Future<Instant> now() {
    return query(LoadSql.NOW, Tuple.tuple()).map(rows -> Rows.time(rows.iterator().next(), 0));
  }

  Future<Optional<Pass>> claim(String pass, String owner, Duration time) {
    return query(
            DueSql.CLAIM,
            Tuple.of(
                pass, owner, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(time))))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(new Pass(Rows.time(row, 0), Rows.time(row, 1)));
              }
              return Optional.empty();
            });
  }

  Future<Void> advance(String pass, String owner, Instant upto) {
    return query(DueSql.ADVANCE, Tuple.of(pass, owner, PgArrays.time(upto))).mapEmpty();
  }

  Future<List<ListName>> lists() {
    Future<RowSet<Row>> resources = query(DueSql.RESOURCE_LISTS, Tuple.tuple());
    Future<RowSet<Row>> tasks = query(DueSql.TASK_LISTS, Tuple.tuple());
    return Future.all(resources, tasks)
        .map(
            both -> {
              Set<ListName> lists = new LinkedHashSet<>();
              resources.result().forEach(row -> lists.add(Rows.list(row, 0)));
              tasks.result().forEach(row -> lists.add(Rows.list(row, 0)));
              return List.copyOf(lists);
            });
  }

  Future<List<DueRow>> due(
      Kind kind, ListName list, @Nullable DueRow after, Duration ahead, int limit) {
    Tuple arguments =
        PgArrays.tuple(
            list.queue(),
            list.type(),
            list.version(),
            list.priority(),
            after == null ? null : PgArrays.time(after.dueAt()),
            after == null ? null : after.key().uuid(),
            TimeUnit.NANOSECONDS.toMicros(ahead.toNanos()),
            (long) limit);
    return query(dueSql(kind), arguments)
        .map(
            rows ->
                PgLoad.decoded(
                    rows, row -> new DueRow(key(row), Rows.time(row, 2), row.getBoolean(3))));
  }

  Future<List<Period>> periods(Kind kind) {
    return query(
            kind == Kind.RESOURCE ? DueSql.RESOURCE_PERIODS : DueSql.TASK_PERIODS, Tuple.tuple())
        .map(
            rows ->
                PgLoad.decoded(rows, row -> new Period(Rows.list(row, 0), Rows.number(row, 4))));
  }

  Future<List<SubjectKey>> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit) {
    ListName list = period.list();
    Tuple arguments =
        PgArrays.tuple(
            list.queue(),
            list.type(),
            list.version(),
            list.priority(),
            period.everyS(),
            after == null ? first : PlainMove.bucketOf(after, period.everyS()),
            after == null ? new UUID(0, 0) : after.uuid(),
            last,
            (long) limit);
    return query(polledSql(kind), arguments).map(rows -> PgLoad.decoded(rows, PgDue::key));
  }

  Future<Woken> wakeResting(ListName list, UUID after, int look) {
    Tuple arguments =
        PgArrays.tuple(
            list.queue(), list.type(), list.version(), list.priority(), after, (long) look);
    return query(DueSql.WAKE_RESTING, arguments)
        .map(rows -> woken(rows.iterator().next(), after, look));
  }

  private static Woken woken(Row row, UUID after, int look) {
    UUID last = row.getUUID(1);
    return new Woken(
        List.of(Objects.requireNonNull(row.getArrayOfUUIDs(0))),
        last == null ? after : last,
        Rows.big(row, 2) < look);
  }

  private String dueSql(Kind kind) {
    if (leavesOutHeld) {
      return kind == Kind.RESOURCE ? UnheldSql.RESOURCES : UnheldSql.TASKS;
    }
    return kind == Kind.RESOURCE ? DueSql.RESOURCES : DueSql.TASKS;
  }

  private String polledSql(Kind kind) {
    if (leavesOutHeld) {
      return kind == Kind.RESOURCE ? UnheldSql.POLLED_RESOURCES : UnheldSql.POLLED_TASKS;
    }
    return kind == Kind.RESOURCE ? DueSql.POLLED_RESOURCES : DueSql.POLLED_TASKS;
  }

  private static SubjectKey key(Row row) {
    return new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1));
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
