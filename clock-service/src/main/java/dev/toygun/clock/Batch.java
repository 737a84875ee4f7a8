package dev.toygun.clock;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Ticket;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Due.DueRow;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of one list that are about to be queued, and how many tickets they make. */
final class Batch {
  private final ListName list;
  private final int room;
  private final int most;
  private final Map<SubjectKey, DueRow> rows = new LinkedHashMap<>();
  private final int[] perHash = new int[256];
  private int tickets;

  /**
   * @param room how many tickets the list has room for
   * @param most how many rows at most
   */
  Batch(ListName list, int room, int most) {
    this.list = list;
    this.room = room;
    this.most = most;
  }

  boolean isFull() {
    return tickets >= room || rows.size() >= most;
  }

  boolean has(DueRow row) {
    return rows.containsKey(row.key());
  }

  void add(DueRow row) {
    if (rows.put(row.key(), row) == null) {
      int hash = Leases.hashOf(row.key().resource());
      if (perHash[hash]++ % Ticket.MOST == 0) {
        tickets++;
      }
    }
  }

  Iterable<DueRow> rows() {
    return rows.values();
  }

  int size() {
    return rows.size();
  }

  List<Ticket> tickets(Instant at) {
    return Tickets.of(list, rows.keySet(), Cause.CLOCK, false, at);
  }
}
