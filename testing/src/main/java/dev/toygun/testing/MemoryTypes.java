package dev.toygun.testing;

import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.TypeShape;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What workers published, of a {@link MemoryStore}. */
final class MemoryTypes {
  private final Map<String, TypeDefinition> published = new LinkedHashMap<>();
  private int times;

  /** Another moment each time that something was published. */
  Instant publishedAt() {
    return Instant.ofEpochSecond(times);
  }

  /** All or none; how many there are then. */
  int publish(List<TypeDefinition> definitions) {
    for (TypeDefinition ours : definitions) {
      TypeDefinition before = find(ours.name(), ours.version());
      if (before != null) {
        TypeShape.agree(before, ours);
      }
    }
    definitions.forEach(d -> published.put(key(d.name(), d.version()), d));
    times++;
    return published.size();
  }

  @Nullable TypeDefinition find(String name, int version) {
    return published.get(key(name, version));
  }

  /** A type in its newest version. */
  Optional<TypeDefinition> newest(String name) {
    return published.values().stream()
        .filter(t -> t.name().equals(name))
        .max(Comparator.comparing(TypeDefinition::version));
  }

  /** A task, as the newest version of its type has it that has it. */
  Optional<TaskDefinition> newest(String name, String task) {
    return published.values().stream()
        .filter(t -> t.name().equals(name) && t.task(task).isPresent())
        .max(Comparator.comparing(TypeDefinition::version))
        .flatMap(t -> t.task(task));
  }

  List<TypeDefinition> all() {
    return List.copyOf(published.values());
  }

  private static String key(String name, int version) {
    return name + ":" + version;
  }
}
