package dev.toygun.crypto;

/**
 * Where random bytes come from: a {@code SecureRandom} in a service, a seeded source in a
 * simulation. Must be safe for use by many threads.
 */
@FunctionalInterface
public interface Entropy {
  /** Fills the whole array with bytes that cannot be guessed. */
  void fill(byte[] bytes);
}
