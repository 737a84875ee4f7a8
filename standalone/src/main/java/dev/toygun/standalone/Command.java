package dev.toygun.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs another program to its end. Blocks its thread, never longer than the time it is given. */
final class Command {
  private static final int TOLD = 2000;

  private final List<String> words = new ArrayList<>();
  private String input = "";
  private Duration most = Duration.ofSeconds(60);

  private Command(List<String> words) {
    this.words.addAll(words);
  }

  static Command of(List<String> words) {
    return new Command(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  Command and(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  /** What it reads on its standard input. */
  Command reading(String text) {
    input = text;
    return this;
  }

  Command within(Duration time) {
    most = time;
    return this;
  }

  /** What came of it. */
  record Result(int exit, String output) {}

  /** Runs it; whatever it answers. */
  Result run() throws IOException {
    // To a file, not a pipe: a server that is started so would keep the pipe open.
    Path output = Files.createTempFile("toygun-", ".out");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended without reading; what it answers says more than a broken pipe.
      }
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "`%s` did not end within %d s".formatted(words.get(0), most.toSeconds()));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while `" + words.get(0) + "` ran", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Runs it; fails with what it said unless it answers 0. */
  String succeed() throws IOException {
    Result result = run();
    if (result.exit() != 0) {
      String said = result.output().strip();
      throw new IOException(
          "`%s` answered %d: %s"
              .formatted(
                  String.join(" ", words),
                  result.exit(),
                  said.substring(Math.max(0, said.length() - TOLD))));
    }
    return result.output();
  }
}
