package dev.toygun.api;

import dev.toygun.store.ApiKeys;
import dev.toygun.time.Time;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of an API key: {@code toygun_PREFIX_SECRET}. By the prefix it is found; the secret is
 * 256 random bits.
 */
public final class KeyText {
  private static final String KIND = "toygun_";
  private static final Pattern FORM = Pattern.compile(KIND + "([a-z2-7]{12})_[A-Za-z0-9_-]{43}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

  private final String prefix;
  private final String text;

  private KeyText(String prefix, String text) {
    this.prefix = prefix;
    this.text = text;
  }

  /** Whether this is meant to be one, be it one or not. */
  static boolean isMeant(String text) {
    return text.startsWith(KIND);
  }

  /** A new key. */
  public static KeyText make(Time time) {
    byte[] letters = new byte[12];
    byte[] secret = new byte[32];
    time.random(letters);
    time.random(secret);
    StringBuilder prefix = new StringBuilder();
    for (byte letter : letters) {
      prefix.append(LETTERS.charAt(letter & 31));
    }
    String tail = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new KeyText(prefix.toString(), KIND + prefix + "_" + tail);
  }

  /** Reads a key; empty where the text cannot be one. */
  public static Optional<KeyText> read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), text)) : Optional.empty();
  }

  /** The part that is no secret. */
  public String prefix() {
    return prefix;
  }

  /** The whole key: shown to whoever made it, once. */
  public String reveal() {
    return text;
  }

  /** A row for it. */
  ApiKeys.NewKey stored(
      UUID uuid,
      String name,
      String role,
      String createdBy,
      @Nullable Instant expiresAt,
      KeyScope scope) {
    return new ApiKeys.NewKey(
        uuid, name, prefix, Buffer.buffer(hash()), role, createdBy, expiresAt, scope.stored());
  }

  /** What is stored of it. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The prefix, never the secret. */
  @Override
  public String toString() {
    return KIND + prefix + "_…";
  }
}
