package dev.toygun.worker;

import dev.toygun.store.ListName;
import java.util.HashMap;
import java.util.Map;

/** What a worker has in hand of each list: leases that it holds, or is about to ask for. */
final class Hands {
  private final Map<ListName, Integer> full = new HashMap<>();
  private int size;

  void take(ListName list, int leases) {
    size += leases;
    full.merge(list, leases, Integer::sum);
  }

  void free(ListName list, int leases) {
    size -= leases;
    full.computeIfPresent(list, (name, had) -> had == leases ? null : had - leases);
  }

  int size() {
    return size;
  }

  /** How much of this list. */
  int of(ListName list) {
    return full.getOrDefault(list, 0);
  }

  /** Of how many lists there is anything. */
  int lists() {
    return full.size();
  }
}
