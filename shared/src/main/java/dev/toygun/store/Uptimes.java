package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.store.TypeDefinition.AlarmDefinition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads how the availability of resources went, and how often they were repaired. */
public final class Uptimes {
  /** The most changes that are read: of one that flaps, the time before is left out. */
  static final int MOST = 1_000;

  /** The alarm of the system that nobody takes a list begins so, and says which. */
  public static final String NO_WORKER = "no_worker:";

  private final Database database;

  /** Of what is in this database. */
  public Uptimes(Database database) {
    this.database = database;
  }

  /**
   * What is known of one resource.
   *
   * @param held whether it is on hold now, or the one task is that observes it
   * @param repairs of each of its alarms that have a repair, by name
   */
  public record Found(Uptime uptime, boolean held, List<Repairs> repairs) {}

  /**
   * How often something was repaired.
   *
   * @param within how often in the window
   * @param most how often it may be
   * @param total how often the task ran at all, whoever started it
   */
  public record Repairs(
      String alarm, String task, long within, int most, Duration window, long total) {
    /** Whether nothing more is tried until the window has moved on: then the alarm is critical. */
    public boolean usedUp() {
      return within >= most;
    }
  }

  /** How it went in the last so long, at most since it was made. */
  public Future<Found> of(ResourceRow resource, TypeDefinition type, Duration last) {
    Future<Instant> now =
        query(LoadSql.NOW, Tuple.tuple()).map(rows -> Rows.time(rows.iterator().next(), 0));
    return now.compose(at -> of(resource, type, last, at));
  }

  private Future<Found> of(ResourceRow resource, TypeDefinition type, Duration last, Instant now) {
    Instant made = resource.machine().createdAt();
    Instant ended = Objects.requireNonNullElse(resource.machine().endedAt(), now);
    Instant since = now.minus(last).isBefore(made) ? made : now.minus(last);
    Tuple which = Tuple.of(resource.uuid(), since.atOffset(ZoneOffset.UTC), MOST);
    Future<RowSet<Row>> changes = query(UptimeSql.CHANGES, which);
    Future<RowSet<Row>> holds = query(UptimeSql.HOLDS, which);
    Future<RowSet<Row>> restarts = query(UptimeSql.RESTARTS, which);
    String taken = NO_WORKER + resource.machine().list().taken();
    Future<RowSet<Row>> untaken =
        query(UptimeSql.UNTAKEN, Tuple.of(taken, since.atOffset(ZoneOffset.UTC), MOST));
    Future<List<Repairs>> repairs = repairs(resource, type);
    return Future.all(changes, holds, restarts, untaken, repairs)
        .map(
            all -> {
              List<Uptime.Change> went = changes(changes.result());
              boolean cut = went.size() >= MOST;
              Instant from = cut ? went.get(1).at() : since;
              List<Uptime.Span> held = spans(holds.result(), now);
              List<Uptime.Span> planned = new ArrayList<>(held);
              planned.addAll(spans(restarts.result(), now));
              List<Uptime.Span> unwatched = spans(untaken.result(), now);
              Uptime uptime = Uptime.of(went, unwatched, planned, new Uptime.Span(from, ended));
              boolean isHeld = held.stream().anyMatch(span -> !span.to().isBefore(now));
              return new Found(uptime, isHeld, repairs.result());
            });
  }

  private static List<Uptime.Change> changes(RowSet<Row> rows) {
    List<Uptime.Change> changes = new ArrayList<>();
    for (Row row : rows) {
      changes.add(new Uptime.Change(Rows.time(row, 0), Availability.ofStored(Rows.text(row, 1))));
    }
    Collections.reverse(changes);
    changes.sort(java.util.Comparator.comparing(Uptime.Change::at));
    return changes;
  }

  private static List<Uptime.Span> spans(RowSet<Row> rows, Instant now) {
    List<Uptime.Span> spans = new ArrayList<>();
    for (Row row : rows) {
      Instant until = Objects.requireNonNullElse(Rows.maybeTime(row, 1), now);
      spans.add(new Uptime.Span(Rows.time(row, 0), until.isBefore(now) ? until : now));
    }
    return spans;
  }

  private Future<List<Repairs>> repairs(ResourceRow resource, TypeDefinition type) {
    Map<String, AlarmDefinition> repaired = new HashMap<>();
    type.alarms().stream()
        .filter(alarm -> alarm.repair() != null)
        .forEach(alarm -> repaired.put(alarm.name(), alarm));
    if (repaired.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<AlarmDefinition> alarms = List.copyOf(repaired.values());
    Tuple arguments =
        PgArrays.tuple(
            resource.uuid(),
            PgArrays.texts(alarms, AlarmDefinition::name),
            PgArrays.texts(alarms, AlarmDefinition::repair),
            PgArrays.bigs(alarms, AlarmDefinition::repairWindow));
    return query(UptimeSql.REPAIRS, arguments)
        .map(
            rows ->
                PgLoad.decoded(
                    rows,
                    row -> {
                      AlarmDefinition alarm =
                          Objects.requireNonNull(repaired.get(Rows.text(row, 0)));
                      return new Repairs(
                          alarm.name(),
                          Objects.requireNonNull(alarm.repair()),
                          Rows.big(row, 1),
                          alarm.repairMost(),
                          Duration.ofSeconds(alarm.repairWindow()),
                          Rows.big(row, 2));
                    }));
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.readers().preparedQuery(sql).execute(arguments));
  }
}
