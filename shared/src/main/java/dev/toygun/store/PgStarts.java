package dev.toygun.store;

import dev.toygun.store.Gathering.Asked;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts tasks in groups, each one statement and one round trip: those in whose way nothing stands,
 * as nearly always.
 */
final class PgStarts {
  private static final int MOST = 500;

  private final Database database;
  private final Gathering<Start, Optional<Begun>> gathering;

  private record Start(PlainStart plain, Cause cause) {
    UUID resource() {
      return plain.resource();
    }
  }

  /** Starts on this database. */
  PgStarts(Vertx vertx, Database database) {
    this.database = database;
    this.gathering =
        new Gathering<>(vertx, database.timeout(), MOST, Start::resource, this::depart);
  }

  /**
   * Starts a task.
   *
   * @return nothing where something may stand in its way, and nothing was written
   */
  Future<Optional<Begun>> ask(PlainStart start, Cause cause) {
    return gathering.ask(new Start(start, cause));
  }

  private Future<?> depart(List<Asked<Start, Optional<Begun>>> group) {
    List<Start> starts =
        group.stream()
            .map(Asked::question)
            .sorted(Comparator.comparing(Start::resource, SubjectKey.UUID_ORDER))
            .toList();
    return run(starts, arguments(starts))
        .map(PgStarts::begun)
        .recover(PgStarts::refused)
        .onSuccess(
            begun ->
                group.forEach(
                    asked ->
                        asked.answer(
                            Optional.ofNullable(begun.get(asked.question().plain().uuid())))))
        .onFailure(why -> group.forEach(asked -> asked.fail(why)));
  }

  private Future<RowSet<Row>> run(List<Start> starts, Tuple arguments) {
    return starts.stream().anyMatch(start -> start.plain().entry() != null)
        ? database.run(StartSql.START, StartSql.START_ONE, starts.size(), arguments)
        : database.run(
            StartSql.START_UNASKED, StartSql.START_UNASKED_ONE, starts.size(), arguments);
  }

  /** Of a group that the database refuses each comes again, and is told its own. */
  private static Future<Map<UUID, Begun>> refused(Throwable error) {
    Throwable why = PgTransaction.explained(error);
    return why instanceof UnknownOutcome
        ? Future.failedFuture(why)
        : Future.succeededFuture(Map.of());
  }

  private static Map<UUID, Begun> begun(RowSet<Row> rows) {
    Map<UUID, Begun> begun = new HashMap<>();
    for (Row row : rows) {
      TaskRow run = run(row);
      SubjectKey resource = SubjectKey.ofResource(run.key().resource());
      begun.put(
          run.key().uuid(),
          new Begun(
              run,
              List.of(
                  new Committed.Woken(run.key(), run.machine().list()),
                  new Committed.Woken(resource, Rows.list(row, 15)))));
    }
    return begun;
  }

  /* What every new run has is not sent. */
  private static TaskRow run(Row row) {
    Instant now = Rows.time(row, 14);
    MachineRow machine =
        new MachineRow(
            Rows.text(row, 8),
            0,
            Rows.big(row, 9),
            0,
            0,
            0,
            null,
            Rows.text(row, 10),
            Rows.list(row, 4),
            now,
            null,
            null,
            null,
            false,
            true,
            null,
            now,
            now,
            null);
    return new TaskRow(
        new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
        Rows.text(row, 2),
        Rows.big(row, 3),
        machine,
        null,
        Rows.text(row, 11),
        Rows.text(row, 12),
        Cause.ofStored(Rows.text(row, 13)),
        0,
        null);
  }

  private static Tuple arguments(List<Start> starts) {
    return PgArrays.tuple(
        PgArrays.uuids(starts, Start::resource),
        PgArrays.uuids(starts, s -> s.plain().uuid()),
        PgArrays.texts(starts, s -> s.plain().name()),
        PgArrays.texts(starts, s -> s.plain().queue()),
        PgArrays.texts(starts, s -> s.plain().type()),
        PgArrays.numbers(starts, s -> s.plain().version()),
        PgArrays.numbers(starts, s -> s.plain().priority()),
        PgArrays.texts(starts, s -> s.plain().attrs()),
        PgArrays.texts(starts, s -> s.plain().args()),
        PgArrays.texts(starts, s -> s.plain().startedBy()),
        PgArrays.texts(starts, s -> s.cause().stored()),
        PgArrays.texts(starts, s -> s.plain().entry() == null ? null : s.plain().entry().json()));
  }
}
