package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the sources themselves. */
class SourcesTest {
  private static final int LINES_MAX = 350;

  @Test
  void everyFileIsShortEnoughToHoldInOnesHead() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("toygun.root")));
    assertThat(sources(root)).as("the sources below %s", root).hasSizeGreaterThan(10);
    assertThat(tooLong(root)).as("files of more than %d lines", LINES_MAX).isEmpty();
  }

  @Test
  void aPlantedLongFileIsFound(@TempDir Path root) throws IOException {
    Path sources = Files.createDirectories(root.resolve("module/src/main/java"));
    Files.writeString(sources.resolve("Short.java"), "// a line\n".repeat(LINES_MAX));
    Files.writeString(sources.resolve("Long.java"), "// a line\n".repeat(LINES_MAX + 1));
    Path client = Files.createDirectories(root.resolve("clients/java/src/main/java"));
    Files.writeString(client.resolve("Long.java"), "// a line\n".repeat(LINES_MAX + 2));
    assertThat(tooLong(root))
        .containsExactlyInAnyOrder(
            "module/src/main/java/Long.java: 351", "clients/java/src/main/java/Long.java: 352");
  }

  private static List<String> tooLong(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources(root)) {
      long lines;
      try (Stream<String> text = Files.lines(source)) {
        lines = text.count();
      }
      if (lines > LINES_MAX) {
        found.add(root.relativize(source) + ": " + lines);
      }
    }
    return found;
  }

  /**
   * Java files in {@code MODULE/src}: what a build leaves in {@code target} is nobody's to read.
   */
  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> found = new ArrayList<>();
      for (Path module :
          Stream.concat(modules, Stream.of(root.resolve("clients/java")))
              .map(path -> path.resolve("src"))
              .filter(Files::isDirectory)
              .toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          files.filter(path -> path.toString().endsWith(".java")).forEach(found::add);
        }
      }
      return found;
    }
  }
}
