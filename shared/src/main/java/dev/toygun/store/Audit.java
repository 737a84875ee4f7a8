package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table of everything that somebody changed, or was not allowed to. A request is written down
 * before it is carried out, so that nothing can be changed without a row here, and its status is
 * added when it is known; or in the very commit that changes something.
 */
public final class Audit {
  /*
   * An entry whose status is not known is not waited for on the disk: the commit of what it is
   * about, and that of its status, come after it in the log, so neither is there without it.
   */
  static final String WRITE =
      """
      INSERT INTO audit (actor, role, action, resource_uuid, subject_uuid, target, allowed, status, reason, remote, trace)
      SELECT $1::text, $2::text, $3::text, $4::uuid, $5::uuid, $6::text, $7::boolean, $8::integer, $9::text, $10::text, $11::text
        FROM set_config('synchronous_commit',
                        CASE WHEN $8::integer IS NULL THEN 'off' ELSE current_setting('synchronous_commit') END,
                        true)
      RETURNING seq
      """;

  static final String RESULT =
      """
      UPDATE audit SET status = $2, resource_uuid = coalesce(resource_uuid, $3)
       WHERE seq = $1
      """;

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
      @Nullable String trace) {

    /** The same, with the status of its answer. */
    public Entry answered(int answer) {
      return new Entry(
          actor, role, action, resource, subject, target, allowed, answer, reason, remote, trace);
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
            .addString(e.trace());
    return rows(WRITE, values).map(rows -> rows.iterator().next().getLong("seq"));
  }

  /**
   * Adds how a request ended.
   *
   * @param made the resource that it made, or null
   */
  public Future<Void> result(long entry, int status, @Nullable UUID made) {
    return rows(RESULT, Tuple.of(entry, status, made)).mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
