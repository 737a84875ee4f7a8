package dev.toygun.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own: a real one, with fsync, on a loopback port, its data kept between
 * starts. It outlives a crash of this process, and the next start takes care of it.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final String NAME = "toygun";
  private static final Duration INIT = Duration.ofMinutes(2);
  private static final int START_S = 60;
  private static final int STOP_S = 30;
  private static final int PORTS_TRIED = 5;

  private static final String SETTINGS =
      """

      # Of toygun: reached on loopback only, and durable.
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      fsync = on
      """;

  private final Path bin;
  private final Path data;
  private final Path log;
  private final List<String> asUser;
  private final int port;
  private final String password;

  private PostgresServer(
      Path bin, Path data, Path log, List<String> asUser, int port, String password) {
    this.bin = bin;
    this.data = data;
    this.log = log;
    this.asUser = asUser;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts it, and makes it first where it is not there yet. Blocks until it answers.
   *
   * @param home the folder of the binaries, with {@code bin/postgres}
   * @param folder holds its data and its log
   * @param password of its only role; the same at each start
   * @throws IOException saying what went wrong, with the end of what PostgreSQL said
   */
  public static PostgresServer start(Path home, Path folder, String password) throws IOException {
    IOException last = new IOException("no port was tried");
    for (int i = 0; i < PORTS_TRIED; i++) {
      try {
        return startOn(Ports.free(), home, folder, password);
      } catch (IOException e) {
        last = e; // Somebody else may have taken the port meanwhile.
      }
    }
    throw last;
  }

  /** The same on this port. */
  static PostgresServer startOn(int port, Path home, Path folder, String password)
      throws IOException {
    Path bin = home.resolve("bin");
    Path data = folder.resolve("data");
    List<String> asUser = RootShield.prefix();
    Folders.secret(folder);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      create(bin, data, asUser, password);
    }
    endOrphan(bin, data, asUser);
    PostgresServer server =
        new PostgresServer(bin, data, folder.resolve("log"), asUser, port, password);
    server.start();
    return server;
  }

  /** Where it is, with the password: a secret. */
  public String url() {
    return "postgresql://" + NAME + ":" + password + "@127.0.0.1:" + port + "/" + NAME;
  }

  /** The same without the password, to be shown. */
  public URI address() {
    return URI.create("postgresql://127.0.0.1:" + port + "/" + NAME);
  }

  /** The process that rules the others. */
  public Optional<Long> pid() {
    return pid(data);
  }

  /** Stops it: whoever is connected is cut off, what was committed is kept. */
  @Override
  public void close() throws IOException {
    if (pid().isEmpty()) {
      return;
    }
    control("stop", "-m", "fast", "-w", "-t", String.valueOf(STOP_S))
        .within(Duration.ofSeconds(STOP_S + 10))
        .succeed();
  }

  private void start() throws IOException {
    Files.writeString(log, "", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    Command.Result result =
        control("start", "-w", "-t", String.valueOf(START_S), "-l", log.toString())
            .and("-o", "-p " + port)
            .within(Duration.ofSeconds(START_S + 10))
            .run();
    if (result.exit() != 0) {
      throw new IOException(
          "PostgreSQL did not start: " + Files.readString(log).strip() + " (in " + data + ")");
    }
  }

  private Command control(String... words) {
    List<String> all = new ArrayList<>(asUser);
    all.addAll(List.of(bin.resolve("pg_ctl").toString(), "-D", data.toString()));
    all.addAll(List.of(words));
    return Command.of(all);
  }

  private static void create(Path bin, Path data, List<String> asUser, String password)
      throws IOException {
    Folders.delete(data); // Half of one, that a crash has left.
    Path making = data.resolveSibling("making");
    Folders.delete(making);
    Path passwordFile = data.resolveSibling("password.new");
    Folders.writeSecret(passwordFile, password);
    try {
      Command.of(asUser)
          .and(bin.resolve("initdb").toString(), "-D", making.toString(), "-U", NAME)
          .and("-A", "scram-sha-256", "--pwfile", passwordFile.toString())
          .and("-E", "UTF8", "--locale=C.UTF-8")
          .within(INIT)
          .succeed();
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.writeString(making.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
    Command.of(asUser)
        .and(bin.resolve("postgres").toString(), "--single", "-D", making.toString(), "postgres")
        .reading("create database " + NAME + "\n")
        .within(INIT)
        .succeed();
    Files.move(making, data);
  }

  /* The folder is locked by this process, so a server that still runs on it is one whose toygun was
   * killed. And a postmaster.pid may name a process that has nothing to do with it, because numbers
   * of processes are used again: PostgreSQL would refuse to start over it. */
  private static void endOrphan(Path bin, Path data, List<String> asUser) throws IOException {
    Optional<Long> pid = pid(data);
    if (pid.isEmpty()) {
      return;
    }
    if (Running.is(pid.get(), "postgres")) {
      LOG.info("Stopping the PostgreSQL {} that an earlier toygun has left running", pid.get());
      new PostgresServer(bin, data, data, asUser, 0, "").close();
    } else {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
  }

  private static Optional<Long> pid(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.get(0).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.warn("Cannot read postmaster.pid in {}: {}", data, e.toString());
      return Optional.empty();
    }
  }
}
