package dev.toygun.bench;

import dev.toygun.service.Config;
import dev.toygun.service.Ground.Queues;
import dev.toygun.service.Keys;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Servers;
import dev.toygun.store.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL and a Redis, started as {@code toygun up} starts its own: nothing about them is
 * tuned, and every commit is on disk before it is answered.
 */
public final class House implements AutoCloseable {
  private final DataFolder data;
  private final Servers servers;
  private final Sql admin;
  private int made;

  private House(DataFolder data, Servers servers, Sql admin) {
    this.data = data;
    this.servers = servers;
    this.admin = admin;
  }

  /**
   * Starts the servers.
   *
   * @param folder where their data goes; on the disk that is to be measured
   */
  public static House open(Path folder) throws IOException, SQLException {
    DataFolder data = DataFolder.open(folder);
    Config config = Config.read(Map.of(Keys.LOG.name(), "text"), List.of());
    Servers servers =
        Servers.start(data, config, Queues.REDIS, bytes -> new SecureRandom().nextBytes(bytes));
    try {
      return new House(data, servers, Sql.connect(servers.config().get(Keys.DATABASE_URL)));
    } catch (SQLException e) {
      servers.close();
      data.close();
      throw e;
    }
  }

  /** Where logs of processes go. */
  public Path folder() {
    return data.path();
  }

  /** A connection for counters, to another database than those that are measured. */
  public Sql admin() {
    return admin;
  }

  /** Changes a setting of the server, for whoever connects from now on. */
  void set(String name, String value) throws SQLException {
    admin.run("alter system set %s = '%s'".formatted(name, value.replace("'", "''")));
    admin.number("select count(*) where pg_reload_conf()");
  }

  /** A new, empty database. */
  public DatabaseUrl create(String what) throws SQLException {
    String name = "bench_%s_%d".formatted(what.replace('-', '_'), ++made);
    admin.run("create database " + name);
    DatabaseUrl own = servers.config().get(Keys.DATABASE_URL);
    return new DatabaseUrl(
        own.host(), own.port(), name, own.user(), own.password(), own.ssl(), own.rootCert());
  }

  /** Drops it, whoever is connected. */
  public void drop(DatabaseUrl database) throws SQLException {
    admin.run("drop database if exists " + database.database() + " with (force)");
  }

  /** What a service needs to know to work on this database and the Redis. */
  public Map<String, String> environment(DatabaseUrl database) {
    Config config = servers.config();
    return Map.of(
        Keys.DATABASE_URL.name(), text(database),
        Keys.REDIS_URL.name(), config.get(Keys.REDIS_URL).toString(),
        Keys.KEYCHAIN.name(), config.get(Keys.KEYCHAIN),
        Keys.DATA.name(), config.get(Keys.DATA).toString(),
        Keys.LOG.name(), "text");
  }

  /** As it is given to a process: with the password. */
  static String text(DatabaseUrl url) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
  }

  /** What Redis says of itself. */
  public RedisCounters redis() {
    return new RedisCounters(servers.config().get(Keys.REDIS_URL));
  }

  /** The process of PostgreSQL that rules the others. */
  long postgresPid() throws IOException {
    return firstLine(data.path().resolve("postgres/data/postmaster.pid"));
  }

  /** The process of Redis. */
  long redisPid() throws IOException {
    return firstLine(data.path().resolve("redis/pid"));
  }

  private static long firstLine(Path file) throws IOException {
    return Long.parseLong(Files.readAllLines(file).get(0).strip());
  }

  /** Writes what is not on disk yet, and forgets in Redis: nobody pays for who was before. */
  public void settle() throws IOException, SQLException {
    redis().flush();
    admin.run("checkpoint");
  }

  @Override
  public void close() throws IOException, SQLException {
    try {
      admin.close();
    } finally {
      servers.close();
      data.close();
    }
  }
}
