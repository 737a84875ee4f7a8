package dev.toygun.worker;

import java.math.BigDecimal;
import java.time.Duration;

/** One tick took longer than its state's limit. */
final class TickTimeout extends RuntimeException {
  private static final long serialVersionUID = 1;

  TickTimeout(Duration limit, boolean givenUp) {
    super(
        "no answer within the limit of %s s%s"
            .formatted(seconds(limit), givenUp ? ", nor 10 s after it was interrupted" : ""),
        null,
        false,
        false);
  }

  private static String seconds(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
