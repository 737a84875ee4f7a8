package dev.toygun.store;

import dev.toygun.Keep;
import dev.toygun.store.Retention.Look;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes what has ended and is old. */
final class PgRetention {
  /**
   * By table, and step by step: once nothing of one step is left, the next one goes, by which the
   * first was found.
   */
  private static final List<List<Map.Entry<String, String>>> OF_RUNS =
      List.of(
          List.of(
              Map.entry("transitions", RetentionSql.MOVES),
              Map.entry("changes", RetentionSql.CHANGES),
              Map.entry("log", RetentionSql.LOG),
              Map.entry("errors", RetentionSql.ERRORS),
              Map.entry("signals", RetentionSql.SIGNALS),
              Map.entry("hops", RetentionSql.HOPS),
              Map.entry("thinned", RetentionSql.THINNED)),
          List.of(Map.entry("alarms", RetentionSql.ALARMS)),
          List.of(Map.entry("tasks", RetentionSql.RUN)));

  private static final List<List<Map.Entry<String, String>>> OF_RESOURCES =
      List.of(
          List.of(
              Map.entry("transitions", RetentionSql.ALL_MOVES),
              Map.entry("changes", RetentionSql.ALL_CHANGES),
              Map.entry("log", RetentionSql.ALL_LOG),
              Map.entry("errors", RetentionSql.ALL_ERRORS),
              Map.entry("signals", RetentionSql.ALL_SIGNALS),
              Map.entry("hops", RetentionSql.ALL_HOPS),
              Map.entry("thinned", RetentionSql.ALL_THINNED),
              Map.entry("alarms", RetentionSql.ALL_ALARMS),
              Map.entry("observations", RetentionSql.OBSERVATIONS),
              Map.entry("triggers", RetentionSql.TRIGGERS),
              Map.entry("schedules", RetentionSql.SCHEDULES),
              Map.entry("field_index", RetentionSql.FIELD_INDEX),
              Map.entry("tasks", RetentionSql.ALL_RUNS)),
          List.of(Map.entry("resources", RetentionSql.ITSELF)));

  private static final List<Map.Entry<String, String>> OF_HISTORY =
      List.of(
          Map.entry("changes", ThinningSql.CHANGES),
          Map.entry("log", ThinningSql.LOG),
          Map.entry("errors", ThinningSql.ERRORS),
          Map.entry("hops", ThinningSql.HOPS),
          Map.entry("signals", ThinningSql.SIGNALS),
          Map.entry("observations", ThinningSql.OBSERVATIONS));

  private final Database database;

  PgRetention(Database database) {
    this.database = database;
  }

  Future<List<Old>> ended() {
    Future<RowSet<Row>> tasks =
        query(RetentionSql.TASKS, Tuple.of(Keep.DEFAULT.runs(), Keep.DEFAULT.time().toSeconds()));
    Future<RowSet<Row>> types = query(RetentionSql.TYPES, Tuple.of(Keep.RESOURCE.toSeconds()));
    return Future.all(tasks, types)
        .map(
            both -> {
              List<Old> old = new ArrayList<>();
              for (Row row : tasks.result()) {
                old.add(
                    new Old.Runs(
                        Rows.text(row, 0), Rows.text(row, 1), Rows.number(row, 2), time(row, 3)));
              }
              for (Row row : types.result()) {
                old.add(new Old.Resources(Rows.text(row, 0), time(row, 1)));
              }
              return List.copyOf(old);
            });
  }

  private static Duration time(Row row, int column) {
    return Duration.ofSeconds(Rows.big(row, column));
  }

  Future<Look> look(Old old, @Nullable Seen after, int most) {
    Object at = after == null ? null : PgArrays.time(after.at());
    UUID uuid = after == null ? null : after.key().uuid();
    long seconds = old.time().toSeconds();
    if (old instanceof Old.Runs runs) {
      Tuple arguments =
          PgArrays.tuple(
              runs.type(), runs.task(), seconds, (long) runs.runs(), at, uuid, (long) most);
      return query(RetentionSql.RUNS, arguments).map(rows -> look(rows, most));
    }
    if (old instanceof Old.Resources resources) {
      Tuple arguments = PgArrays.tuple(resources.type(), seconds, at, uuid, (long) most);
      return query(RetentionSql.RESOURCES, arguments).map(rows -> look(rows, most));
    }
    Tuple arguments = PgArrays.tuple(uuid == null ? new UUID(0, 0) : uuid, (long) most);
    return query(RetentionSql.LIVING, arguments)
        .map(rows -> look(rows, most))
        .map(look -> after == null ? withSystem(look) : look);
  }

