package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves alarms and panics whose time has come, for the clock: a page of each kind in a transaction.
 * Where that fails, mostly for somebody's lock, those of each resource get one of their own, so
 * that one keeps none of the others up. Nor does a kind.
 */
final class PgDueAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(PgDueAlarms.class);

  private final Database database;

  PgDueAlarms(Database database) {
    this.database = database;
  }

  private interface Page<T> {
    /** Moves these in a transaction; how many it moved. */
    Future<Integer> move(PgTransaction transaction, List<T> found);
  }

  Future<Integer> move(Stamp by, int limit) {
    return inTurn(
        List.of(
            () -> freed(limit),
            () -> hops(limit, by),
            () -> alarms(AlarmSql.DUE_ALARMS, limit, (book, alarm) -> book.due(alarm, by)),
            () ->
                alarms(
                    AlarmSql.PUNCTUAL_AGAIN,
                    limit,
                    (book, alarm) -> book.close(alarm, "a later run finished", by)),
            () ->
                alarms(
                    AlarmSql.UNSTUCK,
                    limit,
                    (book, alarm) -> book.close(alarm, AlarmBook.GOES_ON, by)),
            () -> alarms(BrakeSql.RELEASED, limit, (book, alarm) -> released(book, alarm, by))));
  }

  private static void released(AlarmBook book, UUID alarm, Stamp by) {
    book.find(alarm)
        .ifPresent(found -> book.say(AlarmWrite.clear(found), found.list(), found.step(), by));
  }

  Future<Integer> brake(List<Admissions.Braked> holding, Supplier<UUID> alarms, Stamp by) {
    return page(
        new Left(0),
        holding,
        Admissions.Braked::at,
        (transaction, page) ->
            write(
                transaction,
                page,
                Admissions.Braked::at,
                (book, brake) ->
                    book.say(
                        AlarmWrite.braked(brake, alarms.get()), brake.list(), brake.step(), by)));
  }

  Future<Integer> stuck(List<Due.Stuck> found, Stamp by) {
    return page(
        new Left(0),
        found,
        machine -> machine.subject().resource(),
        (transaction, page) -> stuck(transaction, page, by));
  }

  private static Future<Integer> stuck(PgTransaction transaction, List<Due.Stuck> found, Stamp by) {
    return transaction
        .send(
            AlarmSql.STILL,
            PgArrays.tuple(
                PgArrays.uuids(found, s -> s.subject().resource()),
                PgArrays.uuids(found, s -> s.subject().uuid()),
                PgArrays.bigs(found, Due.Stuck::version)))
        .compose(
            rows -> {
              List<Row> still = PgLoad.decoded(rows, row -> row);
              return write(
                  transaction,
                  still,
                  row -> seen(found, row).subject().resource(),
                  (book, row) ->
                      book.stuck(
                          row.getString(1),
                          seen(found, row),
                          Rows.list(row, 2),
                          Rows.big(row, 6),
                          by));
            });
  }

  private static Due.Stuck seen(List<Due.Stuck> found, Row row) {
    return found.get((int) Rows.big(row, 0) - 1);
  }

  private Future<Integer> hops(int limit, Stamp by) {
    return pages(
        new Left(limit),
        AlarmSql.DUE_HOPS,
        AlarmRows::hop,
        hop -> hop.panicked().resource(),
        (transaction, page) -> climb(transaction, page, by));
  }

  private static Future<Integer> climb(PgTransaction transaction, List<Hop> due, Stamp by) {
    return transaction
        .send(
            AlarmSql.LOCK_HOPS,
            PgArrays.tuple(PgArrays.uuids(due, Hop::error), PgArrays.numbers(due, Hop::level)))
        .compose(
            rows -> {
              List<AlarmRows.HopKey> undecided = PgLoad.decoded(rows, AlarmRows::hopKey);
              return write(
                  transaction,
                  due.stream()
                      .filter(h -> undecided.contains(new AlarmRows.HopKey(h.error(), h.level())))
                      .toList(),
                  hop -> hop.panicked().resource(),
                  (book, hop) ->
                      book.settle(hop, Hop.Decision.TIME_OUT, "nobody answered in time", by));
            });
  }

  private Future<Integer> alarms(String sql, int limit, BiConsumer<AlarmBook, UUID> write) {
    return pages(
        new Left(limit),
        sql,
        row -> new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
        SubjectKey::resource,
        (transaction, page) ->
            write(
                transaction,
                page,
                SubjectKey::resource,
                (book, alarm) -> write.accept(book, alarm.uuid())));
  }

  private Future<Integer> freed(int limit) {
    return database
        .inTime(database.engine().preparedQuery(AlarmSql.FREE_LATE).execute(Tuple.of(limit)))
        .map(SqlResult::rowCount);
  }

  private static <T> Future<Integer> write(
      PgTransaction transaction,
      List<T> page,
      Function<T, UUID> resource,
      BiConsumer<AlarmBook, T> writes) {
    return page.isEmpty()
        ? Future.succeededFuture(0)
        : PgAlarms.book(
                transaction,
                page.stream().map(resource).distinct().toList(),
                book -> page.forEach(one -> writes.accept(book, one)))
            .map(done -> page.size());
  }

  /** What is left out of the next page: whose page failed, for somebody's lock mostly. */
  private static final class Left {
    private final int limit;
    private final Set<UUID> resources = new LinkedHashSet<>();

    Left(int limit) {
      this.limit = limit;
    }

    Tuple arguments() {
      return PgArrays.tuple(limit, resources.toArray(new UUID[0]));
    }
  }

  /** A page; and where some of a full one could not be moved, the next one without those. */
  private <T> Future<Integer> pages(
      Left left, String sql, Function<Row, T> decode, Function<T, UUID> resource, Page<T> page) {
    int before = left.resources.size();
    Future<RowSet<Row>> rows = database.engine().preparedQuery(sql).execute(left.arguments());
    return database
        .inTime(rows)
        .map(found -> PgLoad.decoded(found, decode))
        .compose(
            found -> {
              Future<Integer> moved = page(left, found, resource, page);
              return moved.transform(
                  done ->
                      found.size() == left.limit && left.resources.size() > before
                          ? then(moved, pages(left, sql, decode, resource, page))
                          : moved);
            });
  }

  private <T> Future<Integer> page(
      Left left, List<T> found, Function<T, UUID> resource, Page<T> page) {
    return found.isEmpty()
        ? Future.succeededFuture(0)
        : PgTransaction.run(database, to -> result(page.move(to, found)))
            .recover(
                failure ->
                    failure instanceof UnknownOutcome
                        ? Future.failedFuture(failure)
                        : apart(left, found, resource, page));
  }

  /* If nothing can be moved the pass fails, so that its alarm opens. */
  private <T> Future<Integer> apart(
      Left left, List<T> found, Function<T, UUID> resource, Page<T> page) {
    Map<UUID, List<T>> all =
        found.stream()
            .collect(Collectors.groupingBy(resource, LinkedHashMap::new, Collectors.toList()));
    return inTurn(
            all.entrySet().stream()
                .<Supplier<Future<Integer>>>map(
                    e -> () -> alone(left, e.getKey(), e.getValue(), page))
                .toList())
        .compose(
            moved ->
                moved == 0 && left.resources.containsAll(all.keySet())
                    ? Future.failedFuture(
                        "alarms of %d resources cannot be moved".formatted(all.size()))
                    : Future.succeededFuture(moved));
  }

  private <T> Future<Integer> alone(Left left, UUID resource, List<T> found, Page<T> page) {
    return PgTransaction.run(
            database,
            to -> {
              to.waitsBriefly();
              return result(page.move(to, found));
            })
        .recover(
            failure -> {
              left.resources.add(resource);
              if (Locked.caused(failure)) {
                LOG.warn("alarms of {} wait for who has locked them or it", resource);
              } else {
                LOG.error("alarms of {} cannot be moved", resource, failure);
              }
              return Future.succeededFuture(0);
            });
  }

  private static Future<PgTransaction.Result<Integer>> result(Future<Integer> moved) {
    return moved.map(
        n -> n == 0 ? PgTransaction.Result.nothing(0) : PgTransaction.Result.commit(n));
  }

  /** One after the other, whatever becomes of those before; the first failure at the end. */
  private static Future<Integer> inTurn(List<Supplier<Future<Integer>>> turns) {
    Future<Integer> sum = Future.succeededFuture(0);
    for (Supplier<Future<Integer>> turn : turns) {
      Future<Integer> before = sum;
      sum = before.transform(done -> then(before, turn.get()));
    }
    return sum;
  }

  private static Future<Integer> then(Future<Integer> before, Future<Integer> now) {
    return now.transform(done -> before.failed() ? before : now.map(n -> n + before.result()));
  }
}
