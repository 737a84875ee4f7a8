package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The table of who is signed in to the pages. What a browser keeps is never in it, only its
 * SHA-256; whose key it is says what may be done, so a key that is revoked ends its sessions too.
 */
public final class Sessions {
  /** How long a session lives at most. */
  public static final Duration LIVES = Duration.ofHours(12);

  /** How long it lives without being used. */
  public static final Duration IDLES = Duration.ofHours(1);

  static final String BEGIN =
      """
      INSERT INTO sessions (hash, api_key, expires_at)
      VALUES ($1, $2, now() + $3::double precision * interval '1 second')
      """;

  static final String FIND =
      """
      SELECT s.hash AS session, k.uuid, k.name, k.prefix, k.role, k.created_by, k.created_at, k.expires_at,
             k.last_used_at, k.revoked_at, k.scopes::text AS scopes
        FROM sessions s
        JOIN api_keys k ON k.uuid = s.api_key
       WHERE s.hash = ANY ($1) AND s.expires_at > now()
         AND s.used_at > now() - $2::double precision * interval '1 second'
      """;

  /* Once a minute is enough for whoever asks whether it is used. */
  static final String USED =
      """
      UPDATE sessions SET used_at = now()
       WHERE hash = $1 AND used_at < now() - interval '1 minute'
      """;

  static final String END =
      """
      DELETE FROM sessions WHERE hash = $1
      """;

  static final String PURGE =
      """
      DELETE FROM sessions WHERE expires_at < now()
      """;

  private final Database database;

  /** Sessions of this database. */
  public Sessions(Database database) {
    this.database = database;
  }

  /** Begins a session of whoever has this key. */
  public Future<Void> begin(String hash, UUID key) {
    return rows(BEGIN, Tuple.of(hash, key, (double) LIVES.toSeconds())).mapEmpty();
  }

  /** Whose sessions these are, by their hash; those that have ended are not there. */
  public Future<Map<String, ApiKeys.Key>> find(Set<String> hashes) {
    return rows(FIND, PgArrays.tuple(hashes.toArray(String[]::new), (double) IDLES.toSeconds()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toMap(
                            row -> Objects.requireNonNull(row.getString("session")),
                            ViewsRows::key)));
  }

  /** Notes that a session was used, at most once a minute. */
  public Future<Void> used(String hash) {
    return rows(USED, Tuple.of(hash)).mapEmpty();
  }

  /** Ends a session, everywhere. */
  public Future<Void> end(String hash) {
    return rows(END, Tuple.of(hash)).mapEmpty();
  }

  /** Deletes the rows of those whose time is over. */
  public Future<Void> purge() {
    return rows(PURGE, Tuple.tuple()).mapEmpty();
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return database.inTime(database.engine().preparedQuery(sql).execute(values));
  }
}
