package dev.toygun.alert;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A request of our own, signed as Stripe signs its: {@code Toygun-Signature: t=<unix
 * seconds>,v1=<hex of HMAC-SHA-256 over "t.body">}. The time is signed too, so that an old request
 * cannot be sent again much later.
 */
final class Webhook implements Sink {
  private final Post post;
  private final Time time;
  private final String url;
  private final @Nullable String ca;
  private final String secret;

  Webhook(Post post, Time time, JsonObject settings) {
    this.post = post;
    this.time = time;
    this.url = settings.getString("url");
    this.ca = settings.getString("ca");
    this.secret = settings.getString("secret");
  }

  @Override
  public Future<Void> send(Message message) {
    Buffer body =
        new JsonObject()
            .put("event", message.event().name().toLowerCase(Locale.ROOT))
            .put("delivery", message.delivery().toString())
            .put("dedup_key", message.dedupKey())
            .put("severity", message.severity())
            .put("title", message.title())
            .put("text", message.text())
            .put("alarm", message.body())
            .toBuffer();
    long now = time.now().getEpochSecond();
    return post.send(
        url,
        ca,
        body,
        Map.of(
            "Toygun-Signature",
            "t=%d,v1=%s".formatted(now, signature(secret, now, body)),
            "Idempotency-Key",
            message.delivery().toString()));
  }

  static String signature(String secret, long seconds, Buffer body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
