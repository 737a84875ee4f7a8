package dev.toygun.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.toygun.crypto.Opening.Opened;
import dev.toygun.crypto.Opening.Reason;
import dev.toygun.crypto.Opening.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Seals messages for a list, as {@code {"v":1,"k":<key>,"at":<epoch ms>,"ttl":<s>,"t":<token>}}.
 * Whoever holds only Redis can neither read, forge, nor move one to another list, nor keep it past
 * its time. Safe for sharing.
 */
public final class Envelope {
  private static final JsonFactory JSON = new JsonFactory();

  private final Keyring keyring;
  private final int maxChars;

  /**
   * @param maxChars the longest envelope that is made or looked at
   */
  public Envelope(Keyring keyring, int maxChars) {
    this.keyring = keyring;
    this.maxChars = maxChars;
  }

  /**
   * Seals a message.
   *
   * @param list the list it is for; it opens for no other
   * @param at when it is put there; kept in milliseconds
   * @param ttl how long it is good for, in whole seconds
   * @throws IllegalArgumentException if the envelope would be longer than any reader accepts
   */
  public String seal(String list, byte[] body, Instant at, Duration ttl) {
    long ms = at.toEpochMilli();
    Sealed sealed = keyring.seal(Context.join(context(list, ms, ttl.toSeconds()), body), at);
    String text =
        "{\"v\":1,\"k\":"
            + sealed.key()
            + ",\"at\":"
            + ms
            + ",\"ttl\":"
            + ttl.toSeconds()
            + ",\"t\":\""
            + sealed.token() // URL-safe Base64: nothing to escape
            + "\"}";
    if (text.length() > maxChars) {
      throw new IllegalArgumentException(
          "a message of %d characters for list %s; at most %d are accepted: send less at once"
              .formatted(text.length(), list, maxChars));
    }
    return text;
  }

  /** Opens a message taken from this list; never throws, whatever the text is. */
  public Opening open(String list, String text, Instant now) {
    if (text.length() > maxChars) {
      return new Refused(Reason.OVERSIZED);
    }
    Header h = Header.read(text);
    if (h == null) {
      return new Refused(Reason.MALFORMED);
    }
    if (!keyring.has(h.key)) {
      return new Refused(Reason.UNKNOWN_KEY);
    }
    Fernet.Payload inside = keyring.open(h.key, h.token);
    if (inside == null) {
      return new Refused(Reason.UNDECRYPTABLE);
    }
    byte[] body = Context.strip(context(list, h.at, h.ttl), inside.plaintext());
    if (body == null) {
      return new Refused(Reason.FOREIGN);
    }
    return inside.inTime(now, h.ttl) ? new Opened(body) : new Refused(Reason.EXPIRED);
  }

  /**
   * When a message says it was put on its list, without opening it: a list's age is read from its
   * head. Not proven; null if the text is no envelope.
   */
  public static @Nullable Instant claimedAt(String text) {
    Header h = Header.read(text);
    return h == null ? null : Instant.ofEpochMilli(h.at);
  }

  private static byte[] context(String list, long at, long ttl) {
    return Context.of("list", list, Long.toString(at), Long.toString(ttl));
  }

  private record Header(int key, long at, long ttl, String token) {

    /** Null for anything but exactly such an object. */
    static @Nullable Header read(String text) {
      long v = -1;
      long k = -1;
      long at = -1;
      long ttl = -1;
      String token = null;
      try (JsonParser p = JSON.createParser(text)) {
        if (p.nextToken() != JsonToken.START_OBJECT) {
          return null;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
          String name = p.currentName();
          p.nextToken();
          switch (name) {
            case "v" -> v = p.getLongValue();
            case "k" -> k = p.getIntValue();
            case "at" -> at = p.getLongValue();
            case "ttl" -> ttl = p.getLongValue();
            case "t" -> token = p.currentToken() == JsonToken.VALUE_STRING ? p.getText() : null;
            default -> {
              return null;
            }
          }
        }
        boolean ended = p.currentToken() == JsonToken.END_OBJECT && p.nextToken() == null;
        boolean whole = ended && v == 1 && k >= 0 && at >= 0 && ttl >= 0;
        return whole && token != null ? new Header((int) k, at, ttl, token) : null;
      } catch (IOException e) {
        return null;
      }
    }
  }
}
