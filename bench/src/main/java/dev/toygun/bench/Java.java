package dev.toygun.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Starts JVMs on the class path of this one. */
public final class Java {
  /** The property that names the folder of recordings. */
  public static final String PROFILE = "bench.profile";

  private Java() {}

  /**
   * Options that have a JVM record itself, where {@link #PROFILE} names a folder; it writes what it
   * has recorded as it ends.
   *
   * @param name of the process
   */
  public static List<String> profiled(String name) {
    String folder = System.getProperty(PROFILE);
    if (folder == null) {
      return List.of();
    }
    String file = "%s/%s-%d.jfr".formatted(folder, name, System.currentTimeMillis());
    return List.of(
        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file,
        "-XX:FlightRecorderOptions=stackdepth=128");
  }

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

  /** The class path of this one. */
  public static String classPath() {
    // Under Surefire it is that of a jar which names the real one.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What Toygun's services are started with; the others are faster by it too. */
  private static String services() {
    String root = Objects.requireNonNull(System.getProperty("toygun.root"), "run by bin/bench");
    return "@" + Path.of(root, "deploy", "java.options");
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
    List<String> command =
        new ArrayList<>(List.of(program("java"), "-Xshare:auto", services(), "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TOYGUN_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
