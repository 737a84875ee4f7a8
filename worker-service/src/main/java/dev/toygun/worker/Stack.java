package dev.toygun.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace to keep: classes and frames, without messages, which may hold anything.
 *
 * @param hash groups errors that come from the same place
 */
record Stack(String text, String hash) {
  private static final int FRAMES = 30;
  private static final int CAUSES = 5;

  static Stack of(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    @Nullable Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES; i++) {
      lines.add((i == 0 ? "" : "caused by ") + cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int f = 0; f < Math.min(FRAMES, frames.length); f++) {
        lines.add("  at " + frames[f]);
      }
      cause = cause.getCause();
    }
    String text = String.join("\n", lines);
    return new Stack(text, hash(text));
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
