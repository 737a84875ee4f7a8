package dev.toygun.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the runs of a workload came to: minimum, median and maximum of each, and ratios. */
public final class Table {
  /** What is shown beside the rate: the figure's name, how it is headed, and its decimals. */
  private record Column(String figure, String head, int decimals) {}

  private static final List<Column> COST =
      List.of(
          new Column("cpu_us_per_unit", "CPU µs", 1),
          new Column("cpu_worker_us_per_unit", "worker", 1),
          new Column("cpu_server_us_per_unit", "server", 1),
          new Column("commits_per_unit", "commits", 3),
          new Column("wal_bytes_per_unit", "WAL B", 0),
          new Column("redis_calls_per_unit", "Redis", 3));

  private static final List<Column> IDLE =
      List.of(
          new Column("cpu_s_per_min", "CPU s/min", 2),
          new Column("commits_per_unit", "commits", 2),
          new Column("redis_calls_per_unit", "Redis", 1));

  private static final List<Column> LATENCY =
      List.of(
          new Column("answer_p50_ms", "answer p50", 2),
          new Column("first_p50_ms", "first p50", 2),
          new Column("first_p99_ms", "first p99", 2),
          new Column("tenth_p50_ms", "tenth p50", 2),
          new Column("tenth_p99_ms", "tenth p99", 2));

  private static final List<Column> LAG =
      List.of(
          new Column("cpu_s_per_min", "CPU s/min", 1),
          new Column("lag_p50_ms", "lag p50", 0),
          new Column("lag_p99_ms", "lag p99", 0),
          new Column("lag_max_ms", "lag max", 0),
          new Column("rows_per_min", "rows/min", 0),
          new Column("peak_clock_mib", "clock MiB", 0),
          new Column("peak_worker_mib", "worker MiB", 0));

  private final Work work;
  private final List<Run> runs;

  Table(Work work, List<Run> runs) {
    this.work = work;
    this.runs = List.copyOf(runs);
  }

  /** Whether every run did the work that it was meant to. */
  public boolean valid() {
    return !runs.isEmpty() && runs.stream().allMatch(Run::valid);
  }

  /** Every run, in the order in which it was made. */
  List<Run> runs() {
    return runs;
  }

  /** The same act of the same peer in every round. */
  private record Line(String who, Act act, List<Run> runs) {
    Optional<double[]> figure(String name) {
      double[] all =
          runs.stream()
              .filter(Run::valid)
              .flatMapToDouble(run -> run.figure(name).stream())
              .sorted()
              .toArray();
      return all.length == 0
          ? Optional.empty()
          : Optional.of(new double[] {all[0], median(all), all[all.length - 1]});
    }

    private static double median(double[] sorted) {
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Run run : runs) {
      Predicate<Line> same =
          line -> line.who().equals(run.who()) && line.act().name().equals(run.act().name());
      lines.stream()
          .filter(same)
          .findFirst()
          .orElseGet(
              () -> {
                Line made = new Line(run.who(), run.act(), new ArrayList<>());
                lines.add(made);
                return made;
              })
          .runs()
          .add(run);
    }
    return lines;
  }

  /** Prints it. */
  public void print(PrintWriter out) {
    out.printf(
        "%n%s: %s (%,d %s)%n",
        work.workload().label(), work.workload().what(), work.size(), work.workload().unit());
    List<Column> columns =
        switch (work.workload()) {
          case W0 -> IDLE;
          case W1, W2, W5, W6 -> COST;
          case W3, W7 -> LATENCY;
          case W4 -> LAG;
        };
    out.printf("%-18s %-11s %29s", "", "", "rate/s  min · median · max");
    columns.forEach(column -> out.printf(" %10s", column.head()));
    out.println();
    for (Line line : lines()) {
      out.printf("%-18s %-11s %29s", line.who(), line.act().name(), three(line));
      for (Column column : columns) {
        out.printf(
            " %10s",
            line.figure(column.figure())
                .map(three -> ("%,." + column.decimals() + "f").formatted(three[1]))
                .orElse("–"));
      }
      out.println();
    }
    runs.stream()
        .filter(run -> !run.valid())
        .forEach(
            run ->
                out.printf(
                    "INVALID  round %d %s %s: %s%n",
                    run.round(), run.who(), run.act().label(), String.join("; ", run.wrong())));
    ratios(out);
    out.flush();
  }

  private static String three(Line line) {
    return line.figure(line.act().rate())
        .map(three -> "%,.0f · %,.0f · %,.0f".formatted(three[0], three[1], three[2]))
        .orElse("INVALID");
  }

  /** Toygun beside everybody else, by the medians. */
  private void ratios(PrintWriter out) {
    List<Line> lines = lines();
    for (Line ours : lines) {
      if (!ours.runs().get(0).peer().equals(Peer.TOYGUN)) {
        continue;
      }
      for (Line theirs : lines) {
        boolean later = lines.indexOf(theirs) > lines.indexOf(ours);
        boolean itself = theirs.runs().get(0).peer().equals(Peer.TOYGUN) && later;
        if (!theirs.equals(ours) && !itself && theirs.act().name().equals(ours.act().name())) {
          compared(ours.act()).forEach(figure -> ratio(out, figure, ours, theirs));
        }
      }
    }
  }

  /** Of what the ratio is told. */
  private List<String> compared(Act act) {
    return switch (work.workload()) {
      case W0 -> List.of("cpu_s_per_min");
      case W1, W2, W5, W6 -> List.of(act.rate());
      case W3, W7 -> List.of("first_p50_ms", "first_p99_ms", "tenth_p50_ms");
      case W4 -> List.of("cpu_s_per_min", "lag_p99_ms");
    };
  }

  private static void ratio(PrintWriter out, String figure, Line ours, Line theirs) {
    if (theirs.figure(figure).isEmpty() || ours.figure(figure).isEmpty()) {
      return;
    }
    double theirMedian = theirs.figure(figure).get()[1];
    if (theirMedian > 0) {
      out.printf(
          "%-11s %-14s %s / %-18s %7.2f%n",
          ours.act().name(),
          figure,
          ours.who(),
          theirs.who(),
          ours.figure(figure).get()[1] / theirMedian);
    }
  }
}
