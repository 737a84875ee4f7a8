package dev.toygun.store;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of everything active ask of whoever ticks them. Blocks, and reads all of them, so
 * it is for commands, never for a service.
 */
public final class LiveRows {
  private static final int MOST_S = 60;

  /* What has panicked goes back to where it was. */
  private static final String READ =
      """
      SELECT type, schema_version, NULL AS task, coalesce(resume, state) AS stands, count(*) AS n,
             (array_agg(uuid ORDER BY uuid))[1:3] AS some
        FROM resources
       WHERE active AND type <> '__system__'
       GROUP BY 1, 2, 4
      UNION ALL
      SELECT type, schema_version, name, coalesce(resume, state), count(*),
             (array_agg(uuid ORDER BY uuid))[1:3]
        FROM tasks
       WHERE active AND type <> '__system__'
       GROUP BY 1, 2, 3, 4
       ORDER BY 1, 2, 3 NULLS FIRST, 4
      """;

  private static final String PUBLISHED =
      "SELECT name, version, shape FROM resource_types ORDER BY name, version";

  private LiveRows() {}

  /**
   * A version of a type as workers have published it.
   *
   * @param shape what another build of it has to agree on: {@link TypeShape}
   */
  public record Published(String type, int version, String shape) {}

  /**
   * Reads what is published.
   *
   * @throws IOException where the database cannot be read, within a minute
   */
  public static List<Published> published(DatabaseUrl url) throws IOException {
    List<Published> types = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(MOST_S);
      ResultSet rows = statement.executeQuery(PUBLISHED);
      while (rows.next()) {
        types.add(
            new Published(rows.getString("name"), rows.getInt("version"), rows.getString("shape")));
      }
      return types;
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Rows that ask for the same.
   *
   * @param task null for resources
   * @param state in which they are or, where they stand still, to which they go back
   * @param some of them: at most three
   */
  public record Kind(
      String type, int version, @Nullable String task, String state, long count, List<UUID> some) {}

  /**
   * Reads them.
   *
   * @throws IOException where the database cannot be read, within a minute
   */
  public static List<Kind> read(DatabaseUrl url) throws IOException {
    try {
      return kinds(url);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<Kind> kinds(DatabaseUrl url) throws SQLException {
    List<Kind> kinds = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(MOST_S);
      ResultSet rows = statement.executeQuery(READ);
      while (rows.next()) {
        kinds.add(
            new Kind(
                rows.getString("type"),
                rows.getInt("schema_version"),
                rows.getString("task"),
                rows.getString("stands"),
                rows.getLong("n"),
                uuids(rows.getArray("some"))));
      }
    }
    return kinds;
  }

  private static List<UUID> uuids(Array array) throws SQLException {
    return List.of((UUID[]) array.getArray());
  }
}
