package dev.toygun.api.slack;

import dev.toygun.time.Time;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells what Slack has sent from what anybody else has: {@code v0=} and HMAC-SHA-256 over {@code
 * v0:TIME:BODY}, in hex. The time is signed too, so that what was overheard is soon worth nothing.
 */
public final class Signature {
  private static final Duration OFF = Duration.ofMinutes(5);

  private final SecretKeySpec key;
  private final Time time;

  /** That of the app with this signing secret. */
  public Signature(String secret, Time time) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.time = time;
  }

  /**
   * Whether Slack has sent a body, within the last five minutes.
   *
   * @param at {@code X-Slack-Request-Timestamp}
   * @param signature {@code X-Slack-Signature}
   */
  public boolean isOf(@Nullable String at, @Nullable String signature, Buffer body) {
    if (at == null || signature == null || !at.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(at));
    return Duration.between(sent, time.now()).abs().compareTo(OFF) <= 0
        && MessageDigest.isEqual(
            of(at, body).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
  }

  /** The signature of a body that was sent then. */
  String of(String at, Buffer body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update("v0:%s:".formatted(at).getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
