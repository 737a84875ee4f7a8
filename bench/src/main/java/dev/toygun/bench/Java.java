package dev.toygun.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts JVMs on the class path of this one. */
public final class Java {
  private Java() {}

  /** A program of the JDK that this one runs on. */
  public static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /**
   * Starts one; what it says on its standard error goes to the log, and on its standard output too
   * unless somebody reads that.
   *
   * @param environment in place of every variable of Toygun's that this process has
   */
  public static Process start(
      List<String> options,
      String main,
      List<String> words,
      Map<String, String> environment,
      Path log)
      throws IOException {
    ProcessBuilder builder = builder(options, main, words, environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Waits until a process ends, and kills it where it does not. */
  public static void await(Process process, Duration most) {
    try {
      if (process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  static ProcessBuilder builder(
      List<String> options, String main, List<String> words, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(program("java"), "-Xshare:auto"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            // Under Surefire the class path is that of a jar which names the real one.
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            main));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TOYGUN_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
