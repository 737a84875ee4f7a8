package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.TaskName;
import dev.toygun.bench.Act;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Hold;
import dev.toygun.bench.House;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Toygun: what it does of each workload. */
public final class ToygunContestant implements Contestant {
  /** Out of {@code __new__}, nine from step to step, and one to the end. */
  static final int MOVES_OF_A_CHAIN = Work.STEPS + 1;

  /** Out of {@code __new__}, and one to the end. */
  private static final int MOVES_OF_A_JOB = 2;

  private final Fleet fleet;
  private final Starts starts;
  private final Stock stock;
  private final SingleTasks singles;
  private final ParkedTasks chains;
  private final Growth growth;

  private ToygunContestant(Fleet fleet) {
    this.fleet = fleet;
    this.starts = new Starts(fleet.ground());
    this.stock = new Stock(fleet, starts);
    this.singles = new SingleTasks(fleet, stock, starts);
    this.chains = new ParkedTasks(fleet, stock, starts);
    this.growth = new Growth(fleet, stock, starts, chains);
  }

  /** Starts its processes. */
  public static Contestant open(House house) throws Exception {
    return new ToygunContestant(Fleet.start(house));
  }

  @Override
  public List<Act> acts(Work work) {
    return switch (work.workload()) {
      case W3 -> List.of(Act.LATENCY, Act.LATENCY_HTTP);
      case W5 -> Growth.acts(work.size());
      case W6 -> ScaleOut.ACTS;
      case W4 -> List.of(Act.RESIDENT, Breakdown.ACT);
      case W7 -> Flood.ACTS;
      case W0, W1, W2 -> Act.usual(work.workload());
    };
  }

  @Override
  public Map<Role, List<Long>> processes() {
    return fleet.processes();
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    return switch (work.workload()) {
      case W1 -> {
        TaskName name = work.code() == Work.Code.ASYNC ? BenchTypes.WALK : BenchTypes.TRUDGE;
        yield chains.run(work.size(), name, Work.STEPS, MOVES_OF_A_CHAIN, ready);
      }
      case W2 -> {
        if (act.equals(Act.RUN_JOBS)) {
          yield chains.run(work.size(), BenchTypes.JOB, 1, MOVES_OF_A_JOB, ready);
        }
        yield start(work.size(), act, ready);
      }
      case W3 -> singles.perform(work.size(), work.pace(), act, ready);
      case W4 ->
          act.equals(Act.RESIDENT)
              ? new Residents(fleet, stock, starts).perform(work, ready)
              : new Breakdown(fleet).perform(ready);
      case W5 -> growth.perform(work, act, ready);
      case W6 -> new ScaleOut(fleet, chains).perform(work, act, ready);
      case W7 -> new Flood(fleet, stock, starts, singles).perform(work, act, ready);
      case W0 -> {
        stock.resources(1); // One, at rest.
        yield Hold.idle(ready);
      }
    };
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

  /** What every run of tasks has. */
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
