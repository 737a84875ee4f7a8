package dev.toygun.crypto;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first line inside a token: a JSON array of strings. JSON has no raw line break, so the line
 * ends where it seems to, and no two contexts begin alike: comparing bytes compares contexts.
 */
final class Context {
  private Context() {}

  static byte[] of(String... parts) {
    StringBuilder line = new StringBuilder("[");
    for (String part : parts) {
      line.append(line.length() == 1 ? "\"" : ",\"");
      JsonStringEncoder.getInstance().quoteAsString(part, line);
      line.append('"');
    }
    return line.append("]\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[] context, byte[] body) {
    byte[] all = Arrays.copyOf(context, context.length + body.length);
    System.arraycopy(body, 0, all, context.length, body.length);
    return all;
  }

  /** What follows the context, or null if another context leads. */
  static byte @Nullable [] strip(byte[] context, byte[] all) {
    int n = context.length;
    if (all.length < n || !Arrays.equals(all, 0, n, context, 0, n)) {
      return null;
    }
    return Arrays.copyOfRange(all, n, all.length);
  }
}
