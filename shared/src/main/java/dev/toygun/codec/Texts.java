package dev.toygun.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Strings that {@code jsonb} refuses: those with U+0000, or with half of a surrogate pair. They are
 * stored escaped once more, {@code {"Text":"nul is \\u0000"}}.
 */
final class Texts {
  private Texts() {}

  static boolean storable(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!pairAt(s, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The string in quotes, as JSON. */
  static void quote(StringBuilder out, String s) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(s, out);
    out.append('"');
  }

  static String escape(String s) {
    StringBuilder out = new StringBuilder(s.length() + 16);
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\\') {
        out.append("\\\\");
      } else if (c == 0 || (Character.isSurrogate(c) && !pairAt(s, i))) {
        out.append("\\u").append(Character.forDigit(c >> 12, 16));
        out.append(Character.forDigit((c >> 8) & 15, 16));
        out.append(Character.forDigit((c >> 4) & 15, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
        if (Character.isSurrogate(c)) {
          out.append(s.charAt(++i));
        }
      }
    }
    return out.toString();
  }

  /**
   * @throws IllegalArgumentException if {@link #escape} never made this
   */
  static String unescape(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (s.startsWith("\\\\", i)) {
        out.append('\\');
        i++;
      } else if (s.startsWith("\\u", i) && i + 6 <= s.length()) {
        out.append((char) Integer.parseInt(s, i + 2, i + 6, 16));
        i += 5;
      } else {
        throw new IllegalArgumentException("a malformed Text");
      }
    }
    return out.toString();
  }

  private static boolean pairAt(String s, int i) {
    return Character.isHighSurrogate(s.charAt(i))
        && i + 1 < s.length()
        && Character.isLowSurrogate(s.charAt(i + 1));
  }
}
