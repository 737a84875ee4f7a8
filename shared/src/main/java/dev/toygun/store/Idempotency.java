package dev.toygun.store;

import dev.toygun.time.Uuid7;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /*
   * A claim or an answer whose time is over is claimed anew. One that the same request never had an
   * answer to goes on from where it was begun: what it makes has the same uuid each time.
   */
  static final String CLAIM =
      """
      INSERT INTO idempotency_keys AS k (actor, key, request_hash, expires_at)
      VALUES ($1, $2, $3, now() + $4::double precision * interval '1 second')
      ON CONFLICT (actor, key) DO UPDATE
         SET request_hash = excluded.request_hash, status = NULL, headers = NULL, body = NULL,
             created_at = CASE WHEN k.request_hash = excluded.request_hash AND k.status IS NULL
                               THEN k.created_at
                               ELSE now() END,
             expires_at = excluded.expires_at
       WHERE k.expires_at < now()
      RETURNING k.created_at, k.created_at < now(), k.expires_at
      """;

  static final String FIND =
      """
      SELECT request_hash, status, headers, body
        FROM idempotency_keys
       WHERE actor = $1 AND key = $2
      """;

  /* Of this very claim: one that comes late meets the next one under the same key. */
  static final String ANSWER =
      """
      UPDATE idempotency_keys
         SET status = $4, headers = $5, body = $6, expires_at = now() + $7::double precision * interval '1 second'
       WHERE actor = $1 AND key = $2 AND expires_at = $3 AND status IS NULL
      """;

  static final String RELEASE =
      """
      DELETE FROM idempotency_keys
       WHERE actor = $1 AND key = $2 AND expires_at = $3 AND status IS NULL
      """;

  /* What was claimed anew while this waited is judged as it is then, by what is said outside only. */
  static final String PURGE =
      """
      DELETE FROM idempotency_keys
       WHERE expires_at < now()
         AND (actor, key) IN (SELECT actor, key FROM idempotency_keys
                               WHERE expires_at < now() AND (status IS NOT NULL OR created_at < now() - interval '1 day')
                               LIMIT $1)
      """;

  /** $1 what a request was to make, $2 what its path names, or null. */
  static final String MADE =
      """
      SELECT 'resource ' || uuid AS what FROM resources WHERE uuid = $1
       UNION ALL
      SELECT 'run ' || uuid FROM tasks WHERE uuid = $1
       UNION ALL
      SELECT 'hold ' || uuid FROM holds WHERE uuid = $1
       UNION ALL
      SELECT 'bulk run ' || uuid FROM bulks WHERE uuid = $1
       UNION ALL
      SELECT 'signal ' || uuid FROM signals WHERE subject_uuid = $2 AND uuid = $1
      """;

  private static final int AT_A_TIME = 10_000;

  private final Database database;

  /** Keys of this database. */
  public Idempotency(Database database) {
    this.database = database;
  }

  /** What a claim found. */
  public sealed interface Claim {
    /**
     * The request is to be carried out, and then answered or released.
     *
     * @param makes the uuid of what it makes: the same if its process dies, and it is sent again
     * @param until when it is over: no other claim under this key has the same
     * @param again whether it was claimed before, and what became of it is not known
     */
    record Ours(String actor, String key, Instant until, UUID makes, boolean again)
        implements Claim {
      private Tuple with(@Nullable Object... more) {
        Tuple values = Tuple.of(actor, key, PgArrays.time(until));
        for (Object one : more) {
          values.addValue(one);
        }
        return values;
      }
    }

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
                    ? Future.succeededFuture(ours(actor, key, hash, claimed.iterator().next()))
                    : rows(FIND, Tuple.of(actor, key)).map(found -> found(found, request)));
  }

  private static Claim ours(String actor, String key, byte[] hash, Row claimed) {
    Instant since = Rows.time(claimed, 0);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((actor + " " + since + " " + key + " ").getBytes(StandardCharsets.UTF_8));
      return new Claim.Ours(
          actor,
          key,
          Rows.time(claimed, 2),
          Uuid7.of(since.toEpochMilli(), digest.digest(hash)),
          Rows.flag(claimed, 1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Whether a request that was claimed before has made what it was to make: a resource, a run, a
   * hold or a signal.
   *
   * @param subject what its path names, or null
   * @return what it made, as {@code run 0192…}
   */
  public Future<Optional<String>> made(UUID makes, @Nullable UUID subject) {
    return rows(MADE, Tuple.of(makes, subject))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(Rows.text(row, 0));
              }
              return Optional.empty();
            });
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
      Claim.Ours claim, int status, Map<String, String> headers, String body) {
    JsonObject kept = new JsonObject();
    headers.forEach(kept::put);
    Tuple values = claim.with(status, kept, body, (double) KEPT.toSeconds());
    return rows(ANSWER, values).mapEmpty();
  }

  /** Gives up a claim: nothing was carried out, so the request may be sent again. */
  public Future<Void> release(Claim.Ours claim) {
    return rows(RELEASE, claim.with()).mapEmpty();
  }

  /** Takes out what is too old, page by page. */
  public Future<Void> purge() {
    return rows(PURGE, Tuple.of(AT_A_TIME))
        .compose(gone -> gone.rowCount() < AT_A_TIME ? Future.succeededFuture() : purge());
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
