package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a clock needs of a store to remove what is old. Each call is short and a transaction of its
 * own at most. Every future ends, at the latest with its time-out.
 */
public interface Retention {
  /** The tables from which something is removed. */
  List<String> TABLES =
      List.of(
          "alarms",
          "audit",
          "bulk_items",
          "bulks",
          "changes",
          "errors",
          "holds",
          "hops",
          "log",
          "observations",
          "resources",
          "schedules",
          "signals",
          "tasks",
          "thinned",
          "transitions",
          "triggers",
          "usage");

  /**
   * Of which tasks there are ended runs, and of which types ended resources; how long they stay.
   */
  Future<List<Old>> ended();

  /**
   * Looks at what is there of this kind, the oldest first.
   *
   * @param after the one after which to go on; null to begin
   * @param most how many to look at
   */
  Future<Look> look(Old old, @Nullable Seen after, int most);

  /**
   * Removes these, with all that is theirs, if they are still to go; of what lives, what was
   * written about it. What has an open alarm, a child, or is on hold stays as it is. Of each table
   * so many rows at most: what has more is removed piece by piece, and itself with the last one.
   */
  Future<Removed> remove(Old old, List<Seen> seen, int rows);

  /** Removes what is no resource's: requests that were noted, and holds that are over. */
  Future<Removed> removeRest(Settings keep, int rows);

  /** Whether anything is removed. */
  enum Mode {
    /** What is older than types and settings say. */
    POLICY,
    /** Nothing. */
    FOREVER
  }

  /**
   * How long that stays of which no type says it.
   *
   * @param history what is written about resources and tasks that live, and holds that are over
   * @param audit what somebody asked for
   */
  record Settings(Mode mode, Duration history, Duration audit) {
    /** 400 days each. */
    public static final Settings STANDARD =
        new Settings(Mode.POLICY, Duration.ofDays(400), Duration.ofDays(400));
  }

  /** One that was looked at, and when it ended. */
  record Seen(SubjectKey key, Instant at) {}

  /**
   * What a look came to.
   *
   * @param over those that are to go
   * @param upto the last one that was looked at; null where there are no more
   */
  record Look(List<Seen> over, @Nullable Seen upto) {
    public Look {
      over = List.copyOf(over);
    }
  }

  /**
   * What was removed.
   *
   * @param rows by table
   * @param more whether the same call would remove more
   */
  record Removed(Map<String, Integer> rows, boolean more) {
    /** Nothing. */
    public static final Removed NOTHING = new Removed(Map.of(), false);

    public Removed {
      rows = Map.copyOf(rows);
    }
  }
}
