package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.TaskName;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import dev.toygun.store.Committed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tasks that are started beforehand, in a queue that nobody serves; the work begins when they are
 * moved to the one that the worker takes from, and their tickets are pushed. Whoever a start wakes
 * is in it: the resource is ticked once for the start of each task, and once for its end.
 */
final class ParkedTasks {
  private final Fleet fleet;
  private final Stock stock;
  private final Starts starts;

  ParkedTasks(Fleet fleet, Stock stock, Starts starts) {
    this.fleet = fleet;
    this.stock = stock;
    this.starts = starts;
  }

  /** Runs what is parked, from the moment it may be taken until the last of it has ended. */
  ObjectNode run(int tasks, TaskName name, int steps, int moves, Runnable ready) throws Exception {
    List<UUID> some = stock.resources(tasks);
    stock.park();
    starts.bulk(some, name, Stock.PARKED);
    long run = stock.latest(name);
    stock.executions();
    fleet.freezeClock(); // It would find what is moved before it is announced.
    stock.serve();
    stock.tidy();
    List<Committed.Woken> woken = stock.dueNow();
    Instant at = fleet.ground().time().now();
    ready.run();
    long begun = System.nanoTime();
    Launcher.wait(starts.announce(woken, at), Stock.MOST);
    fleet.thawClock();
    stock.ended();
    long ended = System.nanoTime();
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) tasks * steps, stock.executions());
    stock.history(wrongs, name, run, tasks, moves);
    return ToygunContestant.figures((long) tasks * steps, ended - begun, wrongs);
  }
}
