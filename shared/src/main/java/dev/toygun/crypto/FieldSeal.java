package dev.toygun.crypto;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Seals a secret field's value for one place (a type, a row, a field), and opens it only there. Age
 * is not looked at. Safe for sharing.
 */
public final class FieldSeal {
  private final Keyring keyring;
  private final SealedText texts;

  /** Seals with the key of the keyring that seals. */
  public FieldSeal(Keyring keyring) {
    this.keyring = keyring;
    this.texts = new SealedText(keyring);
  }

  /**
   * Where a secret lives; sealed with it.
   *
   * @param type the resource's type, or type and task ({@code website/monitor})
   * @param row the row's uuid
   * @param field the field's name
   */
  public record Place(String type, UUID row, String field) {
    @Override
    public String toString() {
      return type + " " + row + ", field " + field;
    }

    byte[] context() {
      return Context.of("field", type, row.toString(), field);
    }
  }

  /** A text that is to be stored, with what older keys have sealed in it sealed again. */
  public String upToDate(String json, Instant now) {
    return texts.upToDate(json, now);
  }

  /** The id of the key that seals. */
  public int sealingKey() {
    return keyring.sealingKey();
  }

  /** Seals the bytes for this place. */
  public Sealed seal(Place place, byte[] plaintext, Instant now) {
    return keyring.seal(Context.join(place.context(), plaintext), now);
  }

  /**
   * Opens what was sealed for this place.
   *
   * @throws CannotOpen naming key id, type, row and field: the key is not in the keychain, the
   *     token was changed, or it was sealed for another place
   */
  public byte[] open(Place place, Sealed sealed) {
    return open(place, List.of(), sealed);
  }

  /**
   * Opens what was sealed for this place, or for one of its former names.
   *
   * @throws CannotOpen as {@link #open(Place, Sealed)}
   */
  public byte[] open(Place place, List<Place> formerly, Sealed sealed) {
    if (!keyring.has(sealed.key())) {
      throw new CannotOpen(
          Opening.Reason.UNKNOWN_KEY,
          "%s: sealed with key %d, and TOYGUN_KEYCHAIN has only %s; put that key back"
              .formatted(place, sealed.key(), keyring.ids()));
    }
    Fernet.Payload inside = keyring.open(sealed.key(), sealed.token());
    if (inside == null) {
      throw new CannotOpen(
          Opening.Reason.UNDECRYPTABLE,
          "%s: key %d does not open it; it was changed, or sealed by another key of that id"
              .formatted(place, sealed.key()));
    }
    byte[] body = Context.strip(place.context(), inside.plaintext());
    for (int i = 0; body == null && i < formerly.size(); i++) {
      body = Context.strip(formerly.get(i).context(), inside.plaintext());
    }
    if (body == null) {
      throw new CannotOpen(
          Opening.Reason.FOREIGN,
          "%s: key %d opens it, but it was sealed for another type, row or field"
              .formatted(place, sealed.key()));
    }
    return body;
  }

  /** A secret could not be opened. */
  public static final class CannotOpen extends IllegalStateException {
    private final Opening.Reason reason;

    CannotOpen(Opening.Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** {@code UNKNOWN_KEY}, {@code UNDECRYPTABLE} or {@code FOREIGN}. */
    public Opening.Reason reason() {
      return reason;
    }
  }
}
