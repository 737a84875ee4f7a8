package dev.toygun.bench.toygun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Hold;
import dev.toygun.bench.Work;
import dev.toygun.bench.Written;
import dev.toygun.bench.Wrongs;
import dev.toygun.service.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Resources at rest, each with a task that checks something every minute and changes nothing. */
final class Residents {
  private static final Duration START = Duration.ofSeconds(60);

  /** What is written however many resources there are: that clocks and workers are there. */
  private static final Set<String> HOUSEKEEPING = Set.of("passes", "type_builds", "counts");

  private final Fleet fleet;
  private final Stock stock;
  private final Starts starts;

  Residents(Fleet fleet, Stock stock, Starts starts) {
    this.fleet = fleet;
    this.stock = stock;
    this.starts = starts;
  }

  ObjectNode perform(Work work, Runnable ready) throws Exception {
    List<UUID> one = stock.resources(1);
    Launcher.wait(starts.one(one.get(0), BenchTypes.WATCH, Stock.SERVED), START);
    stock.await("select (count(*) = 0)::int from tasks where bucket is not null");
    new Copies(fleet.sql()).of(one.get(0), work.size() - 1, Stock.SERVED);
    Wrongs wrongs = new Wrongs();
    Written written = new Written(fleet.sql());
    ObjectNode figures = Hold.load(work, fleet::tally, written, ready, wrongs);
    written.tell(figures).forEach((table, rows) -> nothingIsWritten(table, rows, wrongs));
    wrongs.unless(
        "tasks that poll",
        work.size(),
        fleet.sql().number("select count(*) from tasks where active and every_s is not null"));
    wrongs.tell(figures);
    return figures;
  }

  private static void nothingIsWritten(String table, long rows, Wrongs wrongs) {
    if (!HOUSEKEEPING.contains(table)) {
      wrongs.unless("rows written to " + table, 0, rows);
    }
  }
}
