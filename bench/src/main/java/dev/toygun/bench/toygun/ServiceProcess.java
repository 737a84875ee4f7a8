package dev.toygun.bench.toygun;

import dev.toygun.bench.Java;
import dev.toygun.service.Keys;
import dev.toygun.standalone.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service of Toygun, as a process of its own. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int ASK_MS = 2_000;
  private static final Duration STOP = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final URI ready;
  private final Path log;

  private ServiceProcess(String name, Process process, URI ready, Path log) {
    this.name = name;
    this.process = process;
    this.ready = ready;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param main its main class
   * @param answers where it says whether it is ready, or 0 for its own window
   */
  static ServiceProcess start(
      String name, String main, Path folder, Map<String, String> environment, int answers)
      throws IOException {
    Map<String, String> own = new HashMap<>(environment);
    int window = Ports.free();
    own.put(Keys.METRICS_PORT.name(), String.valueOf(window));
    Path log = folder.resolve(name + ".log");
    Process process = Java.start(options(name), main, List.of(), own, log);
    URI ready = URI.create("http://127.0.0.1:" + (answers == 0 ? window : answers) + "/ready");
    return new ServiceProcess(name, process, ready, log);
  }

  private static List<String> options(String name) {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    options.addAll(Java.profiled(name));
    return options;
  }

  /** Waits until it is ready. */
  ServiceProcess await() throws IOException, InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        process.destroyForcibly();
        throw new IOException(name + " does not start:\n" + Files.readString(log));
      }
      Thread.sleep(50);
    }
    return this;
  }

  private boolean isReady() {
    try {
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(ASK_MS);
      connection.setReadTimeout(ASK_MS);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  /** Asks it to stop, as an operator does, and kills it where it does not. */
  @Override
  public void close() {
    process.destroy();
    Java.await(process, STOP);
  }
}
