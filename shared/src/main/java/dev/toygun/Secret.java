package dev.toygun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that is stored encrypted and prints as stars. {@link #reveal()} is the one way to read
 * it, so a search for that word finds every place where plaintext is used.
 */
public final class Secret {
  /** What is shown of a secret, wherever one is shown. */
  public static final String STARS = "••••";

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** Wraps a plaintext. */
  public static Secret of(String plaintext) {
    return new Secret(plaintext);
  }

  /** The plaintext. Never put it into a message, a note, a label or an unencrypted field. */
  public String reveal() {
    return value;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return STARS;
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
