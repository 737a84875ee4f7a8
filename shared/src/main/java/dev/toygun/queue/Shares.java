package dev.toygun.queue;

import dev.toygun.store.ListName;
import java.util.ArrayList;
import java.util.List;

/** How many tickets each list gives, when there is not room for all. */
final class Shares {
  private Shares() {}

  /**
   * One of each list that has any, the first lists first, and again until there is no more room: a
   * list that is full of tickets takes no other's place. Lists of one priority that follow each
   * other are served so before those behind them.
   *
   * @param lengths how many tickets each list has
   * @param classes where each of those begins that are of one priority, as {@link #classes} says
   */
  static int[] of(List<Long> lengths, List<Integer> classes, int room) {
    int[] shares = new int[lengths.size()];
    int left = room;
    for (int c = 0; c < classes.size(); c++) {
      int end = c + 1 < classes.size() ? classes.get(c + 1) : shares.length;
      left = share(lengths, shares, classes.get(c), end, left);
    }
    return shares;
  }

  private static int share(List<Long> lengths, int[] shares, int first, int end, int room) {
    int left = room;
    for (boolean given = true; given && left > 0; ) {
      given = false;
      for (int i = first; i < end && left > 0; i++) {
        if (shares[i] < lengths.get(i)) {
          shares[i]++;
          left--;
          given = true;
        }
      }
    }
    return left;
  }

  /** Where those begin that are of one priority: the first list, and each that has another one. */
  static List<Integer> classes(List<ListName> lists) {
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      if (i == 0 || lists.get(i).priority() != lists.get(i - 1).priority()) {
        first.add(i);
      }
    }
    return first;
  }
}
