package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.toygun.ToygunContestant;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the peers do the work in turn, round after round, so that a slow minute hits all of them. */
public final class Rounds {
  private final House house;
  private final Meter meter;
  private final PrintWriter out;
  private final Consumer<ObjectNode> lines;

  /**
   * Rounds in this house.
   *
   * @param out is told what happens
   * @param lines takes each run as an object of JSON
   */
  public Rounds(House house, PrintWriter out, Consumer<ObjectNode> lines) {
    this.house = house;
    this.meter = new Meter(house);
    this.out = out;
    this.lines = lines;
  }

  /** What all of them came to. */
  public Table run(Work work, List<Peer> peers, int rounds) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Peer peer : peers) {
        if (peer.does(work.workload())) {
          runs.addAll(one(work, peer, round));
        }
      }
    }
    return new Table(work, runs);
  }

  /** One round of one peer: it starts, warms up, does its acts, and stops. */
  private List<Run> one(Work work, Peer peer, int round) throws Exception {
    house.settle();
    List<Run> runs = new ArrayList<>();
    try (Contestant contestant = open(peer)) {
      List<Act> acts = contestant.acts(work);
      if (warmsUp(work.workload())) {
        work.warmUp(hurried -> once(contestant, hurried, acts));
      }
      for (Act act : acts) {
        runs.add(measured(contestant, work, peer, act, round));
      }
    } catch (Exception e) {
      // The others are measured all the same.
      runs.add(failed(work, peer, new Act("start", "", "units", false), round, e));
    }
    List<Run> counted = counted(runs);
    counted.forEach(this::tell);
    return counted;
  }

  private static void once(Contestant contestant, Work work, List<Act> acts) throws Exception {
    for (Act act : acts) {
      if (!act.best() || act.equals(acts.get(0))) {
        contestant.perform(work, act, () -> {});
      }
    }
  }

  /**
   * A JVM that has just begun is slow. A resident load is held for long enough to forget that; and
   * who changes from act to act warms up in each.
   */
  private static boolean warmsUp(Workload workload) {
    return switch (workload) {
      case W1, W2, W3 -> true;
      case W0, W4, W5, W6, W7 -> false;
    };
  }

  private Contestant open(Peer peer) throws Exception {
    return switch (peer) {
      case TOYGUN -> ToygunContestant.open(house);
      case MACHINE, DB_SCHEDULER, DBOS_JAVA, LIMIT_ONE, LIMIT_GROUP -> Child.open(house, peer);
    };
  }

  private Run measured(Contestant contestant, Work work, Peer peer, Act act, int round) {
    Begin begin = new Begin(contestant);
    try {
      ObjectNode figures = contestant.perform(work, act, begin);
      Meter.add(figures, begin.reading(), meter.read(contestant.processes()));
      return Run.of(peer, work, act, round, figures);
    } catch (Exception e) {
      return failed(work, peer, act, round, e);
    }
  }

  private static Run failed(Work work, Peer peer, Act act, int round, Exception e) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.putArray("wrong").add(e.toString());
    return Run.of(peer, work, act, round, figures);
  }

  /** Reads the meter at the moment in which the work begins. */
  private final class Begin implements Runnable {
    private final Contestant contestant;
    private Meter.@Nullable Reading reading;

    Begin(Contestant contestant) {
      this.contestant = contestant;
    }

    @Override
    public void run() {
      try {
        house.admin().run("checkpoint");
        reading = meter.read(contestant.processes());
      } catch (Exception e) {
        throw new IllegalStateException("the counters cannot be read", e);
      }
    }

    Meter.Reading reading() {
      if (reading == null) {
        throw new IllegalStateException("it never said that it was ready");
      }
      return reading;
    }
  }

  /** Of several tries of the same, the fastest. */
  private static List<Run> counted(List<Run> runs) {
    List<Run> counted = new ArrayList<>(runs.stream().filter(run -> !run.act().best()).toList());
    runs.stream()
        .filter(run -> run.act().best())
        .max(Comparator.comparing(Run::valid).thenComparing(Run::rate))
        .ifPresent(counted::add);
    return counted;
  }

  private void tell(Run run) {
    lines.accept(run.figures());
    out.printf(
        "round %d  %-16s %-12s %s%n",
        run.round(),
        run.who(),
        run.act().label(),
        run.valid()
            ? "%,.0f %s/s".formatted(run.rate(), run.act().unit())
            : "INVALID: " + String.join("; ", run.wrong()));
    out.flush();
  }
}
