package dev.toygun.examples.postgres;

import dev.toygun.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of PostgreSQL that is run to its end.
 *
 * @param output the file that gets what it prints; a file and not a pipe, so that a program whose
 *     worker dies is not broken off in the middle of a line
 */
record Command(Path output, List<String> arguments) {
  // Below the 30 s of a tick, so that the message is ours.
  private static final long LIMIT_S = 25;
  private static final int TAIL = 600;

  Command {
    arguments = List.copyOf(arguments);
  }

  /** How it ended: its exit code and the end of what it printed. */
  record Ended(int code, String said) {}

  /**
   * Runs it.
   *
   * @param input what it reads, if anything; never an argument or a variable, which others can see
   * @throws IOException if it is not there, or takes longer than 25 s
   */
  Ended run(Optional<Secret> input) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(asNobodyIfRoot())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    environment(builder.environment());
    Process process = builder.start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        if (input.isPresent()) {
          in.write((input.get().reveal() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        throw new IOException(
            "%s still ran after %d s: %s".formatted(arguments.get(0), LIMIT_S, said()));
      }
      return new Ended(process.exitValue(), said());
    } finally {
      process.destroyForcibly();
    }
  }

  // PostgreSQL refuses to run as root. In a user namespace of its own it does not see that it does,
  // and its files are still root's.
  private List<String> asNobodyIfRoot() {
    List<String> line = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      line.addAll(List.of("unshare", "--user", "--"));
    }
    line.addAll(arguments);
    return line;
  }

  // A server outlives its worker, and its environment can be read for as long as it runs: the
  // worker's, with its keys and URLs, is not for it.
  private static void environment(Map<String, String> variables) {
    String path = variables.getOrDefault("PATH", "/usr/bin:/bin");
    variables.clear();
    variables.put("PATH", path);
    variables.put("LC_ALL", "C");
  }

  private String said() throws IOException {
    String all = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
    return all.length() <= TAIL ? all : "…" + all.substring(all.length() - TAIL);
  }
}
