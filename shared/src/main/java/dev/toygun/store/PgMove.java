package dev.toygun.store;

import dev.toygun.End;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
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
    Stamp stamp = group.get(0).stamp();
    for (Outcome outcome : group) {
      if (!outcome.isPlain()
          || !fits(outcome.transitions())
          || !outcome.stamp().worker().equals(stamp.worker())
          || !outcome.stamp().build().equals(stamp.build())) {
        return false;
      }
    }
    return true;
  }

  /** One move or none, or two of which the first one only leaves {@code __new__}. */
  private static boolean fits(List<Transition> moves) {
    return switch (moves.size()) {
      case 0, 1 -> true;
      case 2 ->
          moves.get(0).error() == null
              && moves.get(0).changed().isEmpty()
              && moves.get(0).to().equals(moves.get(1).from());
      default -> false;
    };
  }

  /*
   * The statement waits for rows that somebody else holds. Where that takes too long, or ends in a
   * deadlock with somebody who locks in an order of his own, the group goes again as any other does:
   * leaving out what is held.
   */
  static Future<List<Committed>> commit(Database database, List<Outcome> group) {
    List<Item> items = new ArrayList<>(group.size());
    for (Outcome outcome : group) {
      items.add(Item.of(items.size(), outcome));
    }
    items.sort(Comparator.comparing(item -> item.outcome().subject()));
    Tuple arguments = arguments(items, group.get(0).stamp());
    return move(database, arguments)
        .map(moved -> answers(moved, items))
        .recover(
            error ->
                PgTransaction.isLock(error)
                    ? PgGroup.commit(database, group)
                    : Future.failedFuture(PgTransaction.explained(error)));
  }

  private static Future<RowSet<Row>> move(Database database, Tuple arguments) {
    return database.inTime(
        database
            .connection()
            .compose(
                connection ->
                    database.inTime(move(connection, arguments)).eventually(connection::close)));
  }

  private static Future<RowSet<Row>> move(SqlClient client, Tuple arguments) {
    return client.preparedQuery(MoveSql.MOVE).execute(arguments);
  }

  private static List<Committed> answers(RowSet<Row> moved, List<Item> items) {
    List<Committed> answers =
        new ArrayList<>(Collections.nCopies(items.size(), new Committed.Fenced()));
    for (Row row : moved) {
      Item item = items.get((int) Rows.big(row, 0) - 1);
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

  /**
   * An outcome as the statement takes it.
   *
   * @param place in the group
   * @param first the move out of {@code __new__}, if there is another one after it
   * @param last the move into the written state; null for a stay
   */
  private record Item(
      int place,
      Outcome outcome,
      Write write,
      @Nullable Transition first,
      @Nullable Transition last) {
    static Item of(int place, Outcome outcome) {
      Write write = outcome.write();
      if (write == null) {
        throw new IllegalArgumentException("a plain outcome writes its row");
      }
      List<Transition> moves = outcome.transitions();
      return new Item(
          place,
          outcome,
          write,
          moves.size() == 2 ? moves.get(0) : null,
          moves.isEmpty() ? null : moves.get(moves.size() - 1));
    }

    SubjectKey key() {
      return outcome.subject();
    }

    String changed() {
      return PgArrays.names(last == null ? outcome.changed() : last.changed());
    }

    @Nullable Integer bucket() {
      return bucketOf(key(), write.everyS());
    }

    Stamp stamp() {
      return outcome.stamp();
    }
  }

  /** The second of its period in which a subject is polled. */
  static @Nullable Integer bucketOf(SubjectKey key, @Nullable Integer everyS) {
    return everyS == null
        ? null
        : Integer.remainderUnsigned((int) key.uuid().getLeastSignificantBits(), everyS);
  }

  static @Nullable String stored(@Nullable End end) {
    return end == null ? null : end.stored();
  }

  private static Tuple arguments(List<Item> rows, Stamp stamp) {
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
            PgArrays.numbers(rows, Item::bucket),
            PgArrays.times(rows, i -> i.write().deadlineAt()),
            PgArrays.flags(rows, i -> i.write().waits()),
            PgArrays.uuids(rows, i -> i.write().error()),
            PgArrays.texts(rows, i -> stored(i.write().end())),
            PgArrays.texts(rows, i -> i.first() == null ? null : i.first().from()),
            PgArrays.texts(rows, i -> i.first() == null ? null : i.first().message()),
            PgArrays.texts(rows, i -> i.last() == null ? null : i.last().from()),
            PgArrays.uuids(rows, i -> i.last() == null ? null : i.last().error()),
            PgArrays.texts(rows, i -> i.last() == null ? null : i.last().message()),
            PgArrays.texts(rows, Item::changed),
            PgArrays.texts(rows, i -> i.stamp().cause().stored()),
            PgArrays.texts(rows, i -> i.stamp().actor()),
            PgArrays.uuids(rows, i -> i.stamp().tick()),
            PgArrays.texts(rows, i -> i.stamp().trace()),
            PgArrays.bigs(rows, i -> i.stamp().delays().queued()),
            PgArrays.bigs(rows, i -> i.stamp().delays().popped()),
            PgArrays.bigs(rows, i -> i.stamp().delays().leased()),
            PgArrays.bigs(rows, i -> i.stamp().delays().done()),
            stamp.worker(),
            stamp.build()));
  }
}
