package dev.toygun.store;

import dev.toygun.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a group is judged on: the rows that it holds, and what was read beside them once it held
 * them. Kept up as its outcomes are carried out one after another.
 */
final class GroupRows {
  final Map<UUID, HeldResource> resources = new HashMap<>();
  final Map<SubjectKey, HeldTask> tasks = new HashMap<>();
  final Map<UUID, List<ActiveTask>> active = new HashMap<>();
  final Map<GroupNeeds.Named, Run> latest = new HashMap<>();
  final Set<GroupNeeds.Named> twins = new HashSet<>();
  final Map<UUID, String> childOf = new HashMap<>();
  final Map<UUID, Long> unasked = new HashMap<>();
  final Set<UUID> there = new HashSet<>();
  final AlarmRows alarms;
  final Instant now;

  GroupRows(Instant now, AlarmRows alarms) {
    this.now = now;
    this.alarms = alarms;
  }

  /**
   * An active task, locked or not.
   *
   * @param isNew whether it begins with this group: nobody has ticked it
   */
  record ActiveTask(SubjectKey key, String name, boolean isNew) {}

  /** The latest run of a task. */
  record Run(
      SubjectKey key,
      long run,
      boolean active,
      @Nullable End end,
      int streak,
      Instant createdAt,
      @Nullable Instant endedAt) {
    Run ended(@Nullable End how, Instant at) {
      return new Run(key, run, false, how, streak, createdAt, at);
    }
  }

  @Nullable Held held(SubjectKey key) {
    return key.isResource() ? resources.get(key.resource()) : tasks.get(key);
  }

  List<ActiveTask> activeOf(UUID resource) {
    return active.getOrDefault(resource, List.of());
  }

  /** The tasks of a resource that were active before, and still are, but this one. */
  List<ActiveTask> others(SubjectKey but) {
    return activeOf(but.resource()).stream()
        .filter(task -> !task.isNew() && !task.key().equals(but))
        .toList();
  }

  @Nullable ActiveTask activeTask(UUID resource, String name) {
    return activeOf(resource).stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  @Nullable Run latest(UUID resource, String name) {
    return latest.get(GroupNeeds.Named.task(resource, name));
  }

  /** A run has begun. */
  void begun(UUID resource, String name, Run run) {
    latest.put(GroupNeeds.Named.task(resource, name), run);
    active
        .computeIfAbsent(resource, key -> new ArrayList<>())
        .add(new ActiveTask(run.key(), name, true));
  }

  /** A run has ended. */
  void ended(HeldTask task) {
    UUID resource = task.key().resource();
    List<ActiveTask> others = active.get(resource);
    if (others != null) {
      others.removeIf(other -> other.key().equals(task.key()));
    }
    latest.computeIfPresent(
        GroupNeeds.Named.task(resource, task.name()),
        (name, run) -> run.key().equals(task.key()) ? run.ended(task.end, now) : run);
  }
}
