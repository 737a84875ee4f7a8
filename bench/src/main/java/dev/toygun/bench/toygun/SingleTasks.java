package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Latencies;
import dev.toygun.bench.Paced;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tasks that are started one after the other while nothing else is going on. */
final class SingleTasks {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Fleet fleet;
  private final Stock stock;
  private final Starts starts;

  SingleTasks(Fleet fleet, Stock stock, Starts starts) {
    this.fleet = fleet;
    this.stock = stock;
    this.starts = starts;
  }

  /** How a task is begun. */
  private interface Start {
    /** The run that has begun. */
    Future<UUID> on(UUID resource);
  }

  ObjectNode perform(int tasks, Duration pace, Act act, Runnable ready) throws Exception {
    List<UUID> resources = stock.resources(tasks);
    stock.tidy();
    return start(resources, pace, act, ready);
  }

  /** Starts a task on each of these, which are at rest. */
  ObjectNode start(List<UUID> resources, Duration pace, Act act, Runnable ready) throws Exception {
    int tasks = resources.size();
    Start start =
        act.equals(Act.LATENCY_HTTP)
            ? fleet.api()::start
            : resource -> starts.one(resource, BenchTypes.WALK, Stock.SERVED);
    long run = stock.latest(BenchTypes.WALK) + 1;
    Latencies latencies = new Latencies(tasks);
    List<Future<UUID>> begun = new ArrayList<>();
    fleet.tally();
    ready.run();
    long from = System.nanoTime();
    Paced.each(
        tasks,
        pace,
        number -> {
          latencies.started(number, System.nanoTime());
          begun.add(
              start
                  .on(resources.get(number))
                  .onSuccess(told -> latencies.answered(number, System.nanoTime())));
        });
    Launcher.wait(Future.all(begun), ANSWER);
    stock.ended(begun.stream().map(Future::result).toList());
    long until = System.nanoTime();
    JsonNode tally = fleet.tally();
    moments(tally, begun, latencies);
    Wrongs wrongs = new Wrongs();
    wrongs.unless("executions", (long) tasks * Work.STEPS, tally.path("executions").asLong());
    stock.history(wrongs, BenchTypes.WALK, run, tasks, ToygunContestant.MOVES_OF_A_CHAIN);
    ObjectNode figures = ToygunContestant.figures(tasks, until - from, wrongs);
    latencies.tell(figures, wrongs);
    wrongs.tell(figures);
    return figures;
  }

  private static void moments(JsonNode tally, List<Future<UUID>> begun, Latencies latencies) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int number = 0; number < begun.size(); number++) {
      numbers.put(begun.get(number).result().toString(), number);
    }
    for (JsonNode moment : tally.path("moments")) {
      Integer number = numbers.get(moment.path(0).asText());
      if (number != null) {
        latencies.ran(number, moment.path(1).asInt(), moment.path(2).asLong());
      }
    }
  }
}
