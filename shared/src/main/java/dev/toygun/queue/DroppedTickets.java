package dev.toygun.queue;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts the tickets that were dropped unread, by reason. */
final class DroppedTickets {
  private static final String NAME = "toygun_tickets_dropped";

  private final MeterRegistry metrics;

  DroppedTickets(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** The list had grown too long. */
  static final String OVERFLOWN = "overflown";

  /** It was taken from its list before. */
  static final String REPLAYED = "replayed";

  /** It opens, but what it says is no ticket. */
  static final String MALFORMED = "malformed";

  /** It is older than its time. */
  static final String EXPIRED = "expired";

  /** It is longer than any ticket. */
  static final String OVERSIZED = "oversized";

  void count(String reason, int tickets) {
    metrics.counter(NAME, "reason", reason).increment(tickets);
  }
}
