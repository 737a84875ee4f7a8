package dev.toygun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicLongArray;

/** How late things came, in whole milliseconds; more than a minute counts as a minute. */
public final class Lags {
  private static final int MOST = 60_000;

  private final AtomicLongArray counts = new AtomicLongArray(MOST + 1);

  /** One came so late. */
  public void add(long ms) {
    counts.incrementAndGet((int) Math.max(0, Math.min(MOST, ms)));
  }

  /** Adds {@code lag_p50_ms}, {@code lag_p99_ms} and {@code lag_max_ms}, and forgets all. */
  public void tell(ObjectNode figures) {
    long[] now = new long[MOST + 1];
    long all = 0;
    for (int ms = 0; ms <= MOST; ms++) {
      now[ms] = counts.getAndSet(ms, 0);
      all += now[ms];
    }
    if (all > 0) {
      figures.put("lag_p50_ms", quantile(now, all, 0.5));
      figures.put("lag_p99_ms", quantile(now, all, 0.99));
      figures.put("lag_max_ms", quantile(now, all, 1));
    }
  }

  /** Passes on what was told of lags. */
  public static void pass(JsonNode told, ObjectNode figures) {
    told.properties().stream()
        .filter(field -> field.getKey().startsWith("lag_"))
        .forEach(field -> figures.set(field.getKey(), field.getValue()));
  }

  private static int quantile(long[] counts, long all, double share) {
    long before = 0;
    for (int ms = 0; ms < counts.length; ms++) {
      before += counts[ms];
      if (before >= all * share) {
        return ms;
      }
    }
    return counts.length - 1;
  }
}
