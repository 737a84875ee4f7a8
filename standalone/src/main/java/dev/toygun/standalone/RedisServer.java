package dev.toygun.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own, on a loopback port, with a password. It keeps nothing on disk: what it holds
 * are hints, and losing them costs a moment.
 */
public final class RedisServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int PORTS_TRIED = 5;

  private static final String SETTINGS =
      """
      port %d
      bind 127.0.0.1
      requirepass %s
      daemonize yes
      pidfile "%s"
      logfile "%s"
      dir "%s"
      save ""
      appendonly no
      maxmemory-policy noeviction
      """;

  private final Path folder;
  private final int port;
  private final String password;

  private RedisServer(Path folder, int port, String password) {
    this.folder = folder;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts it. Blocks until it answers.
   *
   * @param program redis-server
   * @param folder holds its log and the number of its process
   * @param password letters and digits only
   * @throws IOException saying what went wrong
   */
  public static RedisServer start(Path program, Path folder, String password) throws IOException {
    for (int i = 0; i < PORTS_TRIED; i++) {
      RedisServer server = startOn(Ports.free(), program, folder, password);
      if (server.pid().isPresent()) {
        return server;
      }
    }
    throw new IOException("Redis did not start: see " + folder.resolve("log"));
  }

  /** The same on this port; it has no process where it does not start there. */
  static RedisServer startOn(int port, Path program, Path folder, String password)
      throws IOException {
    Folders.secret(folder);
    RedisServer server = new RedisServer(folder, port, password);
    server.close(); // One that an earlier toygun has left running.
    // On its standard input, because everybody can read the words of a command.
    Command.of(program.toString(), "-").reading(server.settings()).within(START).succeed();
    if (!server.answers()) {
      server.close();
    }
    return server;
  }

  /** Where it is, with the password: a secret. */
  public String url() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** The same without the password, to be shown. */
  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  /** Its process. */
  public Optional<Long> pid() {
    try {
      return Optional.of(Long.valueOf(Files.readString(pidFile()).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.warn("Cannot read {}: {}", pidFile(), e.toString());
      return Optional.empty();
    }
  }

  /** Stops it. */
  @Override
  public void close() throws IOException {
    Optional<Long> pid = pid().filter(process -> Running.is(process, "redis-server"));
    if (pid.isPresent()) {
      Running.end(pid.get(), STOP);
    }
    Files.deleteIfExists(pidFile());
  }

  private Path pidFile() {
    return folder.resolve("pid");
  }

  private String settings() {
    Path here = folder.toAbsolutePath();
    return SETTINGS.formatted(port, password, here.resolve("pid"), here.resolve("log"), here);
  }

  private boolean answers() {
    for (Duration waited = Duration.ZERO; waited.compareTo(START) < 0; waited = waited.plus(LOOK)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected() && pid().isPresent()) {
          return true;
        }
      } catch (IOException e) {
        // It does not listen yet, or has not got the port.
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
