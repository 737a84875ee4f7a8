package dev.toygun.examples.pool;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.testing.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A seed that fails at one machine fails at the next. Sets and maps that Java copies, and hashes of
 * objects without one of their own, have another order in every process: where that decides who
 * comes first, three processes differ in three runs of four.
 */
class ReplayTest {
  private static final int PROCESSES = 3;

  /** The lives of a few pools, on standard output. */
  public static void main(String[] args) {
    for (long seed = 1; seed <= 4; seed++) {
      FakeHost host = new FakeHost();
      List<ResourceType<?>> types = new Pool(host).types();
      Simulation pool = Simulation.crashing(types.get(0), seed, types.get(1));
      pool.with(Pool.SIZE, 3L).advance(ofMinutes(2));
      pool.set(Pool.VERSION, "2");
      for (int minute = 0; minute < 5; minute++) {
        System.out.println(pool.advance(ofMinutes(1)) + " " + host.versions());
      }
    }
  }

  @Test
  void aSeedReplaysEverythingInAnyProcess() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start());
    }
    List<String> lives = new ArrayList<>();
    for (Process process : processes) {
      try (InputStream out = process.getInputStream()) {
        lives.add(new String(out.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(lives.get(0)).contains("web-node: serving");
    assertThat(lives).allMatch(lives.get(0)::equals);
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            ReplayTest.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
