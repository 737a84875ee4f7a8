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
import org.jspecify.annotations.Nullable;

/**
 * The table of who is signed in to the pages. What a browser keeps is never in it, only its
 * SHA-256; whose key it is says what may be done, so a key that is revoked ends its sessions too.
 * Whoever signed in elsewhere may do for an hour what the identity provider had said of them.
 */
public final class Sessions {
  /** How long a session lives at most. */
  public static final Duration LIVES = Duration.ofHours(12);

  /**
   * How long one of a person lives: what the identity provider says of them is as old as it, and
   * the provider lets who is signed in there come back without being asked.
   */
  public static final Duration PERSON_LIVES = Duration.ofHours(1);

  /** How long it lives without being used. */
  public static final Duration IDLES = Duration.ofHours(1);

  static final String BEGIN =
      """
      INSERT INTO sessions (hash, api_key, expires_at)
      VALUES ($1, $2, now() + $3::double precision * interval '1 second')
      """;

  static final String BEGIN_OF_PERSON =
      """
      INSERT INTO sessions (hash, person, person_name, person_role, expires_at)
      VALUES ($1, $2, $3, $4, now() + $5::double precision * interval '1 second')
      """;

  static final String FIND =
      """
      SELECT s.hash AS session, s.person, s.person_name, s.person_role,
             k.uuid, k.name, k.prefix, k.role, k.created_by, k.created_at, k.expires_at,
             k.last_used_at, k.revoked_at, k.scopes::text AS scopes
        FROM sessions s
        LEFT JOIN api_keys k ON k.uuid = s.api_key
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

  /**
   * Somebody whom the identity provider vouched for.
   *
   * @param role the stored name of what they may do
   */
  public record Signed(UUID uuid, String name, String role) {}

  /** Whose session it is: that of a key, or of a person. */
  public record Session(ApiKeys.@Nullable Key key, @Nullable Signed person) {}

  /** Begins a session of a person. */
  public Future<Void> begin(String hash, Signed person) {
    return rows(
            BEGIN_OF_PERSON,
            Tuple.of(
                hash,
                person.uuid(),
                person.name(),
                person.role(),
                (double) PERSON_LIVES.toSeconds()))
        .mapEmpty();
  }

  /** Begins a session of whoever has this key. */
  public Future<Void> begin(String hash, UUID key) {
    return rows(BEGIN, Tuple.of(hash, key, (double) LIVES.toSeconds())).mapEmpty();
  }

  /** Whose sessions these are, by their hash; those that have ended are not there. */
  public Future<Map<String, Session>> find(Set<String> hashes) {
    return rows(FIND, PgArrays.tuple(hashes.toArray(String[]::new), (double) IDLES.toSeconds()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toMap(
                            row -> Objects.requireNonNull(row.getString("session")),
                            Sessions::session)));
  }

  private static Session session(Row row) {
    UUID person = row.getUUID("person");
    return person == null
        ? new Session(ViewsRows.key(row), null)
        : new Session(
            null, new Signed(person, row.getString("person_name"), row.getString("person_role")));
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
