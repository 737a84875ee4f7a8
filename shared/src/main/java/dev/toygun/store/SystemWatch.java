package dev.toygun.store;

import dev.toygun.Severity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The alarms of the system itself, and what they are opened and closed by: by any service that sees
 * it, so that it works with all workers stopped, or all clocks.
 */
public final class SystemWatch implements SystemAlarms {
  /** The pass by which a clock is seen. */
  private static final String CLOCKS_PASS = "due";

  /** The resource that the system's own alarms hang off. */
  static final UUID SYSTEM = new UUID(0, 0);

  /** How many halted bulk runs are told each by itself. */
  public static final int HALTED = 100;

  private final Database database;

  /** On this database. */
  public SystemWatch(Database database) {
    this.database = database;
  }

  /**
   * What there is to see.
   *
   * @param clock when a clock last came round
   * @param alarms when one last moved the alarms whose time had come
   * @param hold since when a hold is over that holds still
   * @param retention when a clock had last removed all that is old
   * @param schedule when the first schedule is due, which may be to come
   * @param failing since when a schedule cannot be carried out
   * @param bulk when the first bulk run is due, which may be to come
   * @param turn since when somebody waits for their turn and no clock has looked whose it is
   * @param halted bulk runs that failures have halted, and why: the newest {@link #HALTED}, and one
   *     where there are more
   * @param overdue the lists that have something which is due for more than 15 s, since when
   * @param polled the lists that have something which polls
   * @param partitions whether history has somewhere to go for another week
   */
  public record Sight(
      Instant now,
      Optional<Instant> clock,
      Optional<Instant> alarms,
      Optional<Instant> hold,
      Optional<Instant> retention,
      Optional<Instant> schedule,
      Optional<Instant> failing,
      Optional<Instant> bulk,
      Optional<Instant> turn,
      Map<UUID, String> halted,
      Map<ListName, Instant> overdue,
      Set<ListName> polled,
      boolean partitions) {}

  /** Looks, and makes partitions that are missing. */
  public Future<Sight> look() {
    Future<RowSet<Row>> clock = query(WatchSql.CLOCK, Tuple.of(CLOCKS_PASS));
    Future<RowSet<Row>> resources = query(WatchSql.OVERDUE_RESOURCES, Tuple.tuple());
    Future<RowSet<Row>> tasks = query(WatchSql.OVERDUE_TASKS, Tuple.tuple());
    Future<RowSet<Row>> polled = query(WatchSql.POLLED, Tuple.tuple());
    Future<RowSet<Row>> halted = query(WatchSql.HALTED, Tuple.of(HALTED + 1L));
    Future<Boolean> partitions = partitions();
    return Future.all(clock, resources, tasks, polled, halted, partitions)
        .map(
            all -> {
              Map<ListName, Instant> overdue = new HashMap<>();
              resources.result().forEach(row -> oldest(overdue, row));
              tasks.result().forEach(row -> oldest(overdue, row));
              Set<ListName> polling = new HashSet<>();
              polled.result().forEach(row -> polling.add(Rows.list(row, 0)));
              Map<UUID, String> bulks = new LinkedHashMap<>();
              halted.result().forEach(row -> bulks.put(Rows.uuid(row, 0), Rows.text(row, 1)));
              Row at = clock.result().iterator().next();
              return new Sight(
                  Rows.time(at, 0),
                  Optional.ofNullable(Rows.maybeTime(at, 1)),
                  Optional.ofNullable(Rows.maybeTime(at, 2)),
                  Optional.ofNullable(Rows.maybeTime(at, 3)),
                  Optional.ofNullable(Rows.maybeTime(at, 4)),
                  Optional.ofNullable(Rows.maybeTime(at, 5)),
                  Optional.ofNullable(Rows.maybeTime(at, 6)),
                  Optional.ofNullable(Rows.maybeTime(at, 7)),
                  Optional.ofNullable(Rows.maybeTime(at, 8)),
                  bulks,
                  overdue,
                  polling,
                  partitions.result());
            });
  }

  private static void oldest(Map<ListName, Instant> overdue, Row row) {
    overdue.merge(Rows.list(row, 0), Rows.time(row, 4), (a, b) -> a.isBefore(b) ? a : b);
  }

  /** Makes partitions of history that are missing; whether it has some for another week. */
  public Future<Boolean> partitions() {
    return hasPartitions()
        .compose(
            has ->
                has
                    ? Future.succeededFuture(true)
                    : query(WatchSql.MAKE_PARTITIONS, Tuple.tuple())
                        .transform(made -> hasPartitions())
                        .otherwise(false));
  }

  private Future<Boolean> hasPartitions() {
    return query(WatchSql.HAS_PARTITIONS, Tuple.tuple())
        .map(rows -> Rows.flag(rows.iterator().next(), 0));
  }

  @Override
  public Future<Set<String>> active() {
    return query(WatchSql.OPEN, Tuple.tuple())
        .map(
            rows -> {
              Set<String> names = new HashSet<>();
              rows.forEach(row -> names.add(Rows.text(row, 0)));
              return names;
            });
  }

  /** Opens one, unless it is open; whoever is told of alarms is told in the same commit. */
  public Future<Void> open(UUID alarm, String name, Severity severity, String message) {
    return PgTransaction.<Boolean>run(
            database,
            to -> open(to, alarm, name, severity, message).map(PgTransaction.Result::commit))
        .mapEmpty();
  }

  /** The same, in this transaction; whether it was not open. */
  static Future<Boolean> open(
      PgTransaction to, UUID alarm, String name, Severity severity, String message) {
    return to.send(SystemAlarmSql.OPEN, Tuple.of(alarm, name, severity.stored(), message))
        .map(
            rows -> {
              if (rows.size() > 0) {
                to.send(
                    DeliverySql.OPENED,
                    PgArrays.tuple(new UUID[] {SYSTEM}, new UUID[] {alarm}, null));
              }
              return rows.size() > 0;
            });
  }

  /** Notes that these are still true, for those who do not see it: they do not close them. */
  public Future<Void> seen(Set<String> names) {
    return names.isEmpty()
        ? Future.succeededFuture()
        : query(SystemAlarmSql.SEEN, PgArrays.tuple((Object) names.toArray(String[]::new)))
            .mapEmpty();
  }

  /** Closes one, if it is open: for whoever alone knows. */
  public Future<Void> close(String name) {
    return close(name, Duration.ZERO).mapEmpty();
  }

  /**
   * Closes one, if it is open and nobody has seen for so long that it is true.
   *
   * @return whether it was closed
   */
  public Future<Boolean> close(String name, Duration unseen) {
    return PgTransaction.run(
        database, to -> close(to, name, unseen).map(PgTransaction.Result::commit));
  }

  /** The same, in this transaction. */
  static Future<Boolean> close(PgTransaction to, String name, Duration unseen) {
    return to.send(SystemAlarmSql.CLOSE, Tuple.of(name, (double) unseen.toSeconds()))
        .map(
            rows -> {
              for (Row row : rows) {
                to.send(
                    DeliverySql.CLOSED, PgArrays.tuple((Object) new UUID[] {Rows.uuid(row, 0)}));
              }
              return rows.size() > 0;
            });
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
