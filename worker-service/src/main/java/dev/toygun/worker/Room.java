package dev.toygun.worker;

import dev.toygun.queue.Ticket;
import dev.toygun.store.ListName;
import java.util.List;

/**
 * Which tickets a worker takes: as many as it has hands for, and none while its backlog is long,
 * but of lists of which it has little; and none of a list of which as much code waits for a thread,
 * since others would only be leased to wait with it.
 *
 * <p>The backlog is what waits for a lease, to be read, or to be committed: whatever is taken on
 * next waits behind it, at each of these. What has left with a group is no longer part of it, and
 * neither is what runs, or waits for its own code or for a thread: others pass it.
 */
final class Room {
  private static final int TICKETS = 16;

  private final WorkerSettings settings;
  private final Hands hands;
  private final Intake intake;
  private final Isolation isolation;
  private final Loader loader;
  private final Committer committer;
  private final Silence silence;

  /** How many subjects a ticket had lately: it may be one, where each was asked for by itself. */
  private int usual = Ticket.MOST;

  /**
   * What to take.
   *
   * @param lists off which; none where nothing is to be taken
   * @param tickets how many
   * @param few whether they are only those of which little is in hand
   */
  record Offer(List<ListName> lists, int tickets, boolean few) {
    private static final Offer NONE = new Offer(List.of(), 0, false);
  }

  Room(
      WorkerSettings settings,
      Hands hands,
      Intake intake,
      Isolation isolation,
      Loader loader,
      Committer committer,
      Silence silence) {
    this.settings = settings;
    this.hands = hands;
    this.intake = intake;
    this.isolation = isolation;
    this.loader = loader;
    this.committer = committer;
    this.silence = silence;
  }

  /** Subjects that wait. */
  int backlog() {
    return intake.leasing() + loader.waiting() + committer.waiting();
  }

  /**
   * What to take of these lists now. At least one ticket where there is room for any subject: the
   * backlog may grow past its bound, by that ticket or where these hold more than the last ones
   * did, but no bound is too small to go on.
   */
  Offer of(List<ListName> lists) {
    if (isolation.isClosed() || silence.isHushed()) {
      return Offer.NONE;
    }
    List<ListName> open =
        hands.anyThreadless()
            ? lists.stream().filter(list -> hands.threadless(list) < settings.backlog()).toList()
            : lists;
    if (silence.isSilent()) {
      return open.isEmpty() ? Offer.NONE : new Offer(open, 1, true);
    }
    int free = settings.inFlight() - hands.size();
    int line = settings.backlog() - backlog();
    return free > 0 && line > 0 && !open.isEmpty()
        ? new Offer(open, tickets(Math.min(free / Ticket.MOST, line / usual)), false)
        : ofFew(open);
  }

  /**
   * Others have filled it: whoever has less than a share of the bound is not made to wait for them,
   * and where they are of a higher priority, whoever has nothing but what runs. One ticket at a
   * time, since it may have more subjects than a share.
   */
  private Offer ofFew(List<ListName> lists) {
    int share = Math.max(1, settings.backlog() / (hands.lists() + 1));
    List<ListName> few =
        lists.stream().filter(list -> hands.of(list) < share && hands.lets(list)).toList();
    return few.isEmpty() ? Offer.NONE : new Offer(few, 1, true);
  }

  private static int tickets(int fit) {
    return Math.max(1, Math.min(TICKETS, fit));
  }

  /**
   * These were taken. Where tickets are full at times, it is believed for a while that they may be
   * again; those of few say nothing of the others'.
   */
  void took(Offer offer, List<Ticket> tickets) {
    silence.took();
    if (!offer.few()) {
      int subjects = tickets.stream().mapToInt(ticket -> ticket.subjects().size()).sum();
      usual = Math.max(Math.max(1, subjects / tickets.size()), usual * 3 / 4);
    }
  }
}
