package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commits a group of plain moves, by one statement and without a transaction around it. */
final class PgMove {
  private PgMove() {}

  /** Whether the statement can carry the whole group. */
  static boolean carries(List<Outcome> group) {
    return PlainMove.isOfOneWorker(group) && group.stream().allMatch(Outcome::isPlain);
  }

  /*
   * The statement waits for rows that somebody else holds. Where that takes too long, or ends in a
   * deadlock with somebody who locks in an order of his own, the group goes again as any other does:
   * leaving out what is held.
   */
  static Future<List<Committed>> commit(Database database, List<Outcome> group) {
    List<PlainMove> items = new ArrayList<>(group.size());
    for (Outcome outcome : group) {
      items.add(PlainMove.of(items.size(), outcome));
    }
    items.sort(Comparator.comparing(item -> item.outcome().subject()));
    return run(database, items, arguments(items, group.get(0).stamp()))
        .map(moved -> answers(moved, items))
        .recover(
            error ->
                Locked.caused(error)
                    ? PgGroup.commit(database, group)
                    : Future.failedFuture(PgTransaction.explained(error)));
  }

  private static Future<RowSet<Row>> run(
      Database database, List<PlainMove> items, Tuple arguments) {
    int size = items.size();
    if (items.stream().anyMatch(PlainMove::isNoted)) {
      return database.run(MoveSql.MOVE, MoveSql.MOVE_ONE, size, arguments);
    }
    return items.stream().anyMatch(item -> item.first() != null)
        ? database.run(MoveSql.MOVE_UNNOTED, MoveSql.MOVE_UNNOTED_ONE, size, arguments)
        : database.run(MoveSql.MOVE_LATER, MoveSql.MOVE_LATER_ONE, size, arguments);
  }

  private static List<Committed> answers(RowSet<Row> moved, List<PlainMove> items) {
    List<Committed> answers =
        new ArrayList<>(Collections.nCopies(items.size(), new Committed.Fenced()));
    for (Row row : moved) {
      PlainMove item = items.get((int) Rows.big(row, 0) - 1);
      answers.set(
          item.place(),
          new Committed.Done(
              Rows.big(row, 1),
              Rows.big(row, 2),
              Rows.maybeTime(row, 3),
              List.of(),
              List.of(),
              null));
    }
    return answers;
  }

  private static Tuple arguments(List<PlainMove> rows, Stamp stamp) {
    return Tuple.from(
        Arrays.<@Nullable Object>asList(
            PgArrays.uuids(rows, i -> i.key().resource()),
            PgArrays.uuids(rows, i -> i.key().uuid()),
            PgArrays.bigs(rows, i -> i.outcome().version()),
            PgArrays.bigs(rows, i -> i.outcome().wakes()),
            PgArrays.texts(rows, i -> i.write().state()),
            PgArrays.bigs(rows, i -> i.write().step()),
            PgArrays.bigs(rows, i -> i.write().entered()),
            PgArrays.numbers(rows, i -> i.write().tries()),
            PgArrays.texts(rows, i -> i.write().resume()),
            PgArrays.texts(rows, i -> i.write().attrs()),
            PgArrays.numbers(rows, i -> i.write().schemaVersion()),
            PgArrays.times(rows, i -> i.write().dueAt()),
            PgArrays.numbers(rows, i -> i.write().everyS()),
            PgArrays.numbers(rows, PlainMove::bucket),
            PgArrays.times(rows, i -> i.write().deadlineAt()),
            PgArrays.flags(rows, i -> i.write().waits()),
            PgArrays.uuids(rows, i -> i.write().error()),
            PgArrays.texts(rows, PlainMove::end),
            PgArrays.texts(rows, PlainMove::firstFrom),
            PgArrays.texts(rows, PlainMove::firstMessage),
            PgArrays.texts(rows, PlainMove::lastFrom),
            PgArrays.uuids(rows, PlainMove::because),
            PgArrays.texts(rows, PlainMove::message),
            PgArrays.texts(rows, PlainMove::changed),
            PgArrays.texts(rows, i -> i.stamp().cause().stored()),
            PgArrays.texts(rows, i -> i.stamp().actor()),
            PgArrays.uuids(rows, i -> i.stamp().tick()),
            PgArrays.texts(rows, i -> i.stamp().trace()),
            PgArrays.bigs(rows, i -> i.stamp().delays().queued()),
            PgArrays.bigs(rows, i -> i.stamp().delays().popped()),
            PgArrays.bigs(rows, i -> i.stamp().delays().leased()),
            PgArrays.bigs(rows, i -> i.stamp().delays().done()),
            PgArrays.times(rows, i -> i.write().runDeadlineAt()),
            stamp.worker(),
            stamp.build()));
  }
}
