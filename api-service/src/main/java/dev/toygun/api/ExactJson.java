package dev.toygun.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON without losing a digit: a number with a point or an exponent is a {@code BigDecimal},
 * where Vert.x makes a {@code Double} of it.
 */
final class ExactJson {
  /** Of a number, and what its exponent may be at most. */
  static final int MOST_DIGITS = 1_000;

  private ExactJson() {}

  /**
   * One value, and nothing after it.
   *
   * @throws DecodeException if it is no JSON, or has a number that does not {@link #fits}
   */
  static @Nullable Object read(Buffer text) {
    return read(JacksonCodec.createParser(text));
  }

  /** The same. */
  static @Nullable Object read(String text) {
    return read(JacksonCodec.createParser(text));
  }

  private static @Nullable Object read(JsonParser parser) {
    return JacksonCodec.fromParser(new Exact(parser), Object.class);
  }

  /** Whether it can be reckoned with: {@code 1e1000000000} takes ten characters, and all memory. */
  static boolean fits(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  private static final class Exact extends JsonParserDelegate {
    Exact(JsonParser parser) {
      super(parser);
    }

    @Override
    public Number getNumberValue() throws IOException {
      try {
        Number number = delegate.getNumberValueExact();
        if (!(number instanceof BigDecimal decimal) || fits(decimal)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // An exponent of more than 32 bits.
      }
      throw new StreamConstraintsException("a number is too large", currentTokenLocation());
    }
  }
}
