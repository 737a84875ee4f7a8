package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.TaskName;
import dev.toygun.bench.Act;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.House;
import dev.toygun.bench.Work;
import dev.toygun.bench.Workload;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import dev.toygun.store.Committed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Toygun. Tasks that are to be run are started beforehand, in a queue that nobody serves; the work
 * begins when they are moved to the one that the worker takes from, and their tickets are pushed.
 * Whoever a start wakes is in it: the resource is ticked once for the start of each task, and once
 * for its end.
 */
public final class ToygunContestant implements Contestant {
  /** Out of {@code __new__}, nine from step to step, and one to the end. */
  static final int MOVES_OF_A_CHAIN = Work.STEPS + 1;

  /** Out of {@code __new__}, and one to the end. */
  private static final int MOVES_OF_A_JOB = 2;

  private final Fleet fleet;
  private final Starts starts;
  private final Stock stock;
  private final SingleTasks singles;

  private ToygunContestant(Fleet fleet) {
    this.fleet = fleet;
    this.starts = new Starts(fleet.ground());
    this.stock = new Stock(fleet, starts);
    this.singles = new SingleTasks(fleet, stock, starts);
  }

  /** Starts its processes. */
  public static Contestant open(House house) throws Exception {
    return new ToygunContestant(Fleet.start(house));
  }

  @Override
  public List<Act> acts(Work work) {
    return work.workload() == Workload.W3
        ? List.of(Act.LATENCY, Act.LATENCY_HTTP)
        : Act.usual(work.workload());
  }

  @Override
  public Map<Role, Long> processes() {
    return fleet.processes();
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    return switch (work.workload()) {
      case W1 -> {
        TaskName name = work.code() == Work.Code.ASYNC ? BenchTypes.WALK : BenchTypes.TRUDGE;
        yield run(work.size(), name, Work.STEPS, MOVES_OF_A_CHAIN, ready);
      }
      case W2 -> {
        if (act.equals(Act.RUN_JOBS)) {
          yield run(work.size(), BenchTypes.JOB, 1, MOVES_OF_A_JOB, ready);
        }
        yield start(work.size(), act, ready);
      }
      case W3 -> singles.perform(work.size(), act, ready);
      case W4 -> new Residents(fleet, stock, starts).perform(work, ready);
      case W0 -> throw new UnsupportedOperationException(work.workload().label());
    };
  }

  /** Runs what is parked, from the moment it may be taken until the last of it has ended. */
  private ObjectNode run(int tasks, TaskName name, int steps, int moves, Runnable ready)
      throws Exception {
    List<UUID> some = stock.resources(tasks);
    stock.park();
    starts.bulk(some, name, Stock.PARKED);
    long run = stock.latest(name);
    stock.executions();
    fleet.freezeClock(); // It would find what is moved before the meter is read.
    stock.serve();
    List<Committed.Woken> woken = stock.due();
    stock.tidy();
    ready.run();
    fleet.thawClock();
    long begun = System.nanoTime();
    Launcher.wait(starts.announce(woken), Stock.MOST);
    stock.ended();
    long ended = System.nanoTime();
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) tasks * steps, stock.executions());
    stock.history(wrongs, name, run, tasks, moves);
    return figures((long) tasks * steps, ended - begun, wrongs);
  }

  /** Starts jobs that are not run. */
  private ObjectNode start(int tasks, Act act, Runnable ready) throws Exception {
    List<UUID> some = stock.resources(tasks);
    stock.park();
    stock.tidy();
    ready.run();
    long begun = System.nanoTime();
    if (act.equals(Act.BULK)) {
      starts.bulk(some, BenchTypes.JOB, Stock.PARKED);
    } else {
      starts.oneByOne(some, BenchTypes.JOB, Stock.PARKED, CALLERS);
    }
    long ended = System.nanoTime();
    Wrongs wrongs = new Wrongs();
    wrongs.unless("jobs that wait", tasks, stock.active());
    return figures(tasks, ended - begun, wrongs);
  }

  static ObjectNode figures(long units, long nanos, Wrongs wrongs) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", units);
    figures.put("seconds", nanos / 1e9);
    wrongs.tell(figures);
    return figures;
  }

  @Override
  public void close() throws IOException {
    fleet.close();
  }
}
