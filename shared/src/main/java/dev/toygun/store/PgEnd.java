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
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Commits a group of plain ends by one statement. Those in whose way something may stand are left
 * to a judgement on locked rows, which alone says what became of them.
 */
final class PgEnd {
  private PgEnd() {}

  /** Whether the statement can carry the whole group. */
  static boolean carries(List<Outcome> group) {
    return PlainMove.isOfOneWorker(group)
        && group.stream().allMatch(Outcome::isPlainEnd)
        && group.stream().map(outcome -> outcome.subject().resource()).distinct().count()
            == group.size();
  }

  static Future<List<Committed>> commit(Database database, List<Outcome> group) {
    return end(database, group).compose(answers -> judged(database, group, answers));
  }

  /** What became of each; null for those that were not ended, of which nothing is written. */
  static Future<@Nullable Committed[]> end(Database database, List<Outcome> group) {
    List<End> ends = new ArrayList<>(group.size());
    for (Outcome outcome : group) {
      ends.add(End.of(ends.size(), outcome));
    }
    ends.sort(Comparator.comparing(end -> end.task().key()));
    return run(database, ends, arguments(ends, group.get(0).stamp()))
        .map(ended -> answers(ended, ends))
        .recover(
            error ->
                Locked.caused(error)
                    ? Future.succeededFuture(new Committed[group.size()])
                    : Future.failedFuture(PgTransaction.explained(error)));
  }

  private static Future<RowSet<Row>> run(Database database, List<End> ends, Tuple arguments) {
    return ends.stream().anyMatch(end -> end.task().first() != null)
        ? database.run(EndSql.END, EndSql.END_ONE, ends.size(), arguments)
        : database.run(EndSql.END_LATER, EndSql.END_LATER_ONE, ends.size(), arguments);
  }

  /** An end, and what its resource settles to after it. */
  private record End(PlainMove task, Outcome settle, Write owner, Write.OfResource of) {
    static End of(int place, Outcome outcome) {
      Outcome settle = Objects.requireNonNull(outcome.then());
      Write owner = Objects.requireNonNull(settle.write());
      return new End(
          PlainMove.of(place, outcome), settle, owner, Objects.requireNonNull(owner.resource()));
    }

    /** The settle was decided as if the end had woken the resource. */
    long wakes() {
      return settle.wakes() - 1;
    }
  }

  private static @Nullable Committed[] answers(RowSet<Row> ended, List<End> ends) {
    @Nullable Committed[] answers = new Committed[ends.size()];
    for (Row row : ended) {
      End end = ends.get((int) Rows.big(row, 0) - 1);
      Outcome task = end.task().outcome();
      List<Committed.Woken> woken =
          Rows.flag(row, 2)
              ? List.of(new Committed.Woken(end.settle().subject(), Rows.list(row, 3)))
              : List.of();
      Committed then =
          new Committed.Done(
              end.settle().version() + 1,
              end.settle().wakes(),
              Rows.maybeTime(row, 1),
              List.of(),
              List.of(),
              null);
      answers[end.task().place()] =
          new Committed.Done(task.version() + 1, task.wakes(), null, woken, List.of(), then);
    }
    return answers;
  }

  private static Future<List<Committed>> judged(
      Database database, List<Outcome> group, @Nullable Committed[] answers) {
    List<Outcome> rest = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        rest.add(group.get(i));
      }
    }
    if (rest.isEmpty()) {
      return Future.succeededFuture(Stream.of(answers).map(Objects::requireNonNull).toList());
    }
    return PgGroup.commit(database, rest)
        .recover(
            error ->
                error instanceof UnknownOutcome || rest.size() == group.size()
                    ? Future.failedFuture(error)
                    : Future.succeededFuture(
                        Collections.nCopies(rest.size(), new Committed.Unstorable(error))))
        .map(
            found -> {
              List<Committed> all = new ArrayList<>(answers.length);
              int next = 0;
              for (Committed answer : answers) {
                all.add(answer == null ? found.get(next++) : answer);
              }
              return all;
            });
  }

  private static Tuple arguments(List<End> ends, Stamp stamp) {
    List<PlainMove> tasks = ends.stream().map(End::task).toList();
    return Tuple.from(
        Arrays.<@Nullable Object>asList(
            PgArrays.uuids(tasks, t -> t.key().resource()),
            PgArrays.uuids(tasks, t -> t.key().uuid()),
            PgArrays.bigs(tasks, t -> t.outcome().version()),
            PgArrays.bigs(tasks, t -> t.outcome().wakes()),
            PgArrays.texts(tasks, t -> t.write().state()),
            PgArrays.bigs(tasks, t -> t.write().step()),
            PgArrays.bigs(tasks, t -> t.write().entered()),
            PgArrays.numbers(tasks, t -> t.write().tries()),
            PgArrays.texts(tasks, t -> t.write().resume()),
            PgArrays.texts(tasks, t -> t.write().attrs()),
            PgArrays.numbers(tasks, t -> t.write().schemaVersion()),
            PgArrays.flags(tasks, t -> t.write().waits()),
            PgArrays.uuids(tasks, t -> t.write().error()),
            PgArrays.texts(tasks, PlainMove::end),
            PgArrays.texts(tasks, PlainMove::firstFrom),
            PgArrays.texts(tasks, PlainMove::firstMessage),
            PgArrays.texts(tasks, PlainMove::lastFrom),
            PgArrays.uuids(tasks, PlainMove::because),
            PgArrays.texts(tasks, PlainMove::message),
            PgArrays.texts(tasks, PlainMove::changed),
            PgArrays.texts(tasks, t -> t.stamp().cause().stored()),
            PgArrays.texts(tasks, t -> t.stamp().actor()),
            PgArrays.uuids(tasks, t -> t.stamp().tick()),
            PgArrays.texts(tasks, t -> t.stamp().trace()),
            PgArrays.bigs(tasks, t -> t.stamp().delays().queued()),
            PgArrays.bigs(tasks, t -> t.stamp().delays().popped()),
            PgArrays.bigs(tasks, t -> t.stamp().delays().leased()),
            PgArrays.bigs(tasks, t -> t.stamp().delays().done()),
            stamp.worker(),
            stamp.build(),
            PgArrays.bigs(ends, e -> e.settle().version()),
            PgArrays.bigs(ends, End::wakes),
            PgArrays.texts(ends, e -> e.owner().state()),
            PgArrays.bigs(ends, e -> e.owner().step()),
            PgArrays.bigs(ends, e -> e.owner().entered()),
            PgArrays.numbers(ends, e -> e.owner().tries()),
            PgArrays.texts(ends, e -> e.owner().resume()),
            PgArrays.texts(ends, e -> e.owner().attrs()),
            PgArrays.numbers(ends, e -> e.owner().schemaVersion()),
            PgArrays.times(ends, e -> e.owner().dueAt()),
            PgArrays.numbers(ends, e -> e.owner().everyS()),
            PgArrays.numbers(
                ends, e -> PlainMove.bucketOf(e.settle().subject(), e.owner().everyS())),
            PgArrays.times(ends, e -> e.owner().deadlineAt()),
            PgArrays.flags(ends, e -> e.owner().waits()),
            PgArrays.uuids(ends, e -> e.owner().error()),
            PgArrays.texts(ends, e -> e.of().deleting().name().toLowerCase(Locale.ROOT)),
            PgArrays.texts(ends, e -> e.of().observed().availability().stored()),
            PgArrays.numbers(ends, e -> e.of().observed().misses()),
            PgArrays.times(ends, e -> e.of().observed().plannedUntil())));
  }
}
