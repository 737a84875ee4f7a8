package dev.toygun.worker;

import dev.toygun.queue.Ticket;
import dev.toygun.store.ListName;
import java.util.List;

/**
 * Which tickets a worker takes: as many as it has hands for, and none while its backlog is long,
 * but of lists of which it has little.
 *
 * <p>The backlog is what waits for a lease, to be read, to be committed, or for a thread: whatever
 * is taken on next waits behind it, at each of these. What has left with a group is no longer part
 * of it, and neither is what runs, or waits for its own code: others pass it.
 */
final class Room {
  private static final int TICKETS = 16;

  private final WorkerSettings settings;
  private final Hands hands;
  private final Intake intake;
  private final Loader loader;
  private final Committer committer;
  private final Steps steps;

  /** How many subjects a ticket had lately: it may be one, where each was asked for by itself. */
  private int usual = Ticket.MOST;

  /**
   * What to take.
   *
   * @param lists off which
   * @param tickets how many; 0 for none
   */
  record Offer(List<ListName> lists, int tickets) {
    private static final Offer NONE = new Offer(List.of(), 0);
  }

  Room(
      WorkerSettings settings,
      Hands hands,
      Intake intake,
      Loader loader,
      Committer committer,
      Steps steps) {
    this.settings = settings;
    this.hands = hands;
    this.intake = intake;
    this.loader = loader;
    this.committer = committer;
    this.steps = steps;
  }

  /** Subjects that wait. */
  int backlog() {
    return intake.leasing() + loader.waiting() + committer.waiting() + steps.waiting();
  }

  /**
   * What to take of these lists now. At least one ticket where there is room for any subject: the
   * backlog may grow past its bound, by that ticket or where these hold more than the last ones
   * did, but no bound is too small to go on.
   */
  Offer of(List<ListName> lists) {
    if (intake.closed()) {
      return Offer.NONE;
    }
    int free = settings.inFlight() - hands.size();
    int line = settings.backlog() - backlog();
    return free > 0 && line > 0
        ? new Offer(lists, tickets(Math.min(free / Ticket.MOST, line / usual)))
        : ofFew(lists);
  }

  /**
   * Others have filled it: whoever has less than a share of the bound is not made to wait for them.
   */
  private Offer ofFew(List<ListName> lists) {
    int share = Math.max(1, settings.backlog() / (hands.lists() + 1));
    List<ListName> few = lists.stream().filter(list -> hands.of(list) < share).toList();
    return few.isEmpty() ? Offer.NONE : new Offer(few, tickets(share / usual));
  }

  private static int tickets(int fit) {
    return Math.max(1, Math.min(TICKETS, fit));
  }

  /** These were taken: where tickets are full at times, it is believed that they may be again. */
  void took(List<Ticket> tickets) {
    int subjects = tickets.stream().mapToInt(ticket -> ticket.subjects().size()).sum();
    usual = Math.max(Math.max(1, subjects / tickets.size()), usual * 3 / 4);
  }
}
