package dev.toygun.clock;

import dev.toygun.store.Due.DueRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What was queued of one list, oldest first.
 *
 * <p>A row is remembered with the {@code due_at} it was queued for: the same row with another one
 * is another piece of work. Lost is what is still due some time after it was queued, although its
 * list holds only tickets that were queued later: lists are first in, first out, so its ticket is
 * gone.
 */
final class Remembered {
  private final Map<SubjectKey, Entry> entries = new LinkedHashMap<>();
  private final Time time;
  private final Duration lostAfter;
  private Optional<Instant> head = Optional.empty();

  private record Entry(Instant dueAt, Instant at, long nanos) {}

  Remembered(Time time, Duration lostAfter) {
    this.time = time;
    this.lostAfter = lostAfter;
  }

  /**
   * Takes note of the list's oldest ticket, and forgets what has been lost for so long that it is
   * rather done.
   *
   * @param most how many to remember at most
   */
  void look(Optional<Instant> oldestTicket, int most) {
    head = oldestTicket;
    Iterator<Entry> each = entries.values().iterator();
    while (each.hasNext()) {
      Entry entry = each.next();
      if (entries.size() <= most && !isLost(entry, lostAfter.multipliedBy(2))) {
        return;
      }
      each.remove();
    }
  }

  /** Whether its ticket is on its way, as far as is known. */
  boolean isQueued(DueRow row) {
    Entry entry = entries.get(row.key());
    return entry != null && entry.dueAt.equals(row.dueAt()) && !isLost(entry, lostAfter);
  }

  /** Whether it was queued, and its ticket is gone. */
  boolean isLost(DueRow row) {
    Entry entry = entries.get(row.key());
    return entry != null && entry.dueAt.equals(row.dueAt()) && isLost(entry, lostAfter);
  }

  /** Remembers a row. */
  void queued(DueRow row, Instant at) {
    entries.remove(row.key()); // to the end of the order
    entries.put(row.key(), new Entry(row.dueAt(), at, time.nanos()));
  }

  /** Forgets what these leases were on. */
  void forget(Set<UUID> leases) {
    entries
        .keySet()
        .removeIf(key -> leases.contains(key.resource()) || leases.contains(key.uuid()));
  }

  int size() {
    return entries.size();
  }

  private boolean isLost(Entry entry, Duration after) {
    return time.nanos() - entry.nanos >= after.toNanos()
        && (head.isEmpty() || entry.at.isBefore(head.get()));
  }
}