  private static Look look(RowSet<Row> rows, int most) {
    List<Seen> over = new ArrayList<>();
    Seen last = null;
    for (Row row : rows) {
      last = new Seen(new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)), Rows.time(row, 2));
      if (Rows.flag(row, 3)) {
        over.add(last);
      }
    }
    return new Look(over, rows.size() < most ? null : last);
  }

  /** The alarms of the system have a history too. */
  private static Look withSystem(Look look) {
    List<Seen> all = new ArrayList<>(look.over());
    all.add(new Seen(SubjectKey.ofResource(SystemWatch.SYSTEM), Instant.EPOCH));
    return new Look(all, look.upto());
  }

  Future<Removed> remove(Old old, List<Seen> seen, int rows) {
    UUID[] resources = PgArrays.uuids(seen, s -> s.key().resource());
    UUID[] subjects = PgArrays.uuids(seen, s -> s.key().uuid());
    return PgTransaction.run(
        database,
        to -> {
          Future<Removed> removed;
          if (old instanceof Old.Runs runs) {
            removed =
                to.send(
                        RetentionSql.LOCK_RUNS,
                        PgArrays.tuple(resources, subjects, (long) runs.runs()))
                    .compose(locked -> withAlarms(to, keys(locked)))
                    .compose(keys -> whole(to, OF_RUNS, keys, rows));
          } else if (old instanceof Old.Resources) {
            removed =
                to.send(RetentionSql.LOCK_RESOURCES, PgArrays.tuple((Object) resources))
                    .compose(locked -> whole(to, OF_RESOURCES, keys(locked), rows));
          } else {
            removed =
                to.send(RetentionSql.MACHINES, PgArrays.tuple((Object) resources))
                    .compose(found -> thin(to, keys(found), old.time(), rows));
          }
          return removed.map(PgTransaction.Result::commit);
        });
  }

  private static List<SubjectKey> keys(RowSet<Row> rows) {
    List<SubjectKey> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1))));
    return keys;
  }

  private static Future<List<SubjectKey>> withAlarms(PgTransaction to, List<SubjectKey> runs) {
    return to.send(
            RetentionSql.ALARMS_OF_RUNS,
            PgArrays.tuple(
                PgArrays.uuids(runs, SubjectKey::resource), PgArrays.uuids(runs, SubjectKey::uuid)))
        .map(rows -> Stream.concat(runs.stream(), keys(rows).stream()).toList());
  }

  /** Removes what belongs to these; and themselves, where nothing else is left of it. */
  private static Future<Removed> whole(
      PgTransaction to,
      List<List<Map.Entry<String, String>>> steps,
      List<SubjectKey> keys,
      int rows) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(Removed.NOTHING);
    }
    Tuple arguments =
        PgArrays.tuple(
            PgArrays.uuids(keys, SubjectKey::resource),
            PgArrays.uuids(keys, SubjectKey::uuid),
            (long) rows);
    return next(to, steps.iterator(), arguments, rows, Map.of());
  }

  private static Future<Removed> next(
      PgTransaction to,
      Iterator<List<Map.Entry<String, String>>> steps,
      Tuple arguments,
      int rows,
      Map<String, Integer> before) {
    return each(to, steps.next(), arguments)
        .compose(
            counts -> {
              boolean full = counts.values().stream().anyMatch(count -> count >= rows);
              counts.putAll(before);
              return full || !steps.hasNext()
                  ? Future.succeededFuture(new Removed(counts, full))
                  : next(to, steps, arguments, rows, counts);
            });
  }

  private static Future<Removed> thin(
      PgTransaction to, List<SubjectKey> keys, Duration time, int rows) {
    Tuple arguments =
        PgArrays.tuple(
            PgArrays.uuids(keys, SubjectKey::resource),
            PgArrays.uuids(keys, SubjectKey::uuid),
            time.toSeconds(),
            (long) rows);
    Future<RowSet<Row>> moves = to.send(ThinningSql.MOVES, arguments);
    Future<RowSet<Row>> alarms = to.send(ThinningSql.ALARMS, arguments);
    return each(to, OF_HISTORY, arguments)
        .compose(counts -> Future.all(moves, alarms).map(both -> counts))
        .map(
            counts -> {
              Row moved = moves.result().iterator().next();
              Row alarmed = alarms.result().iterator().next();
              counts.put("alarms", (int) Rows.big(alarmed, 1));
              counts.put("transitions", (int) (Rows.big(moved, 0) + Rows.big(alarmed, 0)));
              boolean full =
                  Rows.big(moved, 1) >= ThinningSql.WINDOW
                      || counts.values().stream().anyMatch(count -> count >= ThinningSql.WINDOW);
              return new Removed(counts, full);
            });
  }

  private static Future<Map<String, Integer>> each(
      PgTransaction to, List<Map.Entry<String, String>> tables, Tuple arguments) {
    List<Future<RowSet<Row>>> sent =
        tables.stream().map(table -> to.send(table.getValue(), arguments)).toList();
    return Future.all(sent)
        .map(
            all -> {
              Map<String, Integer> counts = new TreeMap<>();
              for (int i = 0; i < sent.size(); i++) {
                counts.put(tables.get(i).getKey(), sent.get(i).result().rowCount());
              }
              return counts;
            });
  }

  Future<Removed> removeRest(Retention.Settings keep, int rows) {
    Tuple most = Tuple.of((long) rows);
    Map<String, Future<RowSet<Row>>> sent =
        Map.of(
            "audit",
            query(RetentionSql.AUDIT, Tuple.of(keep.audit().toSeconds(), (long) rows)),
            "holds",
            query(RetentionSql.HOLDS, Tuple.of(keep.history().toSeconds(), (long) rows)),
            "bulk_items",
            query(RetentionSql.BULK_ITEMS, most),
            "bulks",
            query(RetentionSql.BULKS, most));
    return Future.all(List.copyOf(sent.values()))
        .map(
            all -> {
              Map<String, Integer> counts = new TreeMap<>();
              sent.forEach((table, removed) -> counts.put(table, removed.result().rowCount()));
              return new Removed(counts, counts.values().stream().anyMatch(n -> n >= rows));
            });
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
