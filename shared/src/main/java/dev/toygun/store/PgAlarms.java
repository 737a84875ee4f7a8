package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** Moves alarms outside of workers' outcomes: for people, and for the clock. */
final class PgAlarms {
  private final Database database;

  PgAlarms(Database database) {
    this.database = database;
  }

  Future<Alarm> command(
      UUID alarm, OptionalLong version, AlarmCommand command, String reason, Stamp by) {
    return PgTransaction.run(
        database,
        transaction ->
            transaction
                .send(AlarmSql.KEY, Tuple.of(alarm))
                .compose(
                    rows -> {
                      if (rows.size() == 0) {
                        throw new Refusal(Refusal.Code.NOT_FOUND, "there is no alarm " + alarm);
                      }
                      Row row = rows.iterator().next();
                      boolean standsStill = Rows.flag(row, 2);
                      return book(
                          transaction,
                          List.of(Rows.uuid(row, 0)),
                          book -> {
                            book.find(alarm)
                                .ifPresent(found -> Checks.current(found.version(), version));
                            book.command(alarm, command, standsStill, reason, by);
                          });
                    })
                .map(book -> PgTransaction.Result.commit(book.find(alarm).orElseThrow())));
  }

  /** Locks the alarms of resources, has the book written, and sends what it comes to. */
  private static Future<AlarmBook> book(
      PgTransaction transaction, List<UUID> resources, Consumer<AlarmBook> writes) {
    AlarmReads reads = new AlarmReads();
    reads.resources.addAll(resources);
    Future<java.time.Instant> now =
        transaction
            .send(LoadSql.NOW, Tuple.tuple())
            .map(rows -> Rows.time(rows.iterator().next(), 0));
    return now.compose(
        at ->
            reads
                .send(transaction)
                .map(
                    rows -> {
                      AlarmBook book = new AlarmBook(at, rows, rows.active);
                      writes.accept(book);
                      AlarmWrites.send(transaction, book.changes());
                      return book;
                    }));
  }

  /** Each kind in a transaction of its own: one that fails keeps none of the others up. */
  Future<Integer> moveDue(Stamp by, int limit) {
    return climb(by, limit)
        .compose(
            hops ->
                each(AlarmSql.DUE_ALARMS, limit, AlarmBook::due, by)
                    .compose(
                        due ->
                            each(
                                    AlarmSql.PUNCTUAL_AGAIN,
                                    limit,
                                    (book, alarm, stamp) ->
                                        book.close(alarm, "a later run finished", stamp),
                                    by)
                                .compose(
                                    punctual ->
                                        each(
                                                AlarmSql.UNSTUCK,
                                                limit,
                                                (book, alarm, stamp) ->
                                                    book.close(alarm, AlarmBook.GOES_ON, stamp),
                                                by)
                                            .map(unstuck -> hops + due + punctual + unstuck))));
  }

  Future<Integer> stuck(List<Due.Stuck> found, Stamp by) {
    return PgTransaction.run(
        database,
        transaction ->
            transaction
                .send(
                    AlarmSql.STILL,
                    PgArrays.tuple(
                        PgArrays.uuids(found, s -> s.subject().resource()),
                        PgArrays.uuids(found, s -> s.subject().uuid()),
                        PgArrays.bigs(found, Due.Stuck::version)))
                .compose(
                    rows -> {
                      List<Row> still = PgLoad.decoded(rows, row -> row);
                      if (still.isEmpty()) {
                        return Future.succeededFuture(PgTransaction.Result.nothing(0));
                      }
                      return book(
                              transaction,
                              found.stream().map(s -> s.subject().resource()).distinct().toList(),
                              book -> still.forEach(row -> stuck(book, found, row, by)))
                          .map(done -> PgTransaction.Result.commit(still.size()));
                    }));
  }

  private static void stuck(AlarmBook book, List<Due.Stuck> found, Row row, Stamp by) {
    Due.Stuck machine = found.get((int) Rows.big(row, 0) - 1);
    book.stuck(row.getString(1), machine, Rows.list(row, 2), Rows.big(row, 6), by);
  }

  private Future<Integer> climb(Stamp by, int limit) {
    return PgTransaction.run(
        database,
        transaction ->
            transaction
                .send(AlarmSql.DUE_HOPS, Tuple.of(limit))
                .compose(
                    rows -> {
                      List<Hop> hops = PgLoad.decoded(rows, AlarmRows::hop);
                      if (hops.isEmpty()) {
                        return Future.succeededFuture(PgTransaction.Result.nothing(0));
                      }
                      return book(
                              transaction,
                              hops.stream().map(hop -> hop.panicked().resource()).toList(),
                              book -> hops.forEach(hop -> climbs(book, hop, by)))
                          .map(done -> PgTransaction.Result.commit(hops.size()));
                    }));
  }

  private static void climbs(AlarmBook book, Hop hop, Stamp by) {
    book.settle(hop, Hop.Decision.TIME_OUT, "nobody answered in time", by);
  }

  private interface Move {
    void of(AlarmBook book, UUID alarm, Stamp by);
  }

  private Future<Integer> each(String sql, int limit, Move move, Stamp by) {
    return PgTransaction.run(
        database,
        transaction ->
            transaction
                .send(sql, Tuple.of(limit))
                .compose(
                    rows -> {
                      List<SubjectKey> found =
                          PgLoad.decoded(
                              rows, row -> new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)));
                      if (found.isEmpty()) {
                        return Future.succeededFuture(PgTransaction.Result.nothing(0));
                      }
                      return book(
                              transaction,
                              found.stream().map(SubjectKey::resource).distinct().toList(),
                              book -> found.forEach(key -> move.of(book, key.uuid(), by)))
                          .map(done -> PgTransaction.Result.commit(found.size()));
                    }));
  }
}
