package dev.toygun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time of processes, as Linux counts it: in hundredths of a second. */
final class Cpu {
  private static final double TICKS_PER_S = 100;
  private static final int UTIME = 11;
  private static final int CUTIME = 13;

  private Cpu() {}

  /** What a process has used, in seconds; 0 where it is gone. */
  static double of(long pid) {
    return sum(pid, UTIME, 2);
  }

  /**
   * What a process and its children have used, those that have ended included: a PostgreSQL is its
   * postmaster, and a child for each connection.
   */
  static double ofTree(long pid) {
    List<Long> children =
        ProcessHandle.of(pid)
            .map(process -> process.children().map(ProcessHandle::pid).toList())
            .orElse(List.of());
    return of(pid) + sum(pid, CUTIME, 2) + children.stream().mapToDouble(Cpu::of).sum();
  }

  private static double sum(long pid, int first, int many) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // The program's name, in parentheses, may hold anything.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return fields.subList(first, first + many).stream().mapToLong(Long::parseLong).sum()
          / TICKS_PER_S;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The most memory that a process has had, in MiB; 0 where it is gone. */
  static double peakMemory(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
    } catch (IOException e) {
      // Gone.
    }
    return 0;
  }

  /** The load of the machine over the last minute. */
  static double load() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    } catch (IOException e) {
      return 0;
    }
  }
}
