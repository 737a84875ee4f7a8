package dev.toygun.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Somebody else at the same database, in a transaction that is taken back at the end unless it is
 * committed: to hold locks, and to write while something waits for them.
 */
final class OtherClient implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;

  OtherClient(PostgresFixture postgres) throws SQLException {
    DatabaseUrl url = postgres.url();
    connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    connection.setAutoCommit(false);
    statement = connection.createStatement();
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Until some statement of this database waits for a lock. */
  void awaitBlocked() throws SQLException {
    boolean blocked = false;
    while (!blocked) {
      statement.execute("select pg_stat_clear_snapshot()");
      try (ResultSet rows =
          statement.executeQuery(
              "select from pg_stat_activity"
                  + " where wait_event_type = 'Lock' and datname = current_database()")) {
        blocked = rows.next();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
