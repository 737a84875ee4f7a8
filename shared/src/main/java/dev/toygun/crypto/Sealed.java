package dev.toygun.crypto;

/**
 * A Fernet token and the id of the key that made it; what a secret field stores as {@code
 * {"Secret":[key, token]}}.
 *
 * @param key the key's id in the keychain
 * @param token the token, URL-safe Base64
 */
public record Sealed(int key, String token) {
  /** Says which key, and how long the token is; ciphertext has no business in a log. */
  @Override
  public String toString() {
    return "Sealed[key " + key + ", " + token.length() + " characters]";
  }
}
