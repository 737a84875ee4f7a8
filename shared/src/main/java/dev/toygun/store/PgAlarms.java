package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** Moves alarms outside of workers' outcomes: as people say. */
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
  static Future<AlarmBook> book(
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
}
