package dev.toygun.clock;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.store.Due;
import dev.toygun.store.Due.DueRow;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the due rows of one kind and one list, in their order.
 *
 * <pre>
 *   oldest ───────────────────────────────────────────► newest
 *     sweep ──►                overlap ──► │ front ──►
 *     from the start,          what was    │ what is new
 *     every few seconds        committed late
 * </pre>
 *
 * <p>In front of the cursor everything is queued once, whether leased or not: who holds the lease
 * is told of it. Behind it are rows that were queued and are being ticked, so only those are queued
 * that are neither remembered nor leased. Without the cursor, rows in flight at the head would fill
 * every page, and those behind them would starve.
 */
final class DueScan {
  private static final int OVERLAP_PAGES = 2;
  private static final int SWEEP_PAGES = 8;

  /* Before every other row of its moment, in Postgres's order of uuids. */
  private static final SubjectKey FIRST = SubjectKey.ofResource(new UUID(0, 0));

  private static final Comparator<DueRow> ORDER =
      Comparator.comparing(DueRow::dueAt)
          .thenComparing(row -> row.key().uuid(), SubjectKey.UUID_ORDER);

  private final Kind kind;
  private final ListName list;
  private final ClockSettings settings;
  private final Time time;
  private final Due store;
  private final Queue queue;
  private final Leases leases;
  private final ClockMetrics metrics;
  private final Remembered remembered;
  private @Nullable DueRow front;
  private boolean sweeping;
  private @Nullable DueRow swept;
  private @Nullable Long sweptAt;
  private Optional<Instant> oldest = Optional.empty();

  DueScan(Kind kind, ListName list, Parts parts) {
    this.kind = kind;
    this.list = list;
    this.settings = parts.settings();
    this.time = parts.time();
    this.store = parts.store();
    this.queue = parts.queue();
    this.leases = parts.leases();
    this.metrics = parts.metrics();
    this.remembered = new Remembered(time, settings.lostAfter());
  }

  /** What a scan works with. */
  record Parts(
      ClockSettings settings,
      Time time,
      Due store,
      Queue queue,
      Leases leases,
      ClockMetrics metrics) {}

  ListName list() {
    return list;
  }

  /** When the oldest row was due that was found by the last sweep. */
  Optional<Instant> oldest() {
    return oldest;
  }

  int remembers() {
    return remembered.size();
  }

  /** Forgets what was queued under these leases, and looks for it at once. */
  void forget(Set<UUID> ended) {
    remembered.forget(ended);
    sweptAt = null;
  }

  /**
   * Queues what is due and not on its way.
   *
   * @param head when the list's oldest ticket was queued
   * @param room how many tickets the list has room for
   * @param mostRemembered how many rows to remember at most
   * @return how many tickets were queued
   */
  Future<Integer> run(Optional<Instant> head, int room, int mostRemembered) {
    remembered.look(head, mostRemembered);
    if (sweptAt == null || time.nanos() - sweptAt >= settings.sweepEvery().toNanos()) {
      sweptAt = time.nanos();
      if (!sweeping) {
        sweeping = true;
        swept = null;
      }
      return findOldest().compose(found -> fill(room));
    }
    return fill(room);
  }

  private Future<Integer> fill(int room) {
    if (room <= 0) {
      return Future.succeededFuture(0);
    }
    Batch batch = new Batch(list, room, settings.mostPerPass());
    DueRow before = front;
    return goForward(batch, before, settings.mostPerPass() / settings.page())
        .compose(
            reached ->
                overlap(batch, before)
                    .compose(done -> sweep(batch, before))
                    .compose(
                        upto ->
                            push(batch)
                                .map(
                                    tickets -> {
                                      front = reached;
                                      swept = upto;
                                      sweeping = sweeping && upto != null;
                                      return tickets;
                                    })));
  }

  /* In front of the cursor. Returns how far it came: a row that did not fit is not passed. */
  private Future<@Nullable DueRow> goForward(Batch batch, @Nullable DueRow from, int pages) {
    if (batch.isFull()) {
      return Future.succeededFuture(from);
    }
    return store
        .due(kind, list, from, settings.page())
        .compose(
            rows -> {
              DueRow reached = from;
              for (DueRow row : rows) {
                if (batch.isFull()) {
                  return Future.succeededFuture(reached);
                }
                if (!remembered.isQueued(row)) {
                  batch.add(row);
                }
                reached = row;
              }
              return rows.size() < settings.page() || pages <= 1
                  ? Future.succeededFuture(reached)
                  : goForward(batch, reached, pages - 1);
            });
  }

  private Future<@Nullable DueRow> overlap(Batch batch, @Nullable DueRow before) {
    if (before == null) {
      return Future.succeededFuture();
    }
    DueRow from = new DueRow(FIRST, before.dueAt().minus(settings.overlap()));
    return lookBehind(batch, from, before, OVERLAP_PAGES);
  }

  private Future<@Nullable DueRow> sweep(Batch batch, @Nullable DueRow before) {
    return !sweeping || before == null
        ? Future.succeededFuture()
        : lookBehind(batch, swept, before, SWEEP_PAGES);
  }

  /* Behind the cursor. Returns where to go on; nothing once the cursor is reached. */
  private Future<@Nullable DueRow> lookBehind(
      Batch batch, @Nullable DueRow from, DueRow before, int pages) {
    if (batch.isFull() || pages <= 0) {
      return Future.succeededFuture(from);
    }
    return store
        .due(kind, list, from, settings.page())
        .compose(
            rows -> {
              List<DueRow> missing = new ArrayList<>();
              for (DueRow row : rows) {
                if (ORDER.compare(row, before) <= 0
                    && !remembered.isQueued(row)
                    && !batch.has(row)) {
                  missing.add(row);
                }
              }
              boolean reached =
                  rows.size() < settings.page()
                      || ORDER.compare(rows.get(rows.size() - 1), before) >= 0;
              return addUnleased(batch, missing)
                  .compose(
                      added ->
                          reached
                              ? Future.succeededFuture()
                              : lookBehind(batch, rows.get(rows.size() - 1), before, pages - 1));
            });
  }

  private Future<Void> addUnleased(Batch batch, List<DueRow> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    Set<UUID> asked = new HashSet<>();
    for (DueRow row : rows) {
      asked.add(row.key().resource());
      asked.add(row.key().uuid()); // a shared task is leased on its own
    }
    return leases
        .held(asked)
        .map(
            held -> {
              for (DueRow row : rows) {
                if (!batch.isFull()
                    && !held.contains(row.key().resource())
                    && !held.contains(row.key().uuid())) {
                  batch.add(row);
                }
              }
              return null;
            });
  }

  private Future<Integer> push(Batch batch) {
    if (batch.size() == 0) {
      return Future.succeededFuture(0);
    }
    Instant at = time.now().truncatedTo(ChronoUnit.MILLIS);
    var tickets = batch.tickets(at);
    return queue
        .push(tickets)
        .map(
            pushed -> {
              int again = 0;
              for (DueRow row : batch.rows()) {
                again += remembered.isLost(row) ? 1 : 0;
                remembered.queued(row, at);
              }
              metrics.queued(list, "due", batch.size());
              metrics.requeued(list, again);
              return tickets.size();
            });
  }

  private Future<Void> findOldest() {
    return store
        .due(kind, list, null, 1)
        .map(
            rows -> {
              oldest = rows.stream().findFirst().map(DueRow::dueAt);
              return null;
            });
  }
}
