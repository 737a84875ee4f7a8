package dev.toygun.worker;

import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.queue.Ticket;
import dev.toygun.store.ListName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The lists that a worker takes from, and whose turn it is: the higher priority's before the lower,
 * and of one priority first those from which nothing was taken for longest.
 *
 * <p>So that nobody starves, not every turn begins with the highest: the others have theirs, and
 * the rest of such a turn is the highest's again.
 */
final class Turns {
  /** Who begins: five turns of eight, two, and one, spread. */
  private static final List<Priority> FIRST =
      List.of(
          Priority.HIGH,
          Priority.NORMAL,
          Priority.HIGH,
          Priority.LOW,
          Priority.HIGH,
          Priority.NORMAL,
          Priority.HIGH,
          Priority.HIGH);

  private final Map<Priority, List<ListName>> lists = new EnumMap<>(Priority.class);
  private List<ListName> order;
  private int turn;

  /** Of these types in these queues. */
  Turns(TypeSet types, List<String> queues) {
    for (Priority priority : Priority.values()) {
      lists.put(priority, listsOf(types, queues, priority));
    }
    order = ordered();
  }

  /* Every priority: which one a list has may have been said by another build. */
  private static List<ListName> listsOf(TypeSet types, List<String> queues, Priority priority) {
    List<ListName> lists = new ArrayList<>();
    for (String queue : queues) {
      for (ResourceType<?> type : types.types()) {
        int oldest = type.upgrades().isEmpty() ? type.version() : 1;
        for (int version = oldest; version <= type.version(); version++) {
          lists.add(new ListName(queue, type.name(), version, priority.stored()));
        }
      }
    }
    return lists;
  }

  /** The lists, those first whose turn it is; of one priority all that have it. */
  List<ListName> order() {
    return order;
  }

  /** Whether it is one of them. */
  boolean takes(ListName list) {
    return order.contains(list);
  }

  int size() {
    return order.size();
  }

  /** These were taken: their lists are asked last, of those of their priority. */
  void took(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      List<ListName> same = of(Priority.ofStored(ticket.list().priority()));
      if (same.remove(ticket.list())) {
        same.add(ticket.list());
      }
    }
    next();
  }

  /** Nothing was to be had: it may be that what there was could not be opened. */
  void tookNothing() {
    lists.values().forEach(same -> Collections.rotate(same, 1));
    next();
  }

  private void next() {
    turn = (turn + 1) % FIRST.size();
    order = ordered();
  }

  private List<ListName> ordered() {
    Priority first = FIRST.get(turn);
    List<ListName> all = new ArrayList<>(of(first));
    for (Priority priority : Priority.values()) {
      if (priority != first) {
        all.addAll(of(priority));
      }
    }
    return Collections.unmodifiableList(all);
  }

  private List<ListName> of(Priority priority) {
    return lists.getOrDefault(priority, List.of());
  }
}
