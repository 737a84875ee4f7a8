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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 *   oldest ─────────────────────────────────────────► now ───────►
 *     sweep ──►                overlap ──► │ front ──► │ ahead ──►
 *     from the start,          what was    │ what is   │ what will be
 *     every few seconds        committed late  new       due soon
 * </pre>
 *
 * <p>In front of the cursor everything is queued once, whether leased or not: who holds the lease
 * is told of it. But what others made due, who push a ticket right after their commit, is left to
 * them ({@link Ahead}): it is queued only if it is not leased, and if the list holds no ticket that
 * is as old. Behind the cursor are rows that were queued or left to others, and are being ticked,
 * so only those are queued that are neither remembered nor leased. Without the cursor, rows in
 * flight at the head would fill every page, and those behind them would starve.
 */
final class DueScan {
  private static final int OVERLAP_PAGES = 2;
  private static final int SWEEP_PAGES = 8;

  /* So far ahead, in passes: one may be late, and what is timed more shortly the worker times. */
  private static final int AHEAD = 3;

  /* From a commit to the tickets that it makes; and by how much the clocks of hosts may differ. */
  private static final Duration PUSHED_WITHIN = Duration.ofSeconds(1);

  /* Before every other row of its moment, in Postgres's order of uuids. */
  private static final SubjectKey FIRST = SubjectKey.ofResource(new UUID(0, 0));

  private static final DueRow START = new DueRow(FIRST, Instant.EPOCH);

  static final Comparator<DueRow> ORDER =
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
  private final Ahead ahead = new Ahead();
  private final Set<UUID> orphans = new HashSet<>();
  private Instant now = Instant.EPOCH;
  private Optional<Instant> head = Optional.empty();
  private int mostRemembered;
  private @Nullable DueRow front;
  private boolean cameToNow;
  private @Nullable DueRow swept;
  private @Nullable Long sweptAt;
  private final OldestDue oldest;

