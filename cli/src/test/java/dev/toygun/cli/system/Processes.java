package dev.toygun.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The command {@code toygun} in processes of its own, each with a log. */
final class Processes implements AutoCloseable {
  private final Path folder;
  private final Map<String, Process> processes = new ConcurrentHashMap<>();
  private final Map<String, String> environment = new ConcurrentHashMap<>();

  Processes(Path folder) {
    this.folder = folder;
  }

  /** How a command ended, and all it said. */
  record Ended(int code, String said) {}

  /** Something that all processes that start from now on are told. */
  void setting(String name, String value) {
    environment.put(name, value);
  }

  void start(String name, List<String> words, Map<String, String> more) throws IOException {
    processes.put(name, begin(name, words, more));
  }

  boolean lives(String name) {
    Process process = processes.get(name);
    return process != null && process.isAlive();
  }

  Ended run(String name, String... words) throws Exception {
    Files.deleteIfExists(folder.resolve(name + ".log"));
    Process process = begin(name, List.of(words), Map.of());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(name + " did not end within 60 s: " + log(name));
    }
    return new Ended(process.exitValue(), log(name));
  }

  private Process begin(String name, List<String> words, Map<String, String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.toygun.cli.Toygun"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TOYGUN_"));
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    // What is started again goes on in the log of the one before.
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    return builder.start();
  }

  /** What a process has said. */
  String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  /** kill -9. */
  void kill(String name) throws InterruptedException {
    Process process = processes.remove(name);
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
  }
}
