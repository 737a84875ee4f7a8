package dev.toygun.store;

import dev.toygun.store.Gathering.Asked;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Starts tasks in groups, each one statement and one round trip: those in whose way nothing stands,
 * as nearly always.
 */
final class PgStarts {
  private static final int MOST = 500;

  private final Database database;
  private final Gathering<Start, List<Committed.Woken>> gathering;

  private record Start(UUID resource, TaskStart task, Cause cause) {}

  /** Starts on this database. */
  PgStarts(Vertx vertx, Database database) {
    this.database = database;
    this.gathering =
        new Gathering<>(vertx, database.timeout(), MOST, Start::resource, this::depart);
  }

  /**
   * Starts a task.
   *
   * @return who is due then; nobody where something may stand in its way, and nothing was written
   */
  Future<List<Committed.Woken>> ask(UUID resource, TaskStart task, Cause cause) {
    return task.ensure() || task.paced()
        ? Future.succeededFuture(List.of())
        : gathering.ask(new Start(resource, task, cause));
  }

  private Future<?> depart(List<Asked<Start, List<Committed.Woken>>> group) {
    List<Start> starts =
        group.stream()
            .map(Asked::question)
            .sorted(Comparator.comparing(Start::resource, SubjectKey.UUID_ORDER))
            .toList();
    return database
        .inTime(database.engine().preparedQuery(StartSql.START).execute(arguments(starts)))
        .map(PgStarts::begun)
        .recover(PgStarts::refused)
        .onSuccess(
            begun ->
                group.forEach(
                    asked ->
                        asked.answer(
                            begun.getOrDefault(asked.question().task().uuid(), List.of()))))
        .onFailure(why -> group.forEach(asked -> asked.fail(why)));
  }

  /** Of a group that the database refuses each comes again, and is told its own. */
  private static Future<Map<UUID, List<Committed.Woken>>> refused(Throwable error) {
    Throwable why = PgTransaction.explained(error);
    return why instanceof UnknownOutcome && !PgTransaction.isLock(error)
        ? Future.failedFuture(why)
        : Future.succeededFuture(Map.of());
  }

  private static Map<UUID, List<Committed.Woken>> begun(RowSet<Row> rows) {
    Map<UUID, List<Committed.Woken>> begun = new HashMap<>();
    for (Row row : rows) {
      SubjectKey run = new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1));
      SubjectKey resource = SubjectKey.ofResource(run.resource());
      begun.put(
          run.uuid(),
          List.of(
              new Committed.Woken(run, Rows.list(row, 2)),
              new Committed.Woken(resource, Rows.list(row, 6))));
    }
    return begun;
  }

  private static Tuple arguments(List<Start> starts) {
    return PgArrays.tuple(
        PgArrays.uuids(starts, Start::resource),
        PgArrays.uuids(starts, s -> s.task().uuid()),
        PgArrays.texts(starts, s -> s.task().name()),
        PgArrays.texts(starts, s -> s.task().list().queue()),
        PgArrays.texts(starts, s -> s.task().list().type()),
        PgArrays.numbers(starts, s -> s.task().list().version()),
        PgArrays.numbers(starts, s -> s.task().list().priority()),
        PgArrays.texts(starts, s -> s.task().attrs()),
        PgArrays.texts(starts, s -> s.task().args()),
        PgArrays.texts(starts, s -> s.task().startedBy()),
        PgArrays.texts(starts, s -> s.cause().stored()));
  }
}
