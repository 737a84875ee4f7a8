package dev.toygun.clock;

import dev.toygun.store.ListName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many tickets each list may hold: the same for all, but never below two seconds of the list's
 * own polls, or a list of nothing but polls would skip every other second.
 */
final class Marks {
  private final Map<ListName, Integer> polls = new HashMap<>();
  private final int mark;

  Marks(int mark) {
    this.mark = mark;
  }

  int of(ListName list) {
    return Math.max(mark, 2 * polls.getOrDefault(list, 0));
  }

  /** Takes note of the tickets that one second's polls of a list make. */
  void polled(ListName list, int ticketsOfASecond) {
    polls.merge(list, ticketsOfASecond, Math::max);
  }

  void keepOnly(Collection<ListName> lists) {
    polls.keySet().retainAll(lists);
  }
}
