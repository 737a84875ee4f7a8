package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import org.jspecify.annotations.Nullable;

/** Which tables this build works on. A service only checks it; {@link Migrations} make them. */
final class Schema {
  /** The last migration that this build knows. */
  static final int VERSION = 27;

  private static final String UNDEFINED_TABLE = "42P01";

  static final String READ =
      """
      SELECT max(version::int) FILTER (WHERE success) AS version, bool_and(success) AS whole
        FROM toygun_migrations
       WHERE version IS NOT NULL
      """;

  private Schema() {}

  static Future<Void> check(SqlClient client) {
    return client
        .query(READ)
        .execute()
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
