package dev.toygun.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A query on a server that the demo has made, as anybody would ask it who knows the password. */
final class Sql {
  private Sql() {}

  /** The first column of the first row. */
  static String ask(long port, String user, String password, String sql) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "10");
    try (Connection connection =
            DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + user, login);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
