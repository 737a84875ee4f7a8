package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of everything that somebody changed, or was not allowed to. A request is written down
 * before it is carried out, so that nothing can be changed without a row here, and its status is
 * added when it is known; or in the very commit that changes something.
 */
public final class Audit {
  /** How many rows a page of several filters looks at. */
  static final int LOOKED_AT = 10_000;

  private final Database database;

  /** An audit of this database. */
  public Audit(Database database) {
    this.database = database;
  }

  /**
   * What somebody asked for.
   *
   * @param role null for nobody known
   * @param action the operation of the contract
   * @param target the path of the request
   * @param allowed whether it may be asked by this actor
   * @param status of the answer; null while there is none
   * @param remote the caller's address
   * @param details what of the request the contract has noted, as the text of a JSON object
   */
  public record Entry(
      String actor,
      @Nullable String role,
      String action,
      @Nullable UUID resource,
      @Nullable UUID subject,
      String target,
      boolean allowed,
      @Nullable Integer status,
      String reason,
      String remote,
      @Nullable String trace,
      String details) {
    /** Where nothing of the request is noted. */
    public static final String NO_DETAILS = "{}";

    /** The same, with the status of its answer. */
    public Entry answered(int answer) {
      return new Entry(
          actor, role, action, resource, subject, target, allowed, answer, reason, remote, trace,
          details);
    }

    /** The same, denied with this status. */
    public Entry denied(int answer) {
      return new Entry(
          actor, role, action, resource, subject, target, false, answer, reason, remote, trace,
          details);
    }

    /** As a statement takes it that writes more than this. */
    String json() {
      return new JsonObject()
          .put("actor", actor)
          .put("role", role)
          .put("action", action)
          .put("resource", resource == null ? null : resource.toString())
          .put("subject", subject == null ? null : subject.toString())
          .put("target", target)
          .put("allowed", allowed)
          .put("status", status)
          .put("reason", reason)
          .put("remote", remote)
          .put("trace", trace)
          .encode();
    }
  }

  /** Writes an entry; its number. */
  public Future<Long> write(Entry e) {
    Tuple values =
        Tuple.tuple()
            .addString(e.actor())
            .addString(e.role())
            .addString(e.action())
            .addUUID(e.resource())
            .addUUID(e.subject())
            .addString(e.target())
            .addBoolean(e.allowed())
            .addInteger(e.status())
            .addString(e.reason())
            .addString(e.remote())
            .addString(e.trace())
            .addString(e.details());
    return rows(AuditSql.WRITE, values).map(rows -> rows.iterator().next().getLong("seq"));
  }

  /**
   * Adds how a request ended.
   *
   * @param made the resource that it made, or null
   */
  public Future<Void> result(long entry, int status, @Nullable UUID made) {
    return rows(AuditSql.RESULT, Tuple.of(entry, status, made)).mapEmpty();
  }

  /**
   * Which rows, and from where on.
   *
   * @param actor null for any; so are all the others
   * @param subject a resource, or else a task, an alarm, a hold, a key or a delivery
   * @param allowed whether those that were allowed, or those that were denied
   * @param since the first moment
   * @param until the first moment that is too late
   * @param after the last row of the page before
   */
  public record Query(
      @Nullable String actor,
      @Nullable String action,
      @Nullable UUID subject,
      @Nullable Boolean allowed,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable After after) {
    /*
     * One filter is true of all that its index has. Of two one has an index, and the other may be true
     * of few; that something was allowed has none, being true of nearly all.
     */
    private int looksAt(int wanted) {
      long filters = Stream.of(actor, action, subject, allowed).filter(Objects::nonNull).count();
      return filters > 1 || Boolean.TRUE.equals(allowed) ? LOOKED_AT : wanted;
    }
  }

  /** The end of a page: when its last row was written, and its number. */
  public record After(Instant at, long seq) {}

  /** A row, its number and when it was written. */
  public record Written(long seq, Instant at, Entry entry) {}

  /**
   * A page of rows, the newest first. It may have few, or none, though there are more: so many are
   * looked at and no more.
   *
   * @param end where the next page goes on; null where there is none
   */
  public record Found(List<Written> rows, @Nullable After end) {}

  /** A page of at most so many rows. */
  public Future<Found> rows(Query q, int size) {
    After after = q.after();
    Tuple values =
        Tuple.tuple()
            .addString(q.actor())
            .addString(q.action())
            .addUUID(q.subject())
            .addBoolean(q.allowed())
            .addOffsetDateTime(PgArrays.time(q.since()))
            .addOffsetDateTime(PgArrays.time(q.until()))
            .addOffsetDateTime(after == null ? null : PgArrays.time(after.at()))
            .addLong(after == null ? null : after.seq())
            .addInteger(size + 1)
            .addInteger(q.looksAt(size + 1));
    return database
        .inTime(database.readers().preparedQuery(AuditSql.ROWS).execute(values))
        .map(rows -> found(rows, size));
  }

  private static Found found(RowSet<Row> rows, int size) {
    List<Written> found = new ArrayList<>();
    @Nullable Written last = null;
    for (Row row : rows) {
      Written written = written(row);
      if (row.getBoolean("meant") && found.size() == size) {
        last = found.get(size - 1);
      } else if (row.getBoolean("meant")) {
        found.add(written);
      }
      if (row.getBoolean("looked_through") && last == null) {
        last = written;
      }
    }
    return new Found(found, last == null ? null : new After(last.at(), last.seq()));
  }

  private static Written written(Row row) {
    return new Written(
        row.getLong("seq"),
        row.getOffsetDateTime("at").toInstant(),
        new Entry(
            row.getString("actor"),
            row.getString("role"),
            row.getString("action"),
            row.getUUID("resource_uuid"),
            row.getUUID("subject_uuid"),
            row.getString("target"),
            row.getBoolean("allowed"),
            row.getInteger("status"),
            row.getString("reason"),
            row.getString("remote"),
            row.getString("trace"),
            row.getString("details")));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
