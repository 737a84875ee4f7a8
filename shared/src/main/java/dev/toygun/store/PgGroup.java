package dev.toygun.store;

import dev.toygun.End;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Commits a group of any outcomes, in one transaction and two round trips: lock and read, judge in
 * between, write and commit.
 *
 * <pre>
 *   lock resources, in order │ lock tasks, in order │ read      ── skipping what others hold
 *   judge each outcome, carry out the good ones on the held rows
 *   one UPDATE for each kind of row │ history │ COMMIT
 * </pre>
 */
final class PgGroup {
  private PgGroup() {}

  /*
   * Most of what others hold is skipped. What is met later is waited for, an alarm or a task that
   * follows its resource; where that takes too long, the server has written nothing. Halves then go
   * by themselves, and wait briefly, until only the outcome that needs the row is left out.
   */
  static Future<List<Committed>> commit(Database database, List<Outcome> group) {
    return commit(database, group, false);
  }

  private static Future<List<Committed>> commit(
      Database database, List<Outcome> group, boolean briefly) {
    return PgTransaction.run(
            database,
            transaction -> {
              if (briefly) {
                transaction.waitsBriefly();
              }
              return settle(transaction, group)
                  .map(
                      settlement ->
                          new PgTransaction.Result<>(settlement.answers(), settlement.writes()));
            })
        .recover(
            error -> Locked.caused(error) ? apart(database, group) : Future.failedFuture(error));
  }

  private static Future<List<Committed>> apart(Database database, List<Outcome> group) {
    int half = group.size() / 2;
    return half == 0
        ? Future.succeededFuture(List.of(new Committed.Busy()))
        : part(database, group.subList(0, half))
            .compose(
                first ->
                    part(database, group.subList(half, group.size()))
                        .map(second -> Stream.concat(first.stream(), second.stream()).toList()));
  }

  /** What the database refuses in one part says nothing of the other, which may be committed. */
  private static Future<List<Committed>> part(Database database, List<Outcome> part) {
    return commit(database, part, true)
        .recover(
            error ->
                error instanceof UnknownOutcome
                    ? Future.failedFuture(error)
                    : Future.succeededFuture(
                        Collections.nCopies(part.size(), new Committed.Unstorable(error))));
  }

  /** Locks, judges, and sends what is to be written; the caller commits. */
  static Future<Settlement> settle(PgTransaction transaction, List<Outcome> group) {
    return hold(transaction, new GroupNeeds(group))
        .compose(rows -> exist(transaction, rows, group))
        .map(
            rows -> {
              Settlement settlement = Settlement.of(rows, group);
              if (settlement.writes()) {
                GroupWrites.send(transaction, rows, settlement.changes());
                AlarmWrites.send(transaction, settlement.alarms());
              }
              return settlement;
            });
  }

