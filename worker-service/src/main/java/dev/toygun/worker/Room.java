package dev.toygun.worker;

import dev.toygun.queue.Ticket;
import java.util.List;

/**
 * How many tickets a worker takes: as many as it has hands for, and none while its backlog is long.
 *
 * <p>The backlog is what waits for a lease, to be read, or to be committed: whatever is taken on
 * next waits behind it, at each of these. What has left with a group is no longer part of it, and
 * neither is what runs, or waits for its own code or for a thread: others pass it.
 */
final class Room {
  private static final int TICKETS = 16;

  private final WorkerSettings settings;
  private final Held held;
  private final Intake intake;
  private final Loader loader;
  private final Committer committer;

  /** How many subjects a ticket had lately: it may be one, where each was asked for by itself. */
  private int usual = Ticket.MOST;

  Room(WorkerSettings settings, Held held, Intake intake, Loader loader, Committer committer) {
    this.settings = settings;
    this.held = held;
    this.intake = intake;
    this.loader = loader;
    this.committer = committer;
  }

  /** Subjects that wait. */
  int backlog() {
    return intake.leasing() + loader.waiting() + committer.waiting();
  }

  /**
   * How many tickets to take now; 0 for none. At least one where there is room for any subject: the
   * backlog may grow past its bound, by that ticket or where these hold more than the last ones
   * did, but no bound is too small to go on.
   */
  int tickets() {
    int hands = settings.inFlight() - held.size() - intake.size();
    int line = settings.backlog() - backlog();
    if (hands <= 0 || line <= 0 || intake.closed()) {
      return 0;
    }
    return Math.max(1, Math.min(TICKETS, Math.min(hands / Ticket.MOST, line / usual)));
  }

  /** These were taken. */
  void took(List<Ticket> tickets) {
    int subjects = tickets.stream().mapToInt(ticket -> ticket.subjects().size()).sum();
    usual = Math.max(1, subjects / tickets.size());
  }
}
