package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Breakers, as clocks and people open and close them. What they do is {@link BreakerBook}'s to say;
 * a store counts, and carries it out. Every future ends, at the latest with its time-out.
 */
public interface Breakers {
  /** How many tries are counted at most. */
  int MOST = 10_000;

  /** When a type was last published that differs from what it was before. */
  Future<Instant> published();

  /** The breakers that the newest published version of each type with such a task declares. */
  Future<List<Declared>> declared();

  /**
   * How these stand, and all others that are not closed; and what was tried since then, within the
   * time of each. Costs what failed in that time, up to {@link #MOST}.
   */
  Future<List<Standing>> look(List<Declared> declared);

  /** How many runs are due and kept by each that is not closed, up to 1,000: by name, if any. */
  Future<Map<String, Long>> waiting();

  /**
   * Carries a change out, in one transaction: the breaker, its hold and its alarm.
   *
   * @param hold the uuid of the hold, should it be a new one
   * @param alarm the uuid of the alarm, likewise
   * @return how it stands then; nothing where somebody else has changed it before, or where it was
   *     to be probed and nothing is due that could
   */
  Future<Optional<BreakerRow>> change(BreakerChange change, UUID hold, UUID alarm);

  /**
   * Forgets good tries that count for nothing any more.
   *
   * @return how many notes of them were removed, so many at most
   */
  Future<Integer> forget(int most);

  /**
   * A breaker, as types declare it.
   *
   * @param tasks that have it, each as {@code type/task}
   */
  record Declared(BreakerDefinition definition, List<String> tasks) {
    public Declared {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * How a breaker stands.
   *
   * @param declared null where no type declares it any more
   * @param kept the tasks that its hold keeps, in any order; empty where it is closed
   * @param failed how many tries failed since it stands so, within its time
   * @param good how many went well; counted only where some failed, or where it is half open
   * @param letGo how many are let go to see whether things work again
   * @param now the database's time
   */
  record Standing(
      @Nullable Declared declared,
      BreakerRow row,
      List<String> kept,
      long failed,
      long good,
      int letGo,
      Instant now) {
    public Standing {
      kept = List.copyOf(kept);
    }

    /** Whether its hold keeps other tasks than those that have it. */
    public boolean isOutdated() {
      return row.state() != BreakerRow.State.CLOSED
          && (declared == null || !Set.copyOf(kept).equals(Set.copyOf(declared.tasks())));
    }
  }
}
