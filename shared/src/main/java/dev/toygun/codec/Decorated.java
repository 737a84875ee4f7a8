package dev.toygun.codec;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decorated JSON to and from values, without any field's type: for upgrades of stored fields,
 * attributes of errors, and clients that want types kept.
 *
 * <p>The values are {@code String Boolean Long BigInteger BigDecimal Double Instant Duration URI
 * UUID List Set Map Ref TaskRef} and null, nested as you like up to 100 deep. A secret stays
 * closed: a {@link dev.toygun.crypto.Sealed}. Narrower whole numbers are read back as {@code Long},
 * a {@code Float} as {@code Double}.
 */
public final class Decorated {
  /** The media type of decorated JSON over HTTP. */
  public static final String CONTENT_TYPE = "application/decorated-json";

  private Decorated() {}

  /**
   * The value that the text means.
   *
   * @throws IllegalArgumentException if it is not JSON, or a tag is malformed; quotes nothing
   */
  public static @Nullable Object parse(String text) {
    return Undecorate.value(JsonTree.parse(text));
  }

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException if it holds something that cannot be stored: an object of
   *     another class, an opened secret, 100 levels
   */
  public static String format(@Nullable Object value) {
    StringBuilder out = new StringBuilder(64);
    new Decorate(out).value(value);
    return out.toString();
  }

  /**
   * The fields of a row, whose own names are never tags.
   *
   * @throws IllegalArgumentException as {@link #parse}, or if it is no object
   */
  public static Map<String, @Nullable Object> parseFields(String text) {
    if (JsonTree.parse(text) instanceof Map<?, ?> map) {
      return Undecorate.entries(map);
    }
    throw new IllegalArgumentException("the fields of a row are a JSON object, this is none");
  }

  /**
   * The text of a row with these fields; nulls are left out.
   *
   * @throws IllegalArgumentException as {@link #format}, naming the field
   */
  public static String formatFields(Map<String, ? extends @Nullable Object> fields) {
    StringBuilder out = new StringBuilder(256).append('{');
    Decorate decorate = new Decorate(out);
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            if (out.length() > 1) {
              out.append(',');
            }
            Texts.quote(out, Objects.requireNonNull(name));
            out.append(':');
            try {
              decorate.value(value);
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException(
                  "field '%s': %s".formatted(name, e.getMessage()), e);
            }
          }
        });
    return out.append('}').toString();
  }
}
