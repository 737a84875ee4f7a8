package dev.toygun.testing.servers;

import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL for tests, one for each JVM. The system property {@code toygun.test.postgres}, or
 * the environment variable {@code TOYGUN_TEST_POSTGRES}, says where it comes from: {@code embedded}
 * (the default), or the URL of a server whose user may make databases.
 */
public final class PostgresServer {
  private static final String SWITCH = "TOYGUN_TEST_POSTGRES";
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long PLENTY = 4L << 30;
  private static @Nullable PostgresServer shared;

  private final DatabaseUrl server;
  private final String template;

  private PostgresServer(DatabaseUrl server, String where) {
    this.server = server;
    this.template = name("template");
    execute("create database " + template + where);
    Migrations.migrate(of(template));
  }

  /** The server of this JVM; started by the first call, stopped when the JVM ends. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      String from = System.getProperty("toygun.test.postgres", System.getenv(SWITCH));
      boolean embedded = from == null || from.isEmpty() || from.equals("embedded");
      shared = embedded ? start() : new PostgresServer(DatabaseUrl.parse(from), "");
    }
    return shared;
  }

  /*
   * The library turns off everything that makes a commit safe; what is tested here is safety. It
   * runs as root too, by entering a user namespace.
   */
  private static PostgresServer start() {
    try {
      EmbeddedPostgres started =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", "200")
              .setServerConfig("shared_buffers", "256MB")
              .setServerConfig("max_wal_size", "4GB")
              .setPGStartupWait(Duration.ofSeconds(60))
              .setRegisterShutdownHook(false)
              .start();
      Optional<Path> memory = memory();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, memory)));
      DatabaseUrl server =
          DatabaseUrl.parse(
              "postgresql://postgres:postgres@127.0.0.1:%d/postgres?sslmode=disable"
                  .formatted(started.getPort()));
      memory.ifPresent(
          folder -> execute(server, "create tablespace memory location '%s'".formatted(folder)));
      return new PostgresServer(server, memory.isPresent() ? " tablespace memory" : "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the embedded PostgreSQL", e);
    }
  }

  /*
   * Each test has a database of its own, and some file systems take half a second to make its
   * files: so these are in memory where there is plenty. What makes a commit safe is the log, which
   * is on a disk and synced.
   */
  private static Optional<Path> memory() throws IOException {
    return Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= PLENTY
        ? Optional.of(Files.createTempDirectory(MEMORY, "toygun-"))
        : Optional.empty();
  }

  private static void end(EmbeddedPostgres started, Optional<Path> memory) {
    try {
      started.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the embedded PostgreSQL", e);
    } finally {
      memory.ifPresent(Folders::delete);
    }
  }

  /** A new database with Toygun's tables, as yet without rows. */
  public DatabaseUrl database() {
    String name = name("test");
    execute("create database " + name + " template " + template);
    return of(name);
  }

  /** A new database without tables. */
  public DatabaseUrl empty() {
    String name = name("empty");
    execute("create database " + name);
    return of(name);
  }

  /** Drops a database, whoever is connected to it. */
  public void drop(DatabaseUrl database) {
    execute("drop database if exists " + database.database() + " with (force)");
  }

  /** Runs statements over JDBC, blocking. */
  public static void execute(DatabaseUrl database, String sql) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbc(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot execute on " + database + ": " + sql, e);
    }
  }

  private void execute(String sql) {
    execute(server, sql);
  }

  private DatabaseUrl of(String name) {
    return new DatabaseUrl(
        server.host(),
        server.port(),
        name,
        server.user(),
        server.password(),
        server.ssl(),
        server.rootCert());
  }

  /** A server from outside may serve several JVMs at once. */
  private static String name(String what) {
    return "toygun_%s_%d_%d".formatted(what, ProcessHandle.current().pid(), MADE.incrementAndGet());
  }
}
