package dev.toygun.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored fields of what is active. Blocks, so it is for commands, never for a service. */
public final class LiveFields {
  /** The most rows that are read of one type, or of one task of it. */
  public static final int MOST = 100_000;

  private static final int MOST_S = 60;
  private static final int AT_ONCE = 1_000;

  private static final String OF_RESOURCES =
      """
      SELECT uuid, attrs
        FROM resources
       WHERE active AND type = ? AND schema_version = ?
       LIMIT 100000
      """;

  private static final String OF_TASKS =
      """
      SELECT uuid, attrs
        FROM tasks
       WHERE active AND type = ? AND schema_version = ? AND name = ?
       LIMIT 100000
      """;

  private LiveFields() {}

  /** Is given each row. */
  public interface Reader {
    void row(UUID uuid, String attrs);
  }

  /**
   * Reads those of a version of a type.
   *
   * @param task null for resources
   * @throws IOException where the database cannot be read, within a minute
   */
  public static void read(
      DatabaseUrl url, String type, int version, @Nullable String task, Reader reader)
      throws IOException {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        PreparedStatement statement =
            connection.prepareStatement(task == null ? OF_RESOURCES : OF_TASKS)) {
      connection.setAutoCommit(false); // else the driver keeps all of them in memory
      statement.setFetchSize(AT_ONCE);
      statement.setQueryTimeout(MOST_S);
      statement.setString(1, type);
      statement.setInt(2, version);
      if (task != null) {
        statement.setString(3, task);
      }
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        reader.row(rows.getObject("uuid", UUID.class), rows.getString("attrs"));
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
