package dev.toygun.standalone;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A real PostgreSQL that may be killed, and comes back on its port with what was committed. */
public final class MortalPostgres implements Closeable {
  private static final String PASSWORD = "a-password-of-the-test";
  private static final Duration DEATH = Duration.ofSeconds(20);
  private static final int TRIES = 20;

  private final Path home;
  private final Path folder;
  private final int port;
  private PostgresServer server;

  private MortalPostgres(Path home, Path folder, PostgresServer server) {
    this.home = home;
    this.folder = folder;
    this.port = server.address().getPort();
    this.server = server;
  }

  /** Starts one with its data in this folder, and a database without tables. */
  public static MortalPostgres start(Path folder) throws IOException {
    // Unpacked once for the whole build.
    Path home = new Binaries(Path.of("target", "servers").toAbsolutePath()).postgres();
    return new MortalPostgres(home, folder, PostgresServer.start(home, folder, PASSWORD));
  }

  /** Where it is, with its password. */
  public String url() {
    return server.url();
  }

  /** kill -9 of the process that rules the others, which then end by themselves. */
  public void kill() {
    long pid = server.pid().orElseThrow();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    if (!Running.ends(pid, DEATH)) {
      throw new IllegalStateException("PostgreSQL " + pid + " survived kill -9");
    }
  }

  /** Starts it again. Those whom its dead one ruled may take a moment to end. */
  public void again() throws IOException {
    IOException last = new IOException("it was not tried");
    for (int i = 0; i < TRIES; i++) {
      try {
        server = PostgresServer.startOn(port, home, folder, PASSWORD);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
