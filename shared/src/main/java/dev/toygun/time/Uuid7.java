package dev.toygun.time;

import java.util.UUID;

/** Makes uuids of version 7 (RFC 9562): 48 bits of milliseconds, then chance. */
public final class Uuid7 {
  private Uuid7() {}

  /**
   * A uuid of this moment and this chance.
   *
   * @param millis since the epoch
   * @param chance at least 10 random bytes
   */
  public static UUID of(long millis, byte[] chance) {
    long high = (millis << 16) | 0x7000 | ((chance[0] & 0x0F) << 8) | (chance[1] & 0xFF);
    long low = 0x80L | (chance[2] & 0x3F);
    for (int i = 3; i < 10; i++) {
      low = (low << 8) | (chance[i] & 0xFF);
    }
    return new UUID(high, low);
  }
}
