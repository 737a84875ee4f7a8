package dev.toygun.worker;

import dev.toygun.store.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What subjects of this worker said last while they stayed. A state that is polled says the same
 * again and again, and that costs no commit. The store looks too: another worker may have written
 * it, and what is forgotten here is not written twice.
 */
final class Sayings {
  private static final int MOST = 10_000;

  private final Map<UUID, Outcome.Said> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Outcome.Said> eldest) {
          return size() > MOST;
        }
      };

  /** The outcome without what was said already; nothing where nothing is left of it. */
  Optional<Outcome> news(Outcome outcome) {
    if (outcome.said() == null || !outcome.said().equals(last.get(outcome.subject().uuid()))) {
      return Optional.of(outcome);
    }
    return outcome.isOnlySaid() ? Optional.empty() : Optional.of(outcome.unsaid());
  }

  /** It is written. */
  void written(Outcome outcome) {
    if (outcome.said() != null) {
      last.put(outcome.subject().uuid(), outcome.said());
    }
  }
}
