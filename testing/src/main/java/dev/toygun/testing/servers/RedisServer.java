package dev.toygun.testing.servers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis 6.2 on loopback. It keeps nothing: stopped, it has forgotten everything. */
public final class RedisServer implements AutoCloseable {
  private static final int SECONDS = 20;
  private static @Nullable RedisServer shared;

  private final Path folder;
  private final File binary;
  private final int port;
  private @Nullable Process process;

  private RedisServer() throws IOException {
    this.folder = Files.createTempDirectory("toygun-redis");
    this.binary = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
    this.port = freePort();
  }

  /**
   * The one that the tests of this JVM share, each with a key prefix of its own. It is never to be
   * stopped or emptied.
   */
  public static synchronized RedisServer shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** One that the caller may stop, freeze and empty, and closes. */
  public static RedisServer start() {
    try {
      RedisServer server = new RedisServer();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.run();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Redis", e);
    }
  }

  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** A stopped server starts again, empty, on the same port; returns once it answers. */
  public synchronized void run() {
    if (process != null) {
      return;
    }
    List<String> command =
        List.of(
            binary.getPath(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder.toString());
    try {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      process = started;
      CompletableFuture<Void> ready = new CompletableFuture<>();
      Thread reader = new Thread(() -> follow(started, ready), "redis " + port);
      reader.setDaemon(true);
      reader.start();
      ready.get(SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Redis starts", e);
    } catch (ExecutionException | TimeoutException e) {
      stop();
      throw new IllegalStateException("Redis on port " + port + " did not start", e);
    }
  }

  /** Kills it; whoever is connected loses the connection. */
  public synchronized void stop() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process, to be frozen by a signal for instance. */
  public synchronized long pid() {
    if (process == null) {
      throw new IllegalStateException("Redis on port " + port + " is stopped");
    }
    return process.pid();
  }

  /** Sends one command and returns the answer: its parts if it is an array, nulls left out. */
  public List<String> command(String... parts) {
    return RedisWire.command(port, parts);
  }

  /** Forgets everything, as an operator's {@code FLUSHALL} does. */
  public void flushAll() {
    command("FLUSHALL");
  }

  /** Stops it and removes its folder. */
  @Override
  public void close() {
    stop();
    Folders.delete(folder);
  }

  private static void follow(Process started, CompletableFuture<Void> ready) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (said.length() < 4000) {
          said.append(line).append('\n');
        }
        if (line.contains("Ready to accept connections")) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    ready.completeExceptionally(new IllegalStateException("Redis ended:\n" + said));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
