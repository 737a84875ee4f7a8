package dev.toygun.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.toygun.store.BreakerRow.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what breakers go by, and opens and closes them. */
final class PgBreakers implements Breakers {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Database database;

  PgBreakers(Database database) {
    this.database = database;
  }

  @Override
  public Future<Instant> published() {
    return query(BreakerSql.PUBLISHED, Tuple.tuple())
        .map(rows -> Rows.time(rows.iterator().next(), 0));
  }

  @Override
  public Future<List<Declared>> declared() {
    return query(BreakerSql.DECLARED, Tuple.tuple())
        .map(
            rows -> {
              Map<String, BreakerDefinition> newest = new LinkedHashMap<>();
              Map<String, List<String>> tasks = new LinkedHashMap<>();
              for (Row row : rows) {
                BreakerDefinition definition = definition(Rows.text(row, 2));
                newest.putIfAbsent(definition.name(), definition);
                tasks
                    .computeIfAbsent(definition.name(), name -> new ArrayList<>())
                    .add(Rows.text(row, 0) + "/" + Rows.text(row, 1));
              }
              return newest.values().stream()
                  .map(one -> new Declared(one, Objects.requireNonNull(tasks.get(one.name()))))
                  .toList();
            });
  }

  private static BreakerDefinition definition(String json) {
    try {
      return JSON.readValue(json, BreakerDefinition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a published breaker cannot be read: " + json, e);
    }
  }

  @Override
  public Future<List<Standing>> look(List<Declared> declared) {
    Map<String, Declared> byName =
        declared.stream()
            .collect(Collectors.toMap(one -> one.definition().name(), Function.identity()));
    Tuple asked =
        PgArrays.tuple(
            PgArrays.texts(declared, one -> one.definition().name()),
            PgArrays.bigs(declared, one -> one.definition().within()));
    return query(BreakerSql.LOOK, asked)
        .map(rows -> PgLoad.decoded(rows, row -> look(row, byName)));
  }

  @Override
  public Future<Map<String, Long>> waiting() {
    return query(BreakerSql.WAITING, Tuple.tuple())
        .map(
            rows -> {
              Map<String, Long> waiting = new LinkedHashMap<>();
              rows.forEach(row -> waiting.put(Rows.text(row, 0), Rows.big(row, 1)));
              return waiting;
            });
  }

  private static Standing look(Row row, Map<String, Declared> declared) {
    String name = Rows.text(row, 0);
    String[] kept = row.getArrayOfStrings(9);
    return new Standing(
        declared.get(name),
        row.getString(1) == null ? BreakerRow.closed(name) : breaker(row),
        kept == null ? List.of() : List.of(kept),
        Rows.big(row, 10),
        Rows.big(row, 11),
        Rows.number(row, 13),
        Rows.time(row, 12));
  }

  private static BreakerRow breaker(Row row) {
    return new BreakerRow(
        Rows.text(row, 0),
        State.ofStored(Rows.text(row, 1)),
        Rows.big(row, 2),
        Rows.time(row, 3),
        Rows.maybeTime(row, 4),
        Rows.number(row, 5),
        row.getUUID(6),
        Rows.text(row, 7),
        Rows.text(row, 8));
  }

  /** Notes how many tries went well. */
  Future<Void> tried(Map<String, Integer> good) {
    List<Map.Entry<String, Integer>> all = List.copyOf(good.entrySet());
    return query(
            BreakerSql.GOOD,
            PgArrays.tuple(
                PgArrays.texts(all, Map.Entry::getKey),
                PgArrays.bigs(all, one -> (long) one.getValue())))
        .mapEmpty();
  }

  @Override
  public Future<Integer> forget(int most) {
    return query(BreakerSql.FORGET, Tuple.of((long) most)).map(RowSet::rowCount);
  }

  @Override
  public Future<Optional<BreakerRow>> change(BreakerChange change, UUID hold, UUID alarm) {
    return PgTransaction.run(
        database,
        to ->
            probes(to, change)
                .compose(
                    probes ->
                        probes.length == 0 && change.probes() > 0
                            ? Future.succeededFuture(
                                PgTransaction.Result.<Optional<BreakerRow>>nothing(
                                    Optional.empty()))
                            : write(to, change, hold, alarm, probes)));
  }

  private static Future<UUID[]> probes(PgTransaction to, BreakerChange change) {
    return change.probes() == 0
        ? Future.succeededFuture(new UUID[0])
        : to.send(BreakerSql.PROBES, PgArrays.tuple(change.before().hold(), (long) change.probes()))
            .map(rows -> PgLoad.decoded(rows, row -> Rows.uuid(row, 0)).toArray(new UUID[0]));
  }

  private static Future<PgTransaction.Result<Optional<BreakerRow>>> write(
      PgTransaction to, BreakerChange change, UUID fresh, UUID alarm, UUID[] probes) {
    BreakerRow before = change.before();
    UUID hold = change.holdOf(fresh);
    Duration time = change.time();
    return to.send(
            BreakerSql.WRITE,
            PgArrays.tuple(
                before.name(),
                change.state().stored(),
                before.version(),
                time == null ? null : time.toSeconds(),
                change.times(),
                hold,
                change.actor(),
                change.reason()))
        .compose(
            rows -> {
              for (Row row : rows) {
                holds(to, change, hold, probes);
                return alarms(to, change, alarm)
                    .map(told -> PgTransaction.Result.commit(Optional.of(breaker(row))));
              }
              return Future.succeededFuture(PgTransaction.Result.nothing(Optional.empty()));
            });
  }

  private static void holds(
      PgTransaction to, BreakerChange change, @Nullable UUID hold, UUID[] probes) {
    UUID before = change.before().hold();
    Declared declared = change.declared();
    if (before != null && !before.equals(hold)) {
      to.send(BreakerSql.RELEASE, Tuple.of(before, change.actor()));
    }
    if (hold != null && declared != null) {
      to.send(
          BreakerSql.HOLD,
          PgArrays.tuple(
              hold,
              change.before().name(),
              change.holdReason(),
              change.actor(),
              declared.tasks().toArray(new String[0]),
              (int) declared.definition().openFor()));
    } else if (hold != null) {
      to.send(BreakerSql.PROBE, PgArrays.tuple(hold, probes, change.holdReason(), change.actor()));
      if (probes.length > 0) {
        to.send(BreakerSql.LET_GO, PgArrays.tuple(hold, probes));
      }
    }
  }

  private static Future<Boolean> alarms(PgTransaction to, BreakerChange change, UUID alarm) {
    if (change.alarm() != null) {
      return SystemWatch.open(to, alarm, change.alarmName(), change.alarm(), change.alarmMessage());
    }
    return change.state() == State.CLOSED
        ? SystemWatch.close(to, change.alarmName(), Duration.ZERO)
        : Future.succeededFuture(false);
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
