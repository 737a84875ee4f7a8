package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Work;
import java.util.List;
import java.util.stream.Stream;

/** Steps that wait on threads, run by more and more workers. */
final class ScaleOut {
  static final List<Act> ACTS =
      Stream.of(1, 2, 4).map(workers -> new Act("run", workers + "w", "steps", false)).toList();

  private final Fleet fleet;
  private final ParkedTasks chains;

  ScaleOut(Fleet fleet, ParkedTasks chains) {
    this.fleet = fleet;
    this.chains = chains;
  }

  ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    int workers = Integer.parseInt(act.variant().replace("w", ""));
    fleet.workers(workers);
    work.warmUp(hurried -> run(work.size(), () -> {}));
    ObjectNode figures = run(work.size(), ready);
    figures.put("workers", workers);
    return figures;
  }

  private ObjectNode run(int tasks, Runnable ready) throws Exception {
    return chains.run(tasks, BenchTypes.WAIT, Work.STEPS, ToygunContestant.MOVES_OF_A_CHAIN, ready);
  }
}
