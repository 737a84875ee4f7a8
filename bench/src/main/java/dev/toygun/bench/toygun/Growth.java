package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Work;
import dev.toygun.service.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Steps beside resources that are there already, each with a finished task of ten steps and its
 * history: a hundredth of the size, a tenth of it, all of it.
 */
final class Growth {
  private static final int CHAINS = 2_000;
  private static final Duration START = Duration.ofSeconds(60);

  private final Fleet fleet;
  private final Stock stock;
  private final Starts starts;
  private final ParkedTasks chains;
  private int copies;

  Growth(Fleet fleet, Stock stock, Starts starts, ParkedTasks chains) {
    this.starts = starts;
    this.fleet = fleet;
    this.stock = stock;
    this.chains = chains;
  }

  static List<Act> acts(int size) {
    return Stream.of(size / 100, size / 10, size)
        .map(many -> new Act("run", "%,d".formatted(many), "steps", false))
        .toList();
  }

  ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    int many = Integer.parseInt(act.variant().replace(",", ""));
    int tasks = Math.min(CHAINS, work.size());
    work.warmUp(hurried -> run(tasks, () -> {}));
    new Copies(fleet.sql()).of(model(), many - copies, "kept");
    copies = many;
    run(tasks, () -> {}); // What was made has thrown everything out of the caches.
    ObjectNode figures = run(tasks, ready);
    figures.put("resources", fleet.sql().number("select count(*) from resources"));
    figures.put("transitions", fleet.sql().number("select count(*) from transitions"));
    return figures;
  }

  /** One that has run a task of ten steps, once. */
  private UUID model() throws Exception {
    UUID one = stock.add(BenchTypes.TYPE, 1).get(0);
    Launcher.wait(starts.one(one, BenchTypes.WALK, Stock.SERVED), START);
    stock.runOff();
    return one;
  }

  private ObjectNode run(int tasks, Runnable ready) throws Exception {
    return chains.run(tasks, BenchTypes.WALK, Work.STEPS, ToygunContestant.MOVES_OF_A_CHAIN, ready);
  }
}
