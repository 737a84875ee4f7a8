package dev.toygun.crypto;

/**
 * What came of opening a message: the bytes, or the reason there are none. A message that cannot be
 * opened is counted and dropped, never thrown into a loop, hence a value.
 */
public sealed interface Opening {
  /**
   * The message was sealed by one of our keys, for this list, and in time.
   *
   * @param body what was sealed; the array is the caller's
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Opened(byte[] body) implements Opening {}

  /** The message is not for us, and why. */
  record Refused(Reason reason) implements Opening {}

  /** Why a message was refused; the label of a counter. */
  enum Reason {
    /** Larger than the list allows; not even parsed. */
    OVERSIZED,
    /** Not an envelope of a version that is known here. */
    MALFORMED,
    /** Names a key that is not in the keychain. */
    UNKNOWN_KEY,
    /** Tampered with, cut short, or sealed by another key of the same id. */
    UNDECRYPTABLE,
    /** Sealed by us for another list, or its header was changed. */
    FOREIGN,
    /** Older than its time to live, or from more than a minute in the future. */
    EXPIRED
  }
}
