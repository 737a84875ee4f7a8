package dev.toygun.bench;

import dev.toygun.store.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection, for looking at rows and counters. Blocks; for one thread at a time. */
public final class Sql implements AutoCloseable {
  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /** Connects, with every statement a transaction of its own. */
  public static Sql connect(DatabaseUrl url) throws SQLException {
    return new Sql(open(url));
  }

  /** A connection of the driver's. */
  public static Connection open(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  /** The connection itself. */
  public Connection connection() {
    return connection;
  }

  /** Runs one statement or several; how many rows the last one wrote. */
  public int run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  /** The first column of the first row. */
  public long number(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
