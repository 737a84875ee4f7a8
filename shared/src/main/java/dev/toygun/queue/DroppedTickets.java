package dev.toygun.queue;

import dev.toygun.crypto.Opening;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Counts the tickets that were dropped unread, by reason. */
final class DroppedTickets {
  private static final String NAME = "toygun_tickets_dropped";

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

  private static final List<String> REASONS =
      Stream.concat(
              Stream.of(Opening.Reason.values()).map(DroppedTickets::named),
              Stream.of(OVERFLOWN, REPLAYED))
          .toList();

  private final MeterRegistry metrics;
  private final Consumer<String> unopened;

  /** Counts, and says of each that should have opened why it did not. */
  DroppedTickets(MeterRegistry metrics, Consumer<String> unopened) {
    this.metrics = metrics;
    this.unopened = unopened;
    // From 0, so that the first one is seen to be more.
    REASONS.forEach(reason -> metrics.counter(NAME, "reason", reason));
  }

  static String named(Opening.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  void count(String reason, int tickets) {
    metrics.counter(NAME, "reason", reason).increment(tickets);
    boolean ordinary =
        reason.equals(OVERFLOWN) || reason.equals(REPLAYED) || reason.equals(EXPIRED);
    if (!ordinary) {
      unopened.accept(reason);
    }
  }
}
