package dev.toygun.worker;

import dev.toygun.store.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What subjects of this worker said last while they stayed. A state that is polled says the same
 * again and again, and that costs no commit. Another worker may have written something else
 * meanwhile: so after a minute or two it is news, and the store looks, which writes nothing twice.
 */
final class Sayings {
  private static final long SPAN = Duration.ofMinutes(1).toNanos();

  /*
   * Of each of the two maps. An entry takes about 90 bytes, of a uuid, a number and a node of the map:
   * 90 MB where a million subjects said something within two minutes, and next to nothing elsewhere.
   */
  private static final int MOST = 500_000;

  private final LongSupplier nanos;
  private Map<UUID, Long> recent = new HashMap<>();
  private Map<UUID, Long> older = new HashMap<>();
  private long since;

  /**
   * Nothing was said yet.
   *
   * @param nanos the monotonic clock
   */
  Sayings(LongSupplier nanos) {
    this.nanos = nanos;
    since = nanos.getAsLong();
  }

  /** The outcome without what was said already; nothing where nothing is left of it. */
  Optional<Outcome> news(Outcome outcome) {
    if (outcome.said() == null || !isKnown(outcome.subject().uuid(), outcome.said())) {
      return Optional.of(outcome);
    }
    return outcome.isOnlySaid() ? Optional.empty() : Optional.of(outcome.unsaid());
  }

  /** It is written. */
  void written(Outcome outcome) {
    if (outcome.said() != null) {
      forget();
      recent.put(outcome.subject().uuid(), hash(outcome.said()));
    }
  }

  private boolean isKnown(UUID subject, Outcome.Said said) {
    forget();
    Long last = recent.get(subject);
    if (last == null) {
      last = older.get(subject);
    }
    return last != null && last == hash(said);
  }

  private void forget() {
    long age = nanos.getAsLong() - since;
    if (age >= SPAN || recent.size() >= MOST) {
      older = age >= 2 * SPAN ? new HashMap<>() : recent;
      recent = new HashMap<>();
      since += age;
    }
  }

  /* FNV-1a. That one of 64 bits is met by chance loses a sentence for two minutes. */
  private static long hash(Outcome.Said said) {
    long hash = 0xcbf29ce484222325L ^ said.step();
    for (int i = 0; i < said.text().length(); i++) {
      hash = (hash ^ said.text().charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
