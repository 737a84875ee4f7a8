package dev.toygun.crypto;

import java.time.Instant;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an installation. One id seals, the highest unless {@code seals} names another; any id
 * opens what names it. To rotate: add a key under the next id everywhere while the old one seals;
 * then let it seal; seal what is old again; take the old id out. Immutable and safe for sharing.
 */
public final class Keyring {
  private final NavigableMap<Integer, Fernet> keys;
  private final int sealing;
  private final Fernet sealer;
  private final Entropy entropy;

  private Keyring(NavigableMap<Integer, Fernet> keys, int sealing, Entropy entropy) {
    this.keys = keys;
    this.sealing = sealing;
    this.sealer = Objects.requireNonNull(keys.get(sealing));
    this.entropy = entropy;
  }

  /**
   * Reads a keychain such as {@code {"0":"<fernet key>","1":"<fernet key>","seals":0}}.
   *
   * @param keychain the text of {@code TOYGUN_KEYCHAIN}; null or blank counts as missing
   * @param entropy where initialisation vectors come from
   * @throws BrokenKeychain listing everything wrong, without any key material
   */
  public static Keyring parse(@Nullable String keychain, Entropy entropy) {
    NavigableMap<Integer, Fernet> keys = new TreeMap<>();
    KeychainText text = KeychainText.read(keychain);
    text.keys().forEach((id, key) -> keys.put(id, new Fernet(key)));
    return new Keyring(keys, text.seals(), entropy);
  }

  /** A fresh Fernet key: 32 random bytes in URL-safe Base64. To be stored, never logged. */
  public static String newKey(Entropy entropy) {
    byte[] key = new byte[Fernet.KEY_BYTES];
    entropy.fill(key);
    return Base64.getUrlEncoder().encodeToString(key);
  }

  /** A keychain of one fresh key, for an installation that has none yet. */
  public static String newKeychain(Entropy entropy) {
    return "{\"0\":\"" + newKey(entropy) + "\"}";
  }

  /** The id of the key that seals. */
  public int sealingKey() {
    return sealing;
  }

  /** The ids of all keys, in order. */
  public NavigableSet<Integer> ids() {
    return keys.navigableKeySet();
  }

  /** Whether there is a key of this id. */
  public boolean has(int id) {
    return keys.containsKey(id);
  }

  /**
   * 256 bits that nobody without the keychain can draw from this text: the same until the key of
   * the lowest id is taken out.
   */
  public byte[] mac(byte[] text) {
    return keys.firstEntry().getValue().mac(text);
  }

  /** Seals with the key that seals. The token's own time stamp is {@code now}, in whole seconds. */
  Sealed seal(byte[] plaintext, Instant now) {
    byte[] iv = new byte[Fernet.IV_BYTES];
    entropy.fill(iv);
    return new Sealed(sealing, sealer.seal(plaintext, now.getEpochSecond(), iv));
  }

  /** What the token holds; null if the key is unknown or did not make this token. */
  Fernet.@Nullable Payload open(int id, String token) {
    Fernet key = keys.get(id);
    return key == null ? null : key.open(token);
  }

  /** What a token holds, sealed again; null if the key is unknown or did not make this token. */
  @Nullable Sealed again(Sealed sealed, Instant now) {
    Fernet.@Nullable Payload inside = open(sealed.key(), sealed.token());
    return inside == null ? null : seal(inside.plaintext(), now);
  }

  /** The ids, never the keys. */
  @Override
  public String toString() {
    return "Keyring" + ids();
  }
}
