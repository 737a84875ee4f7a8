package dev.toygun.clock;

import dev.toygun.store.Due.DueRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of one list becomes due by the passing of time, seen before it does. Whatever becomes due
 * while a look covers its moment, and was not seen, was made due by somebody.
 */
final class Ahead {
  /* A moment may be over before its first look is answered. */
  private static final Duration BEGINS_AFTER = Duration.ofSeconds(1);

  /* A worker itself times what it makes due within that time: no look need have seen it. */
  private static final Duration MOST_BETWEEN = Duration.ofSeconds(1);

  private final NavigableSet<DueRow> rows = new TreeSet<>(DueScan.ORDER);
  private @Nullable Instant from;
  private @Nullable Instant upto;
  private @Nullable Instant looked;

  /**
   * These are all that will become due from now until then, as far as is known now.
   *
   * @param coming some of which may be due by now
   * @param most how many rows to remember at most; where there are more, nothing is known of any
   */
  void saw(Instant now, Instant then, List<DueRow> coming, int most) {
    boolean gap = looked == null || now.isAfter(looked.plus(MOST_BETWEEN));
    if (gap || upto == null || now.isAfter(upto)) {
      from = now.plus(BEGINS_AFTER);
    }
    looked = now;
    upto = then;
    for (DueRow row : coming) {
      if (row.ahead()) {
        rows.add(row);
      } else if (gap && row.dueAt().isAfter(from)) {
        from = row.dueAt();
      }
    }
    if (rows.size() > most) {
      rows.clear();
      from = then;
    }
  }

  /** All up to this moment has been looked at, and is queued or on its way. */
  void passed(Instant moment) {
    while (!rows.isEmpty() && !rows.first().dueAt().isAfter(moment)) {
      rows.pollFirst();
    }
  }

  /** Whether somebody made it due, who pushes a ticket for it himself. */
  boolean isOthers(DueRow row) {
    return from != null
        && upto != null
        && row.dueAt().isAfter(from)
        && !row.dueAt().isAfter(upto)
        && !rows.contains(row);
  }

  int size() {
    return rows.size();
  }
}
