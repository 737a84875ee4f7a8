package dev.toygun.crypto;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Keys and randomness that are the same in every run. */
final class Keys {
  static final String FIRST = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  static final String SECOND = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  static final Keyring ONE = Keyring.parse("{\"0\":\"" + FIRST + "\"}", seeded(1));
  static final Keyring BOTH =
      Keyring.parse("{\"0\":\"" + FIRST + "\",\"1\":\"" + SECOND + "\"}", seeded(2));
  static final Keyring OTHER_ZERO = Keyring.parse("{\"0\":\"" + SECOND + "\"}", seeded(3));

  private Keys() {}

  static Entropy seeded(long seed) {
    return new Random(seed)::nextBytes;
  }

  /** What was opened; fails if nothing was. */
  static byte[] plaintext(Fernet.@Nullable Payload payload) {
    return Objects.requireNonNull(payload, "it did not open").plaintext();
  }

  /** Another character of the alphabet in that place. */
  static String tampered(String token, int at) {
    return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
  }
}
