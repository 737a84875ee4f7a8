package dev.toygun.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Makes the tables, and brings older ones up to date. Blocks, so it is for commands, never for a
 * service.
 */
public final class Migrations {
  static final String TABLE = "toygun_migrations";
  static final String PARTITIONS = "SELECT toygun_make_partitions(3, NULL)";
  static final String FOLDER = "dev/toygun/store/migrations";

  private Migrations() {}

  /**
   * What was done.
   *
   * @param version of the tables now
   * @param applied how many migrations it took
   */
  public record Migrated(int version, int applied) {}

  /**
   * Applies what is missing, and nothing to tables of a newer build. Any number of processes may do
   * so at once: one works, the others wait.
   *
   * @throws WrongSchema where it cannot be done, saying why
   */
  public static Migrated migrate(DatabaseUrl url) {
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(url.jdbc(), url.user(), url.password())
              .locations("classpath:" + FOLDER)
              .table(TABLE)
              .baselineOnMigrate(false)
              .cleanDisabled(true)
              .connectRetries(0)
              .load();
      MigrateResult result = flyway.migrate();
      // Tables of a newer build are left as they are, and that is no failure of Flyway's.
      MigrationInfo last = flyway.info().current();
      int version = last == null ? 0 : last.getVersion().getMajor().intValue();
      if (version > Schema.VERSION) {
        throw new WrongSchema(Schema.newer(version));
      }
      partitions(flyway.getConfiguration().getDataSource());
      return new Migrated(version, result.migrationsExecuted);
    } catch (SQLException e) {
      throw new WrongSchema("cannot make the months of history in %s: %s".formatted(url, e));
    } catch (FlywayException e) {
      throw new WrongSchema("cannot bring the tables of %s up to date: %s".formatted(url, e));
    }
  }

  /* Before the first service writes a row of this month: a database may have stood still. */
  private static void partitions(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(PARTITIONS);
      if (statement.getWarnings() != null) {
        throw statement.getWarnings();
      }
    }
  }
}
