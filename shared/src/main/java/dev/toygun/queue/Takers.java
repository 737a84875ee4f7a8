package dev.toygun.queue;

import dev.toygun.Priority;
import dev.toygun.store.ListName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which of the workers that live take which lists. */
public final class Takers {
  private final Map<String, List<Queue.Worker>> taken = new HashMap<>();

  /** Of these workers; one that is about to stop takes nothing. */
  public Takers(List<Queue.Worker> workers) {
    for (Queue.Worker worker : workers) {
      for (String list : worker.lists()) {
        taken.computeIfAbsent(list, name -> new ArrayList<>()).add(worker);
      }
    }
  }

  /** The workers that take a list. */
  public List<String> of(ListName list) {
    return takers(list).map(Queue.Worker::id).sorted().toList();
  }

  /** Whether any takes it. */
  public boolean any(ListName list) {
    return takers(list).findAny().isPresent();
  }

  /* A build from before types had a priority says nothing of itself, and takes only the usual. */
  private Stream<Queue.Worker> takers(ListName list) {
    return taken.getOrDefault(list.taken(), List.of()).stream()
        .filter(worker -> worker.about() != null || list.priority() == ListName.DEFAULT_PRIORITY);
  }

  /** What is to be done where nobody takes a list. */
  public String remedy(ListName list) {
    if (taken.containsKey(list.taken())) {
      return "workers that take it from there are of an older build, which takes nothing of priority %s: start one of this build"
          .formatted(Priority.ofStored(list.priority()));
    }
    String same = ":" + list.type() + ":" + list.version();
    List<String> queues =
        taken.keySet().stream()
            .filter(one -> one.endsWith(same))
            .map(one -> one.substring(0, one.length() - same.length()))
            .sorted()
            .toList();
    return queues.isEmpty()
        ? "start one that defines it"
        : "workers that define it take it from %s only: start one whose TOYGUN_QUEUES names %s"
            .formatted(String.join(", ", queues), list.queue());
  }
}
