package dev.toygun.store;

import dev.toygun.store.Liveness.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Says why the machines of a resource wait. */
public final class Explanations {
  private final Database database;

  /** Explains what is in this database. */
  public Explanations(Database database) {
    this.database = database;
  }

  /**
   * Why a machine waits, and what belongs to it.
   *
   * @param task its name; empty for the resource itself
   * @param everyS how often it is looked at, in seconds
   * @param waits whether a signal would wake it
   * @param hold what holds it: what abandons it, or else the oldest of its holds
   * @param alarm the newest alarm of it that is not closed
   * @param tasks how many of its resource's are active; counted up to 1,000
   * @param children how many of those that count are active; up to 1,000
   * @param stopped the task that a person stopped last and that has not run since
   * @param published when a worker last published its type in its version
   */
  public record Explained(
      UUID uuid,
      String task,
      String state,
      ListName list,
      @Nullable Instant dueAt,
      @Nullable Integer everyS,
      @Nullable Instant deadlineAt,
      boolean waits,
      @Nullable Holding hold,
      @Nullable UUID alarm,
      long tasks,
      long children,
      @Nullable String stopped,
      @Nullable Instant published,
      Instant now,
      Reason reason) {}

  /**
   * What holds a machine.
   *
   * @param abandons whether it is not to go on any more, but to end without its code
   * @param actor who wanted that, and why is the {@code reason}
   */
  public record Holding(UUID uuid, boolean abandons, String actor, String reason) {}

  /**
   * The resource and its active tasks, at most 1,000; empty where the resource is not active.
   *
   * @param types which children count; null for all
   */
  public Future<List<Explained>> of(UUID resource, @Nullable Collection<String> types) {
    String[] counted = types == null ? null : types.toArray(new String[0]);
    Tuple values = Tuple.tuple().addUUID(resource).addArrayOfString(counted);
    return database
        .inTime(database.readers().preparedQuery(ExplainSql.MACHINES).execute(values))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(Explanations::explained)
                    .toList());
  }

  private static Explained explained(Row row) {
    return new Explained(
        Rows.uuid(row, 0),
        Rows.text(row, 1),
        Rows.text(row, 2),
        new ListName(
            Rows.text(row, 3), Rows.text(row, 4), Rows.number(row, 5), ListName.DEFAULT_PRIORITY),
        Rows.maybeTime(row, 6),
        row.getInteger(7),
        Rows.maybeTime(row, 8),
        Rows.flag(row, 9),
        holding(row),
        row.getUUID(11),
        Rows.big(row, 12),
        Rows.big(row, 13),
        row.getString(14),
        Rows.maybeTime(row, 15),
        Rows.time(row, 16),
        Reason.valueOf(Rows.text(row, 17).toUpperCase(Locale.ROOT)));
  }

  private static @Nullable Holding holding(Row row) {
    UUID uuid = row.getUUID(10);
    return uuid == null
        ? null
        : new Holding(uuid, Rows.flag(row, 18), Rows.text(row, 19), Rows.text(row, 20));
  }
}