  DueScan(Kind kind, ListName list, Parts parts) {
    this.kind = kind;
    this.list = list;
    this.settings = parts.settings();
    this.time = parts.time();
    this.store = parts.store();
    this.queue = parts.queue();
    this.leases = parts.leases();
    this.metrics = parts.metrics();
    this.oldest = new OldestDue(kind, list, parts);
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

  /** When the oldest row was due that was found by the last sweep, and that nobody ticks. */
  Optional<Instant> oldest() {
    return oldest.dueAt();
  }

  int remembers() {
    return remembered.size();
  }

  /**
   * Forgets what was queued under these leases, and looks for it at once: what a worker made due
   * for itself had no ticket.
   */
  void forget(Set<UUID> ended) {
    remembered.forget(ended);
    orphans.addAll(ended);
    swept = null;
    sweptAt = null;
  }

  /**
   * Queues what is due and not on its way.
   *
   * @param now the database's time when the pass began
   * @param head when the list's oldest ticket was queued
   * @param room how many tickets the list has room for
   * @param mostRemembered how many rows to remember at most
   * @return how many tickets were queued
   */
  Future<Integer> run(Instant now, Optional<Instant> head, int room, int mostRemembered) {
    this.now = now;
    this.head = head;
    this.mostRemembered = mostRemembered;
    remembered.look(head, mostRemembered);
    if (sweptAt == null || time.nanos() - sweptAt >= settings.sweepEvery().toNanos()) {
      sweptAt = time.nanos();
      if (swept == null) {
        swept = START;
      }
      return oldest.look(now).compose(found -> fill(room));
    }
    return fill(room);
  }

  /* What was left behind comes first: it has waited for longer. */
  private Future<Integer> fill(int room) {
    Batch batch = new Batch(list, room, settings.mostPerPass());
    DueRow before = front;
    cameToNow = false;
    int pages = Math.max(1, settings.mostPerPass() / settings.page());
    return sweep(batch, before)
        .compose(
            upto ->
                overlap(batch, before)
                    .compose(done -> goForward(batch, before, pages))
                    .compose(
                        reached ->
                            lookAhead()
                                .compose(looked -> push(batch))
                                .map(
                                    tickets -> {
                                      swept = upto;
                                      if (upto == null) {
                                        orphans.clear();
                                      }
                                      passed(reached);
                                      return tickets;
                                    })));
  }

  private void passed(@Nullable DueRow reached) {
    front = reached;
    if (cameToNow) {
      ahead.passed(now);
    } else if (reached != null) {
      ahead.passed(reached.dueAt().minusNanos(1)); // Others of its moment may come after it.
    }
  }

  /* In front of the cursor. Returns how far it came. */
  private Future<@Nullable DueRow> goForward(Batch batch, @Nullable DueRow from, int pages) {
    if (batch.isFull() || pages <= 0) {
      return Future.succeededFuture(from);
    }
    return store
        .due(kind, list, from, horizon(), settings.page())
        .compose(
            rows -> {
              List<DueRow> due = rows.stream().filter(row -> !row.ahead()).toList();
              return add(batch, from, due)
                  .compose(
                      reached -> {
                        if (due.size() == settings.page() || batch.isFull()) {
                          return goForward(batch, reached, pages - 1);
                        }
                        cameToNow = true;
                        saw(rows);
                        return Future.succeededFuture(reached);
                      });
            });
  }

  /* Where the list is full, or much is due, it is looked at what comes all the same. */
  private Future<Void> lookAhead() {
    return cameToNow
        ? Future.succeededFuture()
        : store
            .due(kind, list, new DueRow(FIRST, now), horizon(), settings.page())
            .map(
                rows -> {
                  saw(rows);
                  return null;
                });
  }

  private void saw(List<DueRow> rows) {
    Instant then =
        rows.size() < settings.page()
            ? now.plus(horizon())
            : rows.get(rows.size() - 1)
                .dueAt()
                .minusNanos(1_000); // Of its moment there may be more.
    ahead.saw(now, then, rows, mostRemembered);
  }

  private Duration horizon() {
    return settings.interval().multipliedBy(AHEAD);
  }

  private Future<@Nullable DueRow> overlap(Batch batch, @Nullable DueRow before) {
    if (before == null) {
      return Future.succeededFuture();
    }
    DueRow from = new DueRow(FIRST, before.dueAt().minus(settings.overlap()));
    return lookBehind(batch, from, before, OVERLAP_PAGES);
  }

  private Future<@Nullable DueRow> sweep(Batch batch, @Nullable DueRow before) {
    return swept == null || before == null
        ? Future.succeededFuture()
        : lookBehind(batch, swept, before, SWEEP_PAGES);
  }

  /* Behind the cursor. Returns where to go on; nothing once the cursor is reached. */
  private Future<@Nullable DueRow> lookBehind(Batch batch, DueRow from, DueRow before, int pages) {
    if (batch.isFull() || pages <= 0) {
      return Future.succeededFuture(from);
    }
    return store
        .due(kind, list, from, Duration.ZERO, settings.page())
        .compose(
            rows -> {
              List<DueRow> behind =
                  rows.stream().filter(row -> ORDER.compare(row, before) <= 0).toList();
              return add(batch, from, behind)
                  .compose(
                      reached ->
                          reached != null && (behind.size() == settings.page() || batch.isFull())
                              ? lookBehind(batch, reached, before, pages - 1)
                              : Future.succeededFuture());
            });
  }

  /* Adds what is not on its way. Returns how far it came: a row that did not fit is not passed. */
  private Future<@Nullable DueRow> add(Batch batch, @Nullable DueRow from, List<DueRow> rows) {
    Set<DueRow> missing = new HashSet<>();
    Set<UUID> asked = new HashSet<>();
    for (DueRow row : rows) {
      if (!remembered.isQueued(row) && !batch.has(row) && !mayBeInList(row)) {
        missing.add(row);
        if (mayBeInHand(row)) {
          asked.add(row.key().resource());
          asked.add(row.key().uuid()); // a shared task is leased on its own
        }
      }
    }
    return (asked.isEmpty() ? Future.succeededFuture(Set.<UUID>of()) : leases.held(asked))
        .map(
            held -> {
              DueRow reached = from;
              for (DueRow row : rows) {
                if (missing.contains(row) && !(mayBeInHand(row) && isOf(row, held))) {
                  if (batch.isFull()) {
                    return reached;
                  }
                  batch.add(row);
                }
                reached = row;
              }
              return reached;
            });
  }

  /* Lists are first in, first out: the ticket of whoever made it due comes after older ones. */
  private boolean mayBeInList(DueRow row) {
    return ahead.isOthers(row)
        && !isOf(row, orphans)
        && head.filter(at -> !at.isAfter(row.dueAt().plus(PUSHED_WITHIN))).isPresent();
  }

  /* What was passed is: it was queued, or seen in hand. */
  private boolean mayBeInHand(DueRow row) {
    return ahead.isOthers(row) || (front != null && ORDER.compare(row, front) <= 0);
  }

  private static boolean isOf(DueRow row, Set<UUID> leases) {
    return leases.contains(row.key().resource()) || leases.contains(row.key().uuid());
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
}
