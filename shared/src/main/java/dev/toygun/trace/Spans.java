package dev.toygun.trace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes spans as they end. Never blocks and never fails: what cannot be kept is lost. */
@FunctionalInterface
public interface Spans {
  /** Nobody collects them. */
  Spans NONE = span -> {};

  void ended(Span span);

  /** Whether what is told goes anywhere, so that nothing is put together for nobody. */
  default boolean collected() {
    return this != NONE;
  }

  /** What began a span. */
  enum Kind {
    /** A request that is answered. */
    REQUEST,
    /** A message that is worked on, as a ticket. */
    MESSAGE
  }

  /**
   * What a process did for a trace.
   *
   * @param trace 32 hexadecimal digits
   * @param parent 16 of them, the caller's span, if it named one
   * @param error why it failed, or null
   */
  record Span(
      String trace,
      @Nullable String parent,
      Kind kind,
      String name,
      Instant begun,
      Instant ended,
      Map<String, String> attributes,
      @Nullable String error) {}
}
