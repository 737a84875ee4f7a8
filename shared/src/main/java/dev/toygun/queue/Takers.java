package dev.toygun.queue;

import dev.toygun.store.ListName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the workers that live take which lists. */
public final class Takers {
  private final Map<String, List<String>> taken = new HashMap<>();

  /** Of these workers; one that is about to stop takes nothing. */
  public Takers(List<Queue.Worker> workers) {
    for (Queue.Worker worker : workers) {
      for (String list : worker.lists()) {
        taken.computeIfAbsent(list, name -> new ArrayList<>()).add(worker.id());
      }
    }
  }

  /** The workers that take a list, whatever its priority. */
  public List<String> of(ListName list) {
    return taken.getOrDefault(list.taken(), List.of()).stream().sorted().toList();
  }

  /** Whether any takes it. */
  public boolean any(ListName list) {
    return taken.containsKey(list.taken());
  }

  /** What is to be done where nobody takes a list. */
  public String remedy(ListName list) {
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
