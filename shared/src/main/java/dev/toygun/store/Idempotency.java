package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of requests that are carried out once, however often they are sent. A key is claimed
 * before the request is carried out, and answered after it.
 */
public final class Idempotency {
  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofDays(1);

  /**
   * How long a claim holds that was never answered: its process died. Longer than any request may
   * take.
   */
  public static final Duration CLAIMED = Duration.ofMinutes(2);

  /* A claim or an answer whose time is over is claimed anew. */
  static final String CLAIM =
      """
      INSERT INTO idempotency_keys AS k (actor, key, request_hash, expires_at)
      VALUES ($1, $2, $3, now() + $4::double precision * interval '1 second')
      ON CONFLICT (actor, key) DO UPDATE
         SET request_hash = excluded.request_hash, status = NULL, headers = NULL, body = NULL,
             created_at = now(), expires_at = excluded.expires_at
       WHERE k.expires_at < now()
      RETURNING k.key
      """;

  static final String FIND =
      """
      SELECT request_hash, status, headers, body
        FROM idempotency_keys
       WHERE actor = $1 AND key = $2
      """;

  static final String ANSWER =
      """
      UPDATE idempotency_keys
         SET status = $4, headers = $5, body = $6, expires_at = now() + $7::double precision * interval '1 second'
       WHERE actor = $1 AND key = $2 AND request_hash = $3 AND status IS NULL
      """;

  static final String RELEASE =
      """
      DELETE FROM idempotency_keys
       WHERE actor = $1 AND key = $2 AND request_hash = $3 AND status IS NULL
      """;

  static final String PURGE =
      """
      DELETE FROM idempotency_keys
       WHERE (actor, key) IN (SELECT actor, key FROM idempotency_keys WHERE expires_at < now() LIMIT 10000)
      """;

  private final Database database;

  /** Keys of this database. */
  public Idempotency(Database database) {
    this.database = database;
  }

  /** What a claim found. */
  public sealed interface Claim {
    /** The request is to be carried out, and then answered or released. */
    record Ours() implements Claim {}

    /** The same request is under way. */
    record UnderWay() implements Claim {}

    /** The key was used for another request. */
    record Other() implements Claim {}

    /** The same request was answered so. */
    record Answered(int status, Map<String, String> headers, String body) implements Claim {}
  }

  /**
   * Claims a key.
   *
   * @param actor whose key it is
   * @param hash of the request
   */
  public Future<Claim> claim(String actor, String key, byte[] hash) {
    Buffer request = Buffer.buffer(hash);
    return rows(CLAIM, Tuple.of(actor, key, request, (double) CLAIMED.toSeconds()))
        .compose(
            claimed ->
                claimed.size() == 1
                    ? Future.succeededFuture(new Claim.Ours())
                    : rows(FIND, Tuple.of(actor, key)).map(found -> found(found, request)));
  }

  private static Claim found(RowSet<Row> rows, Buffer request) {
    if (rows.size() == 0) {
      return new Claim.UnderWay(); // released just now: the caller tries again
    }
    Row row = rows.iterator().next();
    if (!request.equals(row.getBuffer("request_hash"))) {
      return new Claim.Other();
    }
    Integer status = row.getInteger("status");
    if (status == null) {
      return new Claim.UnderWay();
    }
    Map<String, String> headers = new TreeMap<>();
    row.getJsonObject("headers")
        .forEach(e -> headers.put(e.getKey(), String.valueOf(e.getValue())));
    return new Claim.Answered(status, headers, row.getString("body"));
  }

  /** Keeps the answer of a request whose key was claimed. */
  public Future<Void> answer(
      String actor, String key, byte[] hash, int status, Map<String, String> headers, String body) {
    JsonObject kept = new JsonObject();
    headers.forEach(kept::put);
    Tuple values =
        Tuple.tuple()
            .addString(actor)
            .addString(key)
            .addBuffer(Buffer.buffer(hash))
            .addInteger(status)
            .addJsonObject(kept)
            .addString(body)
            .addDouble((double) KEPT.toSeconds());
    return rows(ANSWER, values).mapEmpty();
  }

  /** Gives up a claim: nothing was carried out, so the request may be sent again. */
  public Future<Void> release(String actor, String key, byte[] hash) {
    return rows(RELEASE, Tuple.of(actor, key, Buffer.buffer(hash))).mapEmpty();
  }

  /** Takes out what is too old, at most 10,000 rows. */
  public Future<Void> purge() {
    return rows(PURGE, Tuple.tuple()).mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
