package dev.toygun.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One parsed Fernet key, and the token format of the specification's version 0x80:
 *
 * <pre>
 *   0x80 │ seconds, 8 bytes │ iv, 16 bytes │ AES-128-CBC, PKCS#7 │ HMAC-SHA256 of all before it
 * </pre>
 */
final class Fernet {
  /* Why not fernet-java8's own Key and Token: they look a cipher and a MAC up at every message and
   * copy the token several times. The tests hold this class to the published vectors and to that
   * library, both ways. */

  static final int KEY_BYTES = 32;
  static final int IV_BYTES = 16;

  private static final long SKEW_SECONDS = 60;
  private static final byte VERSION = (byte) 0x80;
  private static final int HEADER_BYTES = 1 + Long.BYTES + IV_BYTES;
  private static final int BLOCK_BYTES = 16;
  private static final int MAC_BYTES = 32;
  private static final int LEAST_BYTES = HEADER_BYTES + BLOCK_BYTES + MAC_BYTES;

  private final SecretKeySpec signing;
  private final SecretKeySpec encrypting;
  private final ThreadLocal<Machines> machines;

  /** What was inside a token, and when it says it was made. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
  record Payload(long epochSecond, byte[] plaintext) {

    /** Whether it is at most this old now, and at most a minute of skew ahead of now. */
    boolean inTime(Instant now, long ttlSeconds) {
      long age = now.getEpochSecond() - epochSecond;
      return age <= ttlSeconds && age >= -SKEW_SECONDS;
    }
  }

  /** Not safe for sharing, dear to look up: one pair a thread. */
  private record Machines(Cipher cipher, Mac mac) {}

  /** Takes the 32 bytes of a key: the first half signs, the second encrypts. */
  Fernet(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a Fernet key is 32 bytes, this one " + key.length);
    }
    this.signing = new SecretKeySpec(key, 0, 16, "HmacSHA256");
    this.encrypting = new SecretKeySpec(key, 16, 16, "AES");
    this.machines = ThreadLocal.withInitial(this::lookUp);
  }

  /** The token for this plaintext, in URL-safe Base64 with padding. */
  String seal(byte[] plaintext, long epochSecond, byte[] iv) {
    Machines m = machines.get();
    int padded = (plaintext.length / BLOCK_BYTES + 1) * BLOCK_BYTES;
    byte[] token = new byte[HEADER_BYTES + padded + MAC_BYTES];
    ByteBuffer.wrap(token).put(VERSION).putLong(epochSecond).put(iv, 0, IV_BYTES);
    try {
      m.cipher.init(Cipher.ENCRYPT_MODE, encrypting, new IvParameterSpec(iv));
      m.cipher.doFinal(plaintext, 0, plaintext.length, token, HEADER_BYTES);
      m.mac.update(token, 0, HEADER_BYTES + padded);
      m.mac.doFinal(token, HEADER_BYTES + padded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES or HMAC failed while sealing", e);
    }
    return Base64.getUrlEncoder().encodeToString(token);
  }

  /**
   * What only this key makes of a text: never the signature of a token, whose first byte differs.
   */
  byte[] mac(byte[] text) {
    Mac mac = machines.get().mac;
    mac.update((byte) 0);
    return mac.doFinal(text);
  }

  /** What the token holds, or null if it was not made, whole, with this key. */
  @Nullable Payload open(String token) {
    byte[] raw = decode(token);
    if (raw == null || raw.length < LEAST_BYTES || raw[0] != VERSION) {
      return null;
    }
    int signed = raw.length - MAC_BYTES;
    if ((signed - HEADER_BYTES) % BLOCK_BYTES != 0) {
      return null;
    }
    Machines m = machines.get();
    m.mac.update(raw, 0, signed);
    byte[] said = Arrays.copyOfRange(raw, signed, raw.length);
    if (!MessageDigest.isEqual(m.mac.doFinal(), said)) { // takes the same time wherever they differ
      return null;
    }
    try {
      IvParameterSpec iv = new IvParameterSpec(raw, 1 + Long.BYTES, IV_BYTES);
      m.cipher.init(Cipher.DECRYPT_MODE, encrypting, iv);
      byte[] plaintext = m.cipher.doFinal(raw, HEADER_BYTES, signed - HEADER_BYTES);
      return new Payload(ByteBuffer.wrap(raw).getLong(1), plaintext);
    } catch (GeneralSecurityException e) {
      return null; // signed by us and still badly padded: the specification calls that invalid
    }
  }

  private static byte @Nullable [] decode(String token) {
    if (token.length() % 4 != 0) {
      return null;
    }
    try {
      byte[] raw = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.ISO_8859_1));
      return canonical(token, raw) ? raw : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Base64 leaves up to four bits unused at the end; with those set, two texts mean one token. */
  private static boolean canonical(String token, byte[] raw) {
    int loose = raw.length % 3;
    byte[] last = Arrays.copyOfRange(raw, raw.length - loose, raw.length);
    return token.endsWith(Base64.getUrlEncoder().encodeToString(last));
  }

  private Machines lookUp() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(signing);
      return new Machines(Cipher.getInstance("AES/CBC/PKCS5Padding"), mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks AES/CBC or HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Fernet[***]";
  }
}
