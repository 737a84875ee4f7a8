package dev.toygun.examples.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The process that is the server of a data directory. */
record Postmaster(ProcessHandle process, long port) {
  private static final Path PROC = Path.of("/proc");
  private static final int PORT_LINE = 3;

  /**
   * The one that runs there, if one does. A pid alone proves nothing: it may be a dead process's
   * that nobody has buried, or belong to somebody else by now; so its arguments must name the
   * directory.
   */
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() <= PORT_LINE) {
      return Optional.empty(); // It is being written.
    }
    try {
      long port = Long.parseLong(lines.get(PORT_LINE).strip());
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(process -> names(process, data))
          .map(process -> new Postmaster(process, port));
    } catch (NumberFormatException e) {
      return Optional.empty(); // Likewise.
    }
  }

  // A zombie has no arguments left.
  private static boolean names(ProcessHandle process, Path folder) {
    return Arrays.stream(process.info().arguments().orElse(new String[0]))
        .map(argument -> argument.substring(argument.indexOf('=') + 1))
        .anyMatch(argument -> argument.startsWith("/") && Path.of(argument).startsWith(folder));
  }

  /**
   * Every living process of these programs that has to do with the folder: it was started with it
   * or with something in it, or, where there is a {@code /proc} that tells, it works there, as the
   * children of a server do. A person who looks around in the folder runs other programs.
   */
  static List<ProcessHandle> around(Path folder, Path programs) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> runs(process, programs))
          .filter(process -> names(process, folder) || worksIn(process, folder))
          .toList();
    }
  }

  private static boolean runs(ProcessHandle process, Path programs) {
    return process.info().command().filter(path -> Path.of(path).startsWith(programs)).isPresent();
  }

  // What cannot be read is gone meanwhile, a zombie, or somebody else's: not ours in any case.
  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      Path link = PROC.resolve(Long.toString(process.pid())).resolve("cwd");
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes the lock file that a killed postmaster left, once nothing runs around it any more.
   * PostgreSQL would do so itself, but not while the dead process is a zombie, and where the first
   * process of a container buries nobody, that is for ever. Without a {@code /proc} nobody knows
   * what works there, so it is left to PostgreSQL.
   */
  static void forgetTheDead(Path data) throws IOException {
    if (Files.isDirectory(PROC)) {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
  }
}
