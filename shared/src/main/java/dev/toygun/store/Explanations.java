package dev.toygun.store;

import dev.toygun.store.Explained.Failure;
import dev.toygun.store.Explained.Holding;
import dev.toygun.store.Explained.Last;
import dev.toygun.store.Liveness.Reason;
import dev.toygun.store.Views.AlarmRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Says why machines wait, and what keeps what they wait for. */
public final class Explanations {
  private final Database database;

  /** Explains what is in this database. */
  public Explanations(Database database) {
    this.database = database;
  }

  /**
   * The resource and its active tasks, at most 1,000; empty where the resource is not active.
   *
   * @param types which children count; null for all
   */
  public Future<List<Explained>> of(UUID resource, @Nullable Collection<String> types) {
    return explained(List.of(resource), types, null);
  }

  /** The same of some machines, wherever they are; those that are not active are left out. */
  public Future<List<Explained>> of(
      Collection<SubjectKey> machines, @Nullable Collection<String> types) {
    return explained(
        machines.stream().map(SubjectKey::resource).distinct().toList(),
        types,
        machines.stream().map(SubjectKey::uuid).toList());
  }

  private Future<List<Explained>> explained(
      Collection<UUID> resources,
      @Nullable Collection<String> types,
      @Nullable Collection<UUID> which) {
    Tuple values =
        Tuple.tuple()
            .addArrayOfUUID(resources.toArray(new UUID[0]))
            .addArrayOfString(ViewsPg.names(types))
            .addArrayOfUUID(which == null ? null : which.toArray(new UUID[0]));
    return rows(ExplainSql.MACHINES, values)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(Explanations::explained)
                    .toList());
  }

  /**
   * From what is below a resource down to what keeps it from going on.
   *
   * @param isInTrouble whether what is at its end will not go on as it should: it has stopped, is
   *     held, is late, fails, or waits for its turn. Else it is just the next thing to happen
   * @param levels what hangs off the resource first; of each level the first leads to the next
   */
  public record Way(boolean isInTrouble, List<Level> levels) {}

  /**
   * What hangs off one resource.
   *
   * @param shown the five that tell most; at least one
   * @param others how many more there are, as far as was looked
   */
  public record Level(List<SubjectKey> shown, long others) {}

  /**
   * The way down from a resource; without a level where nothing hangs off it.
   *
   * @param types which children count; null for all
   * @param but a task that does not count; null for none
   */
  public Future<Way> way(UUID resource, @Nullable Collection<String> types, @Nullable UUID but) {
    Tuple values =
        Tuple.tuple().addUUID(resource).addArrayOfString(ViewsPg.names(types)).addUUID(but);
    return rows(ExplainSql.WAY, values).map(Explanations::way);
  }

  /**
   * Since when the availability of a resource is what it is; null where nothing ever observed it.
   */
  public Future<@Nullable Instant> observed(UUID resource) {
    return rows(ExplainSql.OBSERVED, Tuple.of(resource))
        .map(rows -> rows.size() == 0 ? null : Rows.time(rows.iterator().next(), 0));
  }

  /** These alarms, those of them that exist. */
  public Future<List<AlarmRow>> alarms(Collection<UUID> which) {
    return which.isEmpty()
        ? Future.succeededFuture(List.of())
        : alarms(ExplainSql.ALARMS, PgArrays.tuple((Object) which.toArray(new UUID[0])));
  }

  /** The alarms of a run that are not closed, the newest first; at most 20. */
  public Future<List<AlarmRow>> alarms(SubjectKey run) {
    return alarms(ExplainSql.ALARMS_OF_RUN, Tuple.of(run.resource(), run.uuid()));
  }

  private Future<List<AlarmRow>> alarms(String sql, Tuple values) {
    return rows(sql, values)
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(ViewsRows::alarm).toList());
  }

  private static Way way(RowSet<Row> rows) {
    List<Level> levels = new ArrayList<>();
    boolean isInTrouble = false;
    for (Row row : rows) {
      isInTrouble = Rows.flag(row, 4);
      int level = Rows.number(row, 0);
      if (levels.size() < level) {
        levels.add(new Level(new ArrayList<>(), 0));
      }
      List<SubjectKey> shown = levels.get(level - 1).shown();
      shown.add(new SubjectKey(Rows.uuid(row, 1), Rows.uuid(row, 2)));
      levels.set(level - 1, new Level(shown, Rows.big(row, 3) - shown.size()));
    }
    return new Way(isInTrouble, levels);
  }

  private static Explained explained(Row row) {
    return new Explained(
        new SubjectKey(Rows.uuid(row, 21), Rows.uuid(row, 0)),
        Rows.text(row, 22),
        Rows.text(row, 1),
        Rows.text(row, 2),
        new ListName(
            Rows.text(row, 3), Rows.text(row, 4), Rows.number(row, 5), ListName.DEFAULT_PRIORITY),
        Rows.maybeTime(row, 6),
        row.getInteger(7),
        Rows.maybeTime(row, 8),
        Rows.maybeTime(row, 32),
        Rows.flag(row, 9),
        holding(row),
        row.getUUID(11),
        Rows.big(row, 12),
        Rows.big(row, 13),
        row.getString(14),
        Rows.maybeTime(row, 15),
        Rows.time(row, 16),
        Reason.valueOf(Rows.text(row, 17).toUpperCase(Locale.ROOT)),
        !Rows.text(row, 23).equals("no"),
        Rows.number(row, 24),
        Admission.ofStored(row.getString(25)),
        new Last(Rows.maybeTime(row, 27), Rows.text(row, 26)),
        failure(row));
  }

  private static @Nullable Holding holding(Row row) {
    UUID uuid = row.getUUID(10);
    return uuid == null
        ? null
        : new Holding(uuid, Rows.flag(row, 18), Rows.text(row, 19), Rows.text(row, 20));
  }

  private static @Nullable Failure failure(Row row) {
    return row.getString(29) == null
        ? null
        : new Failure(
            Rows.uuid(row, 28), Rows.text(row, 29), Rows.text(row, 30), Rows.time(row, 31));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.readers().preparedQuery(sql).execute(values));
  }
}
