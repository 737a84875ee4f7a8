package dev.toygun.testing;

import dev.toygun.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Those alarms of the system itself that a {@link MemoryStore} opens and closes. */
public final class MemorySystemAlarms {
  private final List<Opened> all = new ArrayList<>();

  MemorySystemAlarms() {}

  /**
   * One that was opened.
   *
   * @param closedAt null while it is open
   */
  public record Opened(
      String name, Severity severity, String message, Instant at, @Nullable Instant closedAt) {}

  /** All that were opened, in order. */
  public List<Opened> all() {
    return List.copyOf(all);
  }

  /** The names of those that are open. */
  public Set<String> active() {
    return all.stream()
        .filter(one -> one.closedAt() == null)
        .map(Opened::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Opens one, unless it is open. */
  void open(String name, Severity severity, String message, Instant now) {
    if (!active().contains(name)) {
      all.add(new Opened(name, severity, message, now, null));
    }
  }

  /** Closes one, if it is open. */
  void close(String name, Instant now) {
    all.replaceAll(
        one ->
            one.name().equals(name) && one.closedAt() == null
                ? new Opened(name, one.severity(), one.message(), one.at(), now)
                : one);
  }
}
