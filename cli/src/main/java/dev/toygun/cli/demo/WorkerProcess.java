package dev.toygun.cli.demo;

import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.standalone.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own: this same program, started once more. */
final class WorkerProcess {
  private static final int TAIL = 20;
  private static final int ASK_MS = 1000;
  private static final int STOP_S = 20;

  private final String id;
  private final Process process;
  private final int window;
  private final Path log;

  private WorkerProcess(String id, Process process, int window, Path log) {
    this.id = id;
    this.process = process;
    this.window = window;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param secrets the addresses and keys, for the environment of the process
   */
  static WorkerProcess start(String id, Path folder, Config config, Map<String, String> secrets)
      throws IOException {
    int window = Ports.free();
    Path log = folder.resolve(id + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.toygun.cli.Toygun",
            "worker");
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TOYGUN_"));
    environment.putAll(secrets);
    environment.put(Keys.DATA.name(), config.get(Keys.DATA).toString());
    environment.put(Keys.WORKER_ID.name(), id);
    environment.put(Keys.METRICS_PORT.name(), String.valueOf(window));
    environment.put(Keys.LOG.name(), "text");
    // It delivers alarms too, to a phone on this machine.
    environment.put(Keys.SINK_NETWORKS.name(), "127.0.0.0/8");
    environment.put(Keys.DRAIN.name(), "10s");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new WorkerProcess(id, builder.start(), window, log);
  }

  String id() {
    return id;
  }

  long pid() {
    return process.pid();
  }

  /** Whether it says that it is ready. Fails where it has died. */
  boolean ready() {
    if (!process.isAlive()) {
      throw new Timeline.Failure(
          "worker %s ended with %d: %s"
              .formatted(id, process.exitValue(), String.join("\n", said())));
    }
    try {
      URI ready = URI.create("http://127.0.0.1:" + window + "/ready");
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(ASK_MS);
      connection.setReadTimeout(ASK_MS);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
      throw new Timeline.Failure("worker " + id + " survived kill -9");
    }
  }

  /** SIGTERM; fails unless it drains and exits 0. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
      throw new Timeline.Failure("worker " + id + " did not stop within " + STOP_S + " s");
    }
    if (process.exitValue() != 0) {
      throw new Timeline.Failure(
          "worker %s ended with %d instead of 0".formatted(id, process.exitValue()));
    }
  }

  /** Ends it, however. */
  void end() {
    process.destroyForcibly();
  }

  /** Shows the end of its log. */
  void tell(Timeline timeline) {
    timeline.say("-- the last lines of " + id);
    timeline.show(String.join("\n", said()));
  }

  boolean runs() {
    return process.isAlive();
  }

  private List<String> said() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    } catch (IOException e) {
      return List.of("(its log cannot be read: " + e + ")");
    }
  }
}
