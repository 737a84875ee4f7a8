package dev.toygun.store;

import dev.toygun.End;
import dev.toygun.TaskStatus;
import dev.toygun.time.Uuid7;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of tasks of all resources, the newest first, a page at a time. */
public final class Runs {
  /** How many rows a page looks at. */
  static final int LOOKED_AT = 10_000;

  private static final byte[] NO_CHANCE = new byte[10];

  private final Database database;
  private final Subtrees subtrees;
  private final int lookedAt;

  /** Runs in this database. */
  public Runs(Database database) {
    this(database, new Subtrees(database), LOOKED_AT);
  }

  Runs(Database database, Subtrees subtrees, int lookedAt) {
    this.database = database;
    this.subtrees = subtrees;
    this.lookedAt = lookedAt;
  }

  /**
   * Which runs, and from where on.
   *
   * @param type of their resources; null for any, and so are all the others
   * @param status but for {@link TaskStatus#ABSENT}, which no run is
   * @param since those asked for from this moment on, as their uuids have it
   * @param until those asked for before this moment
   * @param under of this resource, and of what is below it
   * @param after the end of the page before
   */
  public record Query(
      @Nullable String type,
      @Nullable String task,
      @Nullable TaskStatus status,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable UUID under,
      @Nullable UUID after) {

    private @Nullable UUID first() {
      return since == null ? null : uuid(since);
    }

    /* A page that came before went no further than this either. */
    private @Nullable UUID before() {
      return after != null || until == null ? after : uuid(until);
    }

    private @Nullable Boolean active() {
      return status == null ? null : isActive(status);
    }

    private @Nullable Boolean panicked() {
      if (status == null || !isActive(status)) {
        return null;
      }
      return status == TaskStatus.PANICKED;
    }

    private @Nullable String outcome() {
      return status == null || isActive(status) ? null : End.valueOf(status.name()).stored();
    }

    private static boolean isActive(TaskStatus status) {
      return switch (status) {
        case RUNNING, PANICKED -> true;
        case FINISHED, STOPPED, TIMED_OUT, ABORTED -> false;
        case ABSENT -> throw new IllegalArgumentException("no run is absent");
      };
    }

    private static UUID uuid(Instant moment) {
      return Uuid7.of(Math.max(0, moment.toEpochMilli()), NO_CHANCE);
    }
  }

  /**
   * A run.
   *
   * @param label of its resource
   */
  public record Run(
      SubjectKey key,
      String type,
      String label,
      String task,
      long run,
      String state,
      TaskStatus status,
      long step,
      String startedBy,
      Cause cause,
      @Nullable Instant dueAt,
      @Nullable UUID error,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant endedAt) {}

  /**
   * A page of runs. It may have few, or none, though there are more: so many are looked at and no
   * more.
   *
   * @param end where the next page goes on; null where there is none
   */
  public record Found(List<Run> runs, @Nullable UUID end) {}

  /** A page of at most so many runs. */
  public Future<Found> page(Query query, int size) {
    UUID under = query.under();
    return (under == null ? Future.succeededFuture(false) : subtrees.hasFew(under))
        .compose(
            few -> {
              Tuple values = values(query, size);
              return few
                  ? rows(RunsSql.FEW, values.addUUID(under))
                  : rows(RunsSql.ROWS, values.addLong((long) lookedAt).addUUID(under));
            })
        .map(rows -> found(rows, size));
  }

  private static Tuple values(Query query, int size) {
    return Tuple.tuple()
        .addString(query.type())
        .addString(query.task())
        .addBoolean(query.active())
        .addBoolean(query.panicked())
        .addString(query.outcome())
        .addUUID(query.first())
        .addUUID(query.before())
        .addInteger(size + 1);
  }

  private static Found found(RowSet<Row> rows, int size) {
    List<Run> found = new ArrayList<>();
    @Nullable UUID end = null;
    for (Row row : rows) {
      boolean meant = row.getBoolean("meant");
      if (meant && found.size() < size) {
        found.add(run(row));
      } else if (meant) {
        end = found.get(size - 1).key().uuid();
      }
      if (row.getBoolean("looked_through") && end == null) {
        end = row.getUUID("uuid");
      }
    }
    return new Found(found, end);
  }

  private static Run run(Row row) {
    String state = row.getString("state");
    String outcome = row.getString("outcome");
    return new Run(
        new SubjectKey(row.getUUID("resource_uuid"), row.getUUID("uuid")),
        row.getString("type"),
        row.getString("label"),
        row.getString("name"),
        row.getLong("run"),
        state,
        TaskRow.status(
            row.getBoolean("active"), state, outcome == null ? null : End.ofStored(outcome)),
        row.getLong("step"),
        row.getString("started_by"),
        Cause.ofStored(row.getString("cause")),
        time(row, "due_at"),
        row.getUUID("error"),
        Objects.requireNonNull(time(row, "created_at")),
        Objects.requireNonNull(time(row, "updated_at")),
        time(row, "ended_at"));
  }

  private static @Nullable Instant time(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.readers().preparedQuery(sql).execute(values));
  }
}
