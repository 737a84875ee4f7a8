package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tables this build works on. A service only checks it; {@link Migrations} make them. */
final class Schema {
  /** The last migration that this build knows. */
  static final int VERSION = 36;

  private static final String UNDEFINED_TABLE = "42P01";

  /** Every table that services read and write. */
  static final List<String> TABLES =
      List.of(
          "alarms",
          "api_keys",
          "audit",
          "breaker_tries",
          "breakers",
          "bulk_items",
          "bulks",
          "changes",
          "counts",
          "deliveries",
          "demotions",
          "error_reports",
          "errors",
          "field_index",
          "heavy",
          "held_brakes",
          "holds",
          "hops",
          "idempotency_keys",
          "indexed_fields",
          "log",
          "observations",
          "passes",
          "repairs",
          "resource_dues",
          "resource_types",
          "resources",
          "schedules",
          "sessions",
          "signals",
          "sinks",
          "tasks",
          "thinned",
          "transitions",
          "triggers",
          "type_builds",
          "untold_errors",
          "usage");

  static final String READ =
      """
      SELECT max(version::int) FILTER (WHERE success) AS version, bool_and(success) AS whole
        FROM toygun_migrations
       WHERE version IS NOT NULL
      """;

  /*
   * The names and values are this build's own. A simple statement, since a pooler may be between
   * that loses prepared ones.
   */
  /** What of a session, and of its role, is not as it has to be. */
  static final String SESSION =
      """
      SELECT current_user::text AS role, pg_is_in_recovery() AS standby,
             current_setting('transaction_read_only') = 'on' AS reads_only,
             (SELECT string_agg(s.name, ', ' ORDER BY s.name)
                FROM (VALUES %s) s (name, value)
               WHERE current_setting(s.name, true) IS DISTINCT FROM s.value) AS dropped,
             coalesce(
               CASE WHEN NOT has_table_privilege(to_regclass('toygun_migrations'), 'SELECT')
                    THEN 'SELECT on toygun_migrations' END,
               (SELECT string_agg(p.name, ', ' ORDER BY p.rank) || ' on ' || t.name
                  FROM unnest('{%s}'::text[]) t (name)
                 CROSS JOIN (VALUES (1, 'SELECT'), (2, 'INSERT'), (3, 'UPDATE'), (4, 'DELETE'))
                       p (rank, name)
                 WHERE NOT has_table_privilege(to_regclass(t.name), p.name)
                 GROUP BY t.name ORDER BY t.name LIMIT 1),
               CASE WHEN NOT has_sequence_privilege(to_regclass('transitions_seq'), 'USAGE')
                    THEN 'USAGE on transitions_seq' END) AS lacks
      """
          .formatted(
              Pools.asked().entrySet().stream()
                  .map(asked -> "('%s', '%s')".formatted(asked.getKey(), asked.getValue()))
                  .collect(Collectors.joining(", ")),
              String.join(",", TABLES));

  private Schema() {}

  /**
   * Whether all can be done on this connection that a service does.
   *
   * @return fails with a {@link WrongDatabase} where it cannot
   */
  static Future<Void> check(SqlClient client) {
    return client
        .query(SESSION)
        .execute()
        .compose(rows -> fit(rows.iterator().next()))
        .compose(fit -> client.query(READ).execute())
        .compose(
            rows -> Future.succeededFuture(found(rows)),
            error ->
                error instanceof PgException pg && UNDEFINED_TABLE.equals(pg.getSqlState())
                    ? Future.succeededFuture(
                        "the database has no tables of Toygun yet: run `toygun migrate`")
                    : Future.failedFuture(error))
        .compose(
            problem ->
                problem == null
                    ? Future.<Void>succeededFuture()
                    : Future.failedFuture(new WrongSchema(problem)));
  }

  private static Future<Void> fit(Row row) {
    if (row.getBoolean("standby") || row.getBoolean("reads_only")) {
      return Future.failedFuture(
          new WrongDatabase.ReadsOnly(
              row.getBoolean("standby") ? "it is a standby" : "it is set to read only"));
    }
    String dropped = row.getString("dropped");
    if (dropped != null) {
      return Future.failedFuture(
          new WrongDatabase(
              "a pooler drops the settings of sessions (%s): connect directly".formatted(dropped)));
    }
    String lacks = row.getString("lacks");
    return lacks == null
        ? Future.succeededFuture()
        : Future.failedFuture(
            new WrongDatabase(
                "the role '%s' lacks %s: grant it to what services connect as"
                    .formatted(row.getString("role"), lacks)));
  }

  private static @Nullable String found(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    Integer version = row.getInteger(0);
    if (version == null || !Boolean.TRUE.equals(row.getBoolean(1))) {
      return "a migration of the database was broken off: run `toygun migrate` again";
    }
    if (version < VERSION) {
      return "the database is at version %d, this build needs %d: run `toygun migrate`"
          .formatted(version, VERSION);
    }
    if (version > VERSION) {
      return newer(version);
    }
    return null;
  }

  /** What is said of tables that a newer build has made. */
  static String newer(int version) {
    return "the database is at version %d, this build knows up to %d: run a newer build"
        .formatted(version, VERSION);
  }
}
