package dev.toygun.worker;

import dev.toygun.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks suspects, which two workers in a row have died of, or beside, with nothing else in flight.
 *
 * <p>One that is ticked alone is condemned by the next death, and nobody else is. But to tick each
 * alone takes as long as all of their ticks together, and of many most are innocent: the machine
 * died. So once a minute has gone into that, as many are ticked at once as this worker has
 * survived: twice as many each time. A death of such a group condemns nobody; whoever takes over
 * begins with one alone. So each death either finds who is poisonous, or leaves about half of the
 * suspects.
 *
 * <p>Nothing else is taken on meanwhile, for a minute and a group; after that ordinary work has as
 * long to itself.
 */
final class Isolation {
  /**
   * How long it waits for others to end, and for a group; after how long others have their time;
   * and how much of a worker's life goes into suspects that are ticked alone.
   */
  private static final Duration WHILE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

  private final Hands hands;
  private final Time time;
  private final Runnable opened;
  private final ArrayDeque<Suspect> suspects = new ArrayDeque<>();
  private final List<Errand> group = new ArrayList<>();
  private Phase phase = Phase.OPEN;

  /** When it closed, and when the group began. */
  private long closedAt;

  private long begunAt;

  /** Of what is waited for: what was waited for before is no longer. */
  private int waits;

  /** How long suspects were alone, and how many were survived. */
  private long alone;

  private int survived;

  private record Suspect(Errand errand, Runnable tick) {}

  private enum Phase {
    /** There are no suspects. */
    OPEN,
    /** They wait for others to end, or are ticked. */
    CLOSED,
    /** They wait while others have their time. */
    RESTS
  }

  /**
   * Nobody is suspected yet.
   *
   * @param hands what is in flight, those that wait here included
   * @param opened is run as others may be taken on again
   */
  Isolation(Hands hands, Time time, Runnable opened) {
    this.hands = hands;
    this.time = time;
    this.opened = opened;
  }

  /** Whether nothing else is taken on. */
  boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  /** This one is to be ticked once it has its turn. */
  void add(Errand errand, Runnable tick) {
    suspects.add(new Suspect(errand, tick));
    if (phase == Phase.OPEN) {
      close();
    }
    over();
  }

  private void close() {
    phase = Phase.CLOSED;
    closedAt = time.nanos();
    LOG.warn("nothing else is taken on while {} suspects are ticked", suspects.size());
    awaitOthers();
  }

  /** An errand is over, or will not be: perhaps it is a suspect's turn. */
  void over() {
    suspects.removeIf(suspect -> suspect.errand().over);
    if (phase != Phase.CLOSED) {
      return;
    }
    if (group.isEmpty()) {
      turn();
    } else if (group.stream().allMatch(errand -> errand.over)) {
      survived();
    }
  }

  private void turn() {
    if (suspects.isEmpty()) {
      open();
    } else if (hands.size() <= suspects.size()) {
      begin();
    }
  }

  private void awaitOthers() {
    inTime(
        () -> {
          LOG.warn("suspects are ticked beside {} others, which do not end", hands.size());
          begin();
        });
  }

  private void begin() {
    begunAt = time.nanos();
    List<Suspect> next = new ArrayList<>();
    int most = alone < WHILE.toNanos() ? 1 : survived;
    while (next.size() < most && !suspects.isEmpty()) {
      next.add(suspects.remove());
    }
    for (Suspect suspect : next) {
      group.add(suspect.errand());
      suspect.errand().alone = true;
      suspect.errand().noted.isSpared = next.size() > 1;
    }
    inTime(
        () -> {
          LOG.warn("others are ticked beside {} suspects, which do not end", group.size());
          survived();
        });
    next.forEach(suspect -> suspect.tick().run());
  }

  private void survived() {
    long now = time.nanos();
    alone += group.size() == 1 ? now - begunAt : 0;
    survived += group.size();
    group.clear();
    if (!suspects.isEmpty() && now - closedAt >= WHILE.toNanos()) {
      rest(Duration.ofNanos(now - closedAt));
    } else {
      awaitOthers();
      turn();
    }
  }

  private void rest(Duration closed) {
    open();
    phase = Phase.RESTS;
    LOG.warn("{} suspects wait for {} s", suspects.size(), closed.toSeconds());
    time.after(
        closed,
        () -> {
          phase = Phase.OPEN;
          if (!suspects.isEmpty()) {
            close();
            over();
          }
        });
  }

  private void open() {
    waits++;
    phase = Phase.OPEN;
    opened.run();
  }

  private void inTime(Runnable action) {
    int before = ++waits;
    time.after(
        WHILE,
        () -> {
          if (waits == before) {
            action.run();
          }
        });
  }
}
