package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Locks alarms and reads what surrounds them; all statements are sent at once. */
final class AlarmReads {
  /** Resources whose alarms are written. */
  final SortedSet<UUID> resources = new TreeSet<>(SubjectKey.UUID_ORDER);

  /** Machines that panic, and the step at which each entered its state. */
  final Map<SubjectKey, Long> panicked = new TreeMap<>();

  /** Levels that answer. */
  final List<Hop.Decided> hops = new ArrayList<>();

  Future<AlarmRows> send(PgTransaction to) {
    AlarmRows rows = new AlarmRows();
    if (resources.isEmpty()) {
      return Future.succeededFuture(rows);
    }
    Tuple which = Tuple.of(resources.toArray(new UUID[0]));
    List<Future<?>> reads = new ArrayList<>();
    reads.add(read(to, AlarmSql.LOCK, which, rows, (r, row) -> r.active.add(AlarmRows.alarm(row))));
    reads.add(read(to, AlarmSql.LINE, which, rows, AlarmRows::line));
    reads.add(read(to, AlarmSql.COVERS, which, rows, AlarmRows::cover));
    reads.add(read(to, AlarmSql.CLOSINGS, which, rows, AlarmRows::closing));
    reads.add(
        read(
            to, HoldSql.ACTIVE, Tuple.tuple(), rows, (r, row) -> r.holds.add(AlarmRows.hold(row))));
    if (!panicked.isEmpty()) {
      List<Map.Entry<SubjectKey, Long>> all = List.copyOf(panicked.entrySet());
      Tuple arguments =
          PgArrays.tuple(
              PgArrays.uuids(all, e -> e.getKey().uuid()), PgArrays.bigs(all, Map.Entry::getValue));
      reads.add(read(to, AlarmSql.RETRIES, arguments, rows, AlarmRows::retry));
    }
    if (!hops.isEmpty()) {
      Tuple arguments =
          PgArrays.tuple(
              PgArrays.uuids(hops, h -> h.hop().error()),
              PgArrays.numbers(hops, h -> h.hop().level()));
      reads.add(
          read(
              to,
              AlarmSql.LOCK_HOPS,
              arguments,
              rows,
              (r, row) -> r.undecided.add(AlarmRows.hopKey(row))));
    }
    for (Hop.Decided decided : hops) {
      if (decided.decision() == Hop.Decision.REWIND) {
        SubjectKey subject = decided.hop().panicked();
        reads.add(
            read(
                to,
                EntrySql.LAST,
                EntrySql.of(subject, decided.states()),
                rows,
                (r, row) -> r.entries.put(subject.uuid(), EntrySql.entry(row))));
      }
    }
    return Future.all(reads).map(all -> rows);
  }

  private static Future<?> read(
      PgTransaction to,
      String sql,
      Tuple arguments,
      AlarmRows rows,
      BiConsumer<AlarmRows, Row> fill) {
    return to.send(sql, arguments).onSuccess(found -> found.forEach(row -> fill.accept(rows, row)));
  }
}
