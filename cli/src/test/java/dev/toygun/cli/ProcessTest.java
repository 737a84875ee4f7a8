package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.standalone.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: its signals and its codes. */
class ProcessTest {
  private static final String KEYCHAIN = "{\"0\":\"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\"}";

  private final Path folder;

  ProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aServiceWithABadConfigurationSaysAllThatIsWrongAndExits2() throws Exception {
    Ended ended =
        run(
            Map.of(
                "TOYGUN_DATABASE_URL", "mysql://me:canary@db/x",
                "TOYGUN_KEYCHAIN", "{\"0\":\"canary\"}",
                "TOYGUN_METRICS_PORT", "a lot"),
            "worker");
    assertThat(ended.code()).isEqualTo(Exit.USAGE);
    assertThat(ended.said())
        .contains(
            "TOYGUN_DATABASE_URL: the database URL is wrong",
            "TOYGUN_REDIS_URL is missing",
            "TOYGUN_KEYCHAIN is broken",
            "TOYGUN_METRICS_PORT: expected a whole number")
        .doesNotContain("canary");
  }

  @Test
  void aServiceThatIsAskedToStopExits0AndWritesItsLogAsJson() throws Exception {
    Process process =
        start(
            Map.of(
                "TOYGUN_DATABASE_URL",
                "postgresql://me:x@127.0.0.1:" + Ports.free() + "/x",
                "TOYGUN_REDIS_URL",
                "redis://127.0.0.1:" + Ports.free(),
                "TOYGUN_KEYCHAIN",
                KEYCHAIN,
                "TOYGUN_METRICS_PORT",
                "0"),
            "clock");
    try (var lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("Waiting for postgres")) {
        line = lines.readLine();
      }
      assertThat(line).as("a line of the log").startsWith("{\"timestamp\":").endsWith("}");
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void migratingADatabaseThatIsNotThereSaysSo() throws Exception {
    Ended ended =
        run(Map.of("TOYGUN_DATABASE_URL", "postgresql://me:canary@127.0.0.1:1/x"), "migrate");
    assertThat(ended.code()).isEqualTo(Exit.FAILED);
    assertThat(ended.said()).contains("cannot bring the tables").doesNotContain("canary");
  }

  /** The main job. It is the last word on whether all of this works together. */
  @Test
  void theDemoPasses() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Ended ended = run(Map.of("TMPDIR", temporary.toString()), "demo");
    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said().lines().reduce((first, last) -> last))
        .hasValueSatisfying(last -> assertThat(last).startsWith("demo passed: "));
  }

  /** How it ended, and all it said. */
  private record Ended(int code, String said) {}

  private Ended run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder = builder(environment, words).redirectOutput(said.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Ended(process.exitValue(), Files.readString(said));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Map<String, String> environment, String... words)
      throws IOException {
    return builder(environment, words).start();
  }

  private static ProcessBuilder builder(Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    // Not the quiet one of the tests, which is on the class path too.
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.toygun.cli.Toygun");
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TOYGUN_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
