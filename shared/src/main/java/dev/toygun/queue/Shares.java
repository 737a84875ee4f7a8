package dev.toygun.queue;

import java.util.List;

/** How many tickets each list gives, when there is not room for all. */
final class Shares {
  private Shares() {}

  /**
   * One of each list that has any, the first lists first, and again until there is no more room: a
   * list that is full of tickets takes no other's place.
   *
   * @param lengths how many tickets each list has
   */
  static int[] of(List<Long> lengths, int room) {
    int[] shares = new int[lengths.size()];
    int left = room;
    for (boolean given = true; given && left > 0; ) {
      given = false;
      for (int i = 0; i < shares.length && left > 0; i++) {
        if (shares[i] < lengths.get(i)) {
          shares[i]++;
          left--;
          given = true;
        }
      }
    }
    return shares;
  }
}
