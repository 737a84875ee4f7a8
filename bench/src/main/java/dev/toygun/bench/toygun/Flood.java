package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Single tasks of one type, alone and while another type has more ticks queued than it can do. */
final class Flood {
  private static final Act ALONE = new Act("latency", "alone", "tasks", false);
  private static final Act BESIDE = new Act("latency", "flooded", "tasks", false);
  static final List<Act> ACTS = List.of(ALONE, BESIDE);

  private static final int TASKS = 200;
  private static final Duration START = Duration.ofSeconds(60);

  /** The clock has found them, and the worker is full of them. */
  private static final Duration RISES = Duration.ofSeconds(2);

  private static final Duration OVER = Duration.ofMinutes(10);
  private static final long LOOK_MS = 500;

  private final Fleet fleet;
  private final Stock stock;
  private final Starts starts;
  private final SingleTasks singles;

  Flood(Fleet fleet, Stock stock, Starts starts, SingleTasks singles) {
    this.fleet = fleet;
    this.stock = stock;
    this.starts = starts;
    this.singles = singles;
  }

  ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    int tasks = Math.min(TASKS, work.size() / 100);
    work.warmUp(hurried -> singles.perform(tasks, hurried.pace(), Act.LATENCY, () -> {}));
    if (act.equals(ALONE)) {
      return singles.perform(tasks, work.pace(), Act.LATENCY, ready);
    }
    List<UUID> resources = stock.resources(tasks);
    work.warmUp(
        hurried -> flooded(work.size())); // The code of a flood is not that of a quiet worker.
    flood(work.size());
    long before = fleet.sql().number(LEFT);
    ObjectNode figures = singles.start(resources, work.pace(), Act.LATENCY, ready);
    long left = fleet.sql().number(LEFT);
    figures.put("ticks_before", before);
    figures.put("ticks_left", left);
    if (left == 0 || left == before) {
      Wrongs wrongs = new Wrongs();
      wrongs.add("it was not flooded all the time: %,d ticks, then %,d".formatted(before, left));
      wrongs.tell(figures);
    }
    return figures;
  }

  private static final String LEFT =
      """
      select count(*) from tasks where active and type = 'heavy'
      """;

  private void flooded(int ticks) throws Exception {
    flood(ticks);
    long until = System.nanoTime() + OVER.toNanos();
    while (fleet.sql().number(LEFT) > 0) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("%,d ticks were not done in %s".formatted(ticks, OVER));
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private void flood(int ticks) throws Exception {
    UUID one = stock.add(BenchTypes.HEAVY, 1).get(0);
    stock.park();
    Launcher.wait(starts.one(one, BenchTypes.HAUL, Stock.PARKED), START);
    new Copies(fleet.sql()).of(one, ticks - 1, Stock.PARKED);
    stock.serve();
    Thread.sleep(RISES.toMillis());
  }
}
