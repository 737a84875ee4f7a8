package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.Machine;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The edges that types declare, and those that were walked. */
final class Edges {
  private Edges() {}

  /** Declared edges that no run has walked, as {@code website/monitor: check -> down}. */
  static Set<String> unwalked(Collection<ResourceType<?>> types, Story story) {
    Set<String> left = new TreeSet<>();
    for (ResourceType<?> type : types) {
      declared(type.name(), type.machine(), left);
      for (TaskType<?> task : type.tasks()) {
        declared(type.name() + "/" + task.name(), task.machine(), left);
      }
    }
    for (Story.Line line : story.lines()) {
      walk(left, line.machine(), line.from(), line.to(), line.own());
    }
    story.removed().forEach(w -> walk(left, w.machine(), w.from(), w.to(), w.own()));
    return left;
  }

  private static void walk(Set<String> left, String machine, String from, String to, boolean own) {
    // An end leads through __exit__ or not; only the machine's own way there is an edge.
    boolean ends = to.equals(BuiltIn.STOP) || to.equals(BuiltIn.EXIT);
    if (!ends || own) {
      left.remove(edge(machine, from, ends ? BuiltIn.STOP : to));
    }
  }

  private static void declared(String name, Machine<?> machine, Set<String> into) {
    machine
        .edges()
        .forEach(
            edge ->
                into.add(
                    edge(
                        name,
                        edge.from() == null ? BuiltIn.NEW : edge.from(),
                        edge.to() == null ? BuiltIn.STOP : edge.to())));
  }

  private static String edge(String machine, String from, String to) {
    return machine + ": " + from + " -> " + to;
  }
}