  private static Future<GroupRows> hold(PgTransaction transaction, GroupNeeds needs) {
    List<Future<?>> reads = new ArrayList<>();
    List<Consumer<GroupRows>> fills = new ArrayList<>();
    Future<Instant> now =
        transaction
            .send(LoadSql.NOW, Tuple.tuple())
            .map(rows -> Rows.time(rows.iterator().next(), 0));
    reads.add(now);
    reads.add(
        read(
            transaction,
            LockSql.RESOURCES,
            Tuple.of(uuids(needs.resources), uuids(needs.parentsOf), uuids(needs.childrenOf)),
            fills,
            (rows, row) -> {
              HeldResource held = new HeldResource(row);
              rows.resources.put(held.key().resource(), held);
            }));
    List<GroupNeeds.Named> stops = List.copyOf(needs.stops);
    List<SubjectKey> tasks = List.copyOf(needs.tasks);
    if (!tasks.isEmpty() || !stops.isEmpty() || !needs.othersOf.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.TASKS,
              PgArrays.tuple(
                  PgArrays.uuids(tasks, SubjectKey::resource),
                  PgArrays.uuids(tasks, SubjectKey::uuid),
                  PgArrays.uuids(stops, GroupNeeds.Named::resource),
                  PgArrays.texts(stops, GroupNeeds.Named::name),
                  uuids(needs.othersOf)),
              fills,
              (rows, row) -> {
                HeldTask held = new HeldTask(row);
                rows.tasks.put(held.key(), held);
              }));
    }
    Future<AlarmRows> alarms = needs.alarms.send(transaction);
    reads.add(alarms);
    reads.addAll(judgedOn(transaction, needs, fills));
    return Future.all(reads)
        .map(
            all -> {
              GroupRows rows = new GroupRows(now.result(), alarms.result());
              fills.forEach(fill -> fill.accept(rows));
              return rows;
            });
  }

  /** What is read once the rows are held. */
  private static List<Future<?>> judgedOn(
      PgTransaction transaction, GroupNeeds needs, List<Consumer<GroupRows>> fills) {
    List<Future<?>> reads = new ArrayList<>();
    if (!needs.activeOf.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.ACTIVE,
              Tuple.of(uuids(needs.activeOf)),
              fills,
              (rows, row) ->
                  rows.active
                      .computeIfAbsent(Rows.uuid(row, 0), key -> new ArrayList<>())
                      .add(
                          new GroupRows.ActiveTask(
                              new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
                              Rows.text(row, 2),
                              false))));
    }
    List<GroupNeeds.Named> starts = List.copyOf(needs.starts);
    if (!starts.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.LATEST,
              PgArrays.tuple(
                  PgArrays.uuids(starts, GroupNeeds.Named::resource),
                  PgArrays.texts(starts, GroupNeeds.Named::name)),
              fills,
              (rows, row) ->
                  rows.latest.put(
                      GroupNeeds.Named.task(Rows.uuid(row, 0), Rows.text(row, 2)), run(row))));
    }
    List<GroupNeeds.Named> creates = List.copyOf(needs.creates);
    if (!creates.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.TWINS,
              PgArrays.tuple(
                  PgArrays.uuids(creates, GroupNeeds.Named::resource),
                  PgArrays.texts(creates, GroupNeeds.Named::name),
                  PgArrays.texts(creates, GroupNeeds.Named::label)),
              fills,
              (rows, row) ->
                  rows.twins.add(
                      new GroupNeeds.Named(
                          Rows.uuid(row, 0), Rows.text(row, 1), Rows.text(row, 2)))));
    }
    if (!needs.ends.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.CHILD,
              Tuple.of(uuids(needs.ends)),
              fills,
              (rows, row) ->
                  rows.childOf.put(
                      Rows.uuid(row, 0),
                      "%s '%s' (%s)"
                          .formatted(Rows.text(row, 2), Rows.text(row, 3), Rows.uuid(row, 1)))));
    }
    if (!needs.childrenOf.isEmpty()) {
      reads.add(
          read(
              transaction,
              LockSql.UNASKED,
              Tuple.of(uuids(needs.childrenOf)),
              fills,
              (rows, row) -> rows.unasked.put(Rows.uuid(row, 0), Rows.big(row, 1))));
    }
    return reads;
  }

  private static GroupRows.Run run(Row row) {
    String end = row.getString(5);
    return new GroupRows.Run(
        new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
        Rows.big(row, 3),
        Rows.flag(row, 4),
        end == null ? null : End.ofStored(end),
        Rows.number(row, 6),
        Rows.time(row, 7),
        Rows.maybeTime(row, 8));
  }

  private interface Fill {
    void with(GroupRows rows, Row row);
  }

  private static Future<?> read(
      PgTransaction transaction,
      String sql,
      Tuple arguments,
      List<Consumer<GroupRows>> fills,
      Fill fill) {
    return transaction
        .send(sql, arguments)
        .onSuccess(found -> fills.add(rows -> found.forEach(row -> fill.with(rows, row))));
  }

  /**
   * A row that is not held is either locked by somebody else, or not there: seldom, so asked last.
   */
  private static Future<GroupRows> exist(
      PgTransaction transaction, GroupRows rows, List<Outcome> group) {
    List<SubjectKey> missing =
        group.stream()
            .flatMap(Outcome::reached)
            .filter(key -> rows.held(key) == null)
            .distinct()
            .toList();
    if (missing.isEmpty()) {
      return Future.succeededFuture(rows);
    }
    return transaction
        .send(
            LockSql.THERE,
            PgArrays.tuple(
                PgArrays.uuids(missing, key -> key.isResource() ? key.uuid() : null),
                PgArrays.uuids(missing, SubjectKey::resource),
                PgArrays.uuids(missing, SubjectKey::uuid)))
        .map(
            found -> {
              found.forEach(row -> rows.there.add(Rows.uuid(row, 0)));
              return rows;
            });
  }

  private static UUID[] uuids(SortedSet<UUID> uuids) {
    return ((Collection<UUID>) uuids).toArray(new UUID[0]);
  }
}
