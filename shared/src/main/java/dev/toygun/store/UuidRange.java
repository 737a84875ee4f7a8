package dev.toygun.store;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The uuids that begin in the same way, as a person writes the beginning of one.
 *
 * @param first the least of them, and {@code last} the greatest, in the order of Postgres
 */
public record UuidRange(UUID first, UUID last) {
  /** So few digits say nothing: many were made within the same hours. */
  public static final int LEAST = 6;

  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{%d,32}".formatted(LEAST));

  /** Those that begin with this, with or without its dashes; empty where none can. */
  public static Optional<UuidRange> of(String beginning) {
    String digits = beginning.replace("-", "").toLowerCase(Locale.ROOT);
    String dashed = dashed(digits);
    boolean isOne =
        BEGINNING.matcher(digits).matches()
            && (beginning.indexOf('-') < 0
                || dashed.equals(beginning.toLowerCase(Locale.ROOT))
                || (dashed + "-").equals(beginning.toLowerCase(Locale.ROOT)));
    return isOne
        ? Optional.of(new UuidRange(filled(digits, "0"), filled(digits, "f")))
        : Optional.empty();
  }

  private static UUID filled(String digits, String with) {
    return UUID.fromString(dashed(digits + with.repeat(32 - digits.length())));
  }

  private static String dashed(String digits) {
    StringBuilder dashed = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      dashed.append(i == 8 || i == 12 || i == 16 || i == 20 ? "-" : "").append(digits.charAt(i));
    }
    return dashed.toString();
  }
}
