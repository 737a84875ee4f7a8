package dev.toygun.alert;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param prefix how many leading bits all of them share
 */
public record Network(InetAddress first, int prefix) {
  /**
   * Reads one; an address alone is a network of one.
   *
   * @throws IllegalArgumentException where the text is none
   */
  public static Network of(String text) {
    String[] halves = text.split("/", -1);
    // Anything else would be a name, and looked up.
    if (halves.length > 2
        || !halves[0]
            .toLowerCase(Locale.ROOT)
            .matches("[0-9]+(\\.[0-9]+){3}|[0-9a-f:.]*:[0-9a-f:.]*")) {
      throw none(text);
    }
    try {
      InetAddress first = InetAddress.getByName(halves[0]);
      int bits = first.getAddress().length * 8;
      int prefix = halves.length == 1 ? bits : Integer.parseInt(halves[1]);
      if (prefix < 0 || prefix > bits) {
        throw none(text);
      }
      return new Network(first, prefix);
    } catch (UnknownHostException | NumberFormatException e) {
      throw none(text);
    }
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException("'%s' is no network such as 10.0.0.0/8".formatted(text));
  }

  /** Whether an address is one of them. */
  boolean holds(InetAddress address) {
    byte[] one = address.getAddress();
    byte[] other = first.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
