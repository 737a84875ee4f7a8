package dev.toygun.cli.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What is killed in a run, and when: all of it follows from a seed. */
record Blows(long seed, List<Blow> blows) {
  private static final int LONGEST_PAUSE_MS = 4_500;
  private static final int SHORTEST_PAUSE_MS = 1_500;
  private static final int LONGEST_DEATH_MS = 6_000;

  /** Whoever may be killed. */
  enum Victim {
    WORKER_A,
    WORKER_B,
    CLOCK,
    REDIS,
    POSTGRES;

    /** The name of its process. */
    String process() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One is killed.
   *
   * @param after how long after the run began
   * @param away how long it stays away
   */
  record Blow(Victim victim, Duration after, Duration away) {
    /** When it comes back, after the run began. */
    Duration back() {
      return after.plus(away);
    }

    @Override
    public String toString() {
      return "%s at %.1f s for %.1f s"
          .formatted(victim.process(), after.toMillis() / 1e3, away.toMillis() / 1e3);
    }
  }

  /**
   * Those of this seed. Each victim is hit in each round, in an order of its own, and at least once
   * in any run; nobody is killed who is dead, but several may be dead at once.
   */
  static Blows of(long seed, Duration length) {
    Random random = new Random(seed);
    List<Blow> blows = new ArrayList<>();
    List<Victim> round = new ArrayList<>();
    Map<Victim, Duration> back = new EnumMap<>(Victim.class);
    Duration at = Duration.ofMillis(between(random, 0, SHORTEST_PAUSE_MS));
    while (at.compareTo(length) < 0 || blows.size() < Victim.values().length) {
      if (round.isEmpty()) {
        round.addAll(List.of(Victim.values()));
        Collections.shuffle(round, random);
      }
      Victim victim = round.remove(0);
      Duration lives = back.getOrDefault(victim, Duration.ZERO);
      at = at.compareTo(lives) < 0 ? lives : at;
      Blow blow = new Blow(victim, at, Duration.ofMillis(between(random, 200, LONGEST_DEATH_MS)));
      blows.add(blow);
      back.put(victim, blow.back().plusMillis(SHORTEST_PAUSE_MS));
      at = at.plusMillis(between(random, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
    return new Blows(seed, List.copyOf(blows));
  }

  private static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + blows;
  }
}
