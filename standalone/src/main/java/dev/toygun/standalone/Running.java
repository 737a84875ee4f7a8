package dev.toygun.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes that are not children of this one.
 *
 * <p>A dead one may stay in the list of processes as a zombie, for ever where the first process of
 * a container buries nobody; so {@link ProcessHandle#isAlive} says too much. A zombie runs no
 * program.
 */
public final class Running {
  private static final Duration LOOK = Duration.ofMillis(20);

  private Running() {}

  /** The program that a process runs; nothing where it is dead, or a zombie. */
  public static Optional<String> program(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command());
  }

  /** Whether a process runs this program, by the end of its path. */
  public static boolean is(long pid, String program) {
    return program(pid).filter(path -> path.endsWith(program)).isPresent();
  }

  /**
   * Every other process that works in a folder, or names it among its words. On systems without
   * {@code /proc} only the latter are found.
   */
  public static List<Long> in(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> names(process, folder) || worksIn(process.pid(), folder))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean names(ProcessHandle process, Path folder) {
    return Stream.of(process.info().arguments().orElse(new String[0]))
        .anyMatch(word -> word.contains(folder.toString()));
  }

  // PostgreSQL's own processes call themselves otherwise, but all of them work in their folder.
  private static boolean worksIn(long pid, Path folder) {
    try {
      Path cwd = Path.of("/proc", String.valueOf(pid), "cwd");
      return Files.isSymbolicLink(cwd) && Files.readSymbolicLink(cwd).startsWith(folder);
    } catch (IOException e) {
      return false; // Gone, a zombie, or somebody else's.
    }
  }

  /** Kills every process of {@link #in}. */
  public static void killIn(Path folder) {
    List<Long> all = in(folder);
    all.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    all.forEach(pid -> ends(pid, Duration.ofSeconds(5)));
  }

  /** Asks a process to end, and kills it after this time. Returns once it runs no more. */
  static void end(long pid, Duration most) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    if (!ends(pid, most)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      ends(pid, most);
    }
  }

  /** Whether a process runs no more, at the latest after this time. */
  public static boolean ends(long pid, Duration most) {
    for (Duration waited = Duration.ZERO; waited.compareTo(most) < 0; waited = waited.plus(LOOK)) {
      if (program(pid).isEmpty()) {
        return true;
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return program(pid).isEmpty();
  }
}
