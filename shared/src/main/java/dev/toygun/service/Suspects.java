package dev.toygun.service;

import dev.toygun.Severity;
import dev.toygun.queue.Queue;
import dev.toygun.store.Accounts;
import dev.toygun.store.Accounts.Waiting;
import dev.toygun.store.Cause;
import dev.toygun.store.Due;
import dev.toygun.store.ListName;
import dev.toygun.store.Stamp;
import dev.toygun.store.Store;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.SystemAlarms;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what an audit could not explain. What two audits in a row find unwritten is stuck, and
 * its alarm opens; one audit alone may have looked while a worker, a clock or Redis was just coming
 * back.
 */
public final class Suspects {
  /** So many late in a list, with tickets waiting: not one of them is passed over, all queue up. */
  private static final int CROWD = 100;

  private static final int AT_A_TIME = 200;

  private static final String BEHIND = "behind:";

  private final String id;
  private final Time time;
  private final Store store;
  private final Queue queue;
  private final SystemAlarms system;
  private Map<SubjectKey, Long> seen = Map.of();
  private Set<ListName> crowded = Set.of();

  /** Nobody is suspected yet. */
  public Suspects(String id, Time time, Store store, Queue queue, SystemAlarms system) {
    this.id = id;
    this.time = time;
    this.store = store;
    this.queue = queue;
    this.system = system;
  }

  /** The name of the alarm that workers take from a list, and too little. */
  static String behind(ListName list) {
    return BEHIND + list.taken();
  }

  /** Why something should have gone on. */
  static String why(Waiting machine) {
    return machine.dueAt() == null
        ? "waits for nothing that anybody could name, or its row contradicts itself"
        : "is due since %s, and no alarm says why it is not ticked".formatted(machine.dueAt());
  }

  Future<Void> seen(Audit.Report report, Audit.Say say) {
    Set<ListName> lists = new HashSet<>();
    report.account().late().forEach(late -> lists.add(late.list()));
    Future<Map<ListName, Queue.Depth>> depths =
        lists.isEmpty() ? Future.succeededFuture(Map.of()) : queue.depths(lists);
    return depths.compose(
        deep -> {
          Set<ListName> crowd = crowd(report.account(), deep);
          Set<ListName> stay = new HashSet<>(crowd);
          stay.retainAll(crowded);
          crowded = crowd;
          return stuck(report, crowd).compose(done -> behind(stay, crowd, say));
        });
  }

  private static Set<ListName> crowd(Accounts.Account account, Map<ListName, Queue.Depth> deep) {
    Set<ListName> crowd = new HashSet<>();
    deep.forEach(
        (list, depth) -> {
          if (depth.tickets() > 0 && account.late(list) >= CROWD) {
            crowd.add(list);
          }
        });
    return crowd;
  }

  private Future<Void> stuck(Audit.Report report, Set<ListName> crowd) {
    Map<SubjectKey, Long> now = new HashMap<>();
    List<Due.Stuck> again = new ArrayList<>();
    for (Waiting machine : report.unexplained()) {
      if (machine.dueAt() == null || !crowd.contains(machine.list())) {
        now.put(machine.subject(), machine.version());
        Long before = seen.get(machine.subject());
        if (before != null && before == machine.version()) {
          String why = machine.subject().uuid() + " " + why(machine);
          again.add(new Due.Stuck(machine.subject(), machine.version(), time.uuid(), why));
        }
      }
    }
    seen = now;
    Future<Void> said = Future.succeededFuture();
    for (int from = 0; from < again.size(); from += AT_A_TIME) {
      List<Due.Stuck> page = again.subList(from, Math.min(again.size(), from + AT_A_TIME));
      said = said.compose(done -> store.stuck(page, stamp())).mapEmpty();
    }
    return said;
  }

  private Stamp stamp() {
    return new Stamp(Cause.ALARM, "system", id, "", null, null, Stamp.Delays.NONE);
  }

  /** Whoever audits for the first time has yet to see whether a crowd stays: it closes nothing. */
  private Future<Void> behind(Set<ListName> stay, Set<ListName> crowd, Audit.Say say) {
    return system
        .active()
        .compose(
            active -> {
              Set<String> there = new HashSet<>();
              crowd.forEach(list -> there.add(behind(list)));
              Map<String, ListName> names = new HashMap<>();
              stay.forEach(list -> names.put(behind(list), list));
              Future<Void> said = Future.succeededFuture();
              for (String name : active) {
                if (name.startsWith(BEHIND) && !there.contains(name)) {
                  said = said.compose(done -> say.that(name, Severity.ERROR, false, ""));
                }
              }
              for (Map.Entry<String, ListName> one : names.entrySet()) {
                ListName list = one.getValue();
                String message =
                    "much of type %s in queue %s is due for more than a minute: there are too few workers"
                        .formatted(list.type(), list.queue());
                said = said.compose(done -> say.that(one.getKey(), Severity.ERROR, true, message));
              }
              return said;
            });
  }
}
