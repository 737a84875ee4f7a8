package dev.toygun;

import java.util.Map;
import java.util.Objects;

/**
 * An error that stops a machine until somebody handles it. Throw one, or return {@link Tick#panic}.
 * Subclass it to give a kind of error a stable name and typed attributes:
 *
 * <pre>{@code
 * final class MissingPrimary extends Panic {
 *   MissingPrimary(String zone) {
 *     super("no primary in " + zone, Map.of("zone", zone));
 *   }
 * }
 * }</pre>
 *
 * <p>Any other exception is a failed try: it is stored, tried again with back-off, and becomes a
 * panic of kind {@code Unhandled} after the last.
 */
public class Panic extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Object> attributes;

  public Panic(String message) {
    this(message, Map.of());
  }

  /**
   * @param attributes simple values (text, numbers, instants, uuids); a {@link Secret} is stored as
   *     stars
   */
  public Panic(String message, Map<String, Object> attributes) {
    super(Objects.requireNonNull(message));
    this.attributes = Map.copyOf(attributes);
  }

  /** The stable name of what went wrong: the class's own, unless a subclass says otherwise. */
  public String kind() {
    return getClass().getSimpleName();
  }

  public Map<String, Object> attributes() {
    return attributes;
  }
}
