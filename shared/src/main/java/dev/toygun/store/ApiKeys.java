package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table of API keys. What makes a key a key is never in it, only its SHA-256. */
public final class ApiKeys {
  static final String FIND =
      """
      SELECT k.uuid, k.name, k.prefix, k.role, k.created_by, k.created_at, k.expires_at, k.last_used_at,
             k.revoked_at, k.scopes::text AS scopes, k.hash
        FROM api_keys k
       WHERE k.prefix = ANY ($1)
      """;

  static final String INSERT =
      """
      INSERT INTO api_keys (uuid, name, prefix, hash, role, created_by, expires_at, scopes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)
      ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING
      RETURNING uuid, name, prefix, role, created_by, created_at, expires_at, last_used_at, revoked_at,
                scopes::text AS scopes
      """;

  static final String REVOKE =
      """
      UPDATE api_keys SET revoked_at = coalesce(revoked_at, now())
       WHERE uuid = $1
      RETURNING uuid, name, prefix, role, created_by, created_at, expires_at, last_used_at, revoked_at,
                scopes::text AS scopes
      """;

  /* Once a minute is enough for whoever asks whether a key is in use. */
  static final String USED =
      """
      UPDATE api_keys SET last_used_at = now()
       WHERE uuid = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
      """;

  static final String LIST =
      """
      SELECT k.uuid, k.name, k.prefix, k.role, k.created_by, k.created_at, k.expires_at, k.last_used_at,
             k.revoked_at, k.scopes::text AS scopes
        FROM api_keys k
       WHERE $1::uuid IS NULL OR k.uuid < $1
       ORDER BY k.uuid DESC
       LIMIT $2
      """;

  private final Database database;

  /** Keys of this database. */
  public ApiKeys(Database database) {
    this.database = database;
  }

  /**
   * A key, as it is shown.
   *
   * @param prefix the part of it that is no secret, and by which it is found
   * @param role {@code viewer}, {@code operator}, {@code admin}, {@code auditor} or {@code
   *     secret-reader}
   * @param scopes what it is limited to, as the text of a JSON object; an empty one for nothing
   */
  public record Key(
      UUID uuid,
      String name,
      String prefix,
      String role,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt,
      String scopes) {}

  /**
   * A key to be added.
   *
   * @param hash the SHA-256 of the whole key
   * @param expiresAt null for never
   * @param scopes what it is limited to, as the text of a JSON object; an empty one for nothing
   */
  public record NewKey(
      UUID uuid,
      String name,
      String prefix,
      Buffer hash,
      String role,
      String createdBy,
      @Nullable Instant expiresAt,
      String scopes) {}

  /** A key, and the SHA-256 that the whole of it has. */
  public record Stored(Key key, Buffer hash) {}

  /** The keys with these prefixes, revoked or not, by their prefix. */
  public Future<Map<String, Stored>> find(Set<String> prefixes) {
    return rows(FIND, PgArrays.tuple((Object) prefixes.toArray(String[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Stored(ViewsRows.key(row), row.getBuffer("hash")))
                    .collect(Collectors.toMap(stored -> stored.key().prefix(), key -> key)));
  }

  /**
   * Adds a key.
   *
   * @return fails with a {@link Refusal} of code {@code EXISTS} where a key with this name is in
   *     use
   */
  public Future<Key> insert(NewKey key) {
    Tuple values =
        Tuple.tuple()
            .addUUID(key.uuid())
            .addString(key.name())
            .addString(key.prefix())
            .addBuffer(key.hash())
            .addString(key.role())
            .addString(key.createdBy())
            .addOffsetDateTime(PgArrays.time(key.expiresAt()))
            .addString(key.scopes());
    return rows(INSERT, values)
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new Refusal(
                    Refusal.Code.EXISTS,
                    "an API key named '%s' is in use: revoke it first, or choose another name"
                        .formatted(key.name()));
              }
              return ViewsRows.key(rows.iterator().next());
            });
  }

  /** Revokes a key; one that is revoked already stays as it is. Null where there is none. */
  public Future<@Nullable Key> revoke(UUID uuid) {
    return rows(REVOKE, Tuple.of(uuid))
        .map(rows -> rows.size() == 0 ? null : ViewsRows.key(rows.iterator().next()));
  }

  /** Notes that a key was used, at most once a minute. */
  public Future<Void> used(UUID uuid) {
    return rows(USED, Tuple.of(uuid)).mapEmpty();
  }

  /** Keys, the newest first, from after this one on. */
  public Future<List<Key>> list(@Nullable UUID after, int limit) {
    return rows(LIST, Tuple.of(after, limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ViewsRows::key).toList());
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
