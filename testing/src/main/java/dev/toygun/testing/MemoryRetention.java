package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.Keep;
import dev.toygun.store.Alarm;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Old;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Retention.Look;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes what is old from a {@link MemoryStore}. */
final class MemoryRetention {
  private static final Comparator<Seen> ORDER =
      Comparator.comparing(Seen::at).thenComparing(s -> s.key().uuid(), SubjectKey.UUID_ORDER);

  private final MemoryRows rows;
  private final MemoryTypes types;
  private final MemoryAlarms alarms;
  private final MemoryHolds holds;
  private final MemoryHistory history;

  MemoryRetention(
      MemoryRows rows,
      MemoryTypes types,
      MemoryAlarms alarms,
      MemoryHolds holds,
      MemoryHistory history) {
    this.rows = rows;
    this.types = types;
    this.alarms = alarms;
    this.holds = holds;
    this.history = history;
  }

  List<Old> ended() {
    Set<Old> old = new LinkedHashSet<>();
    for (TaskRow task : rows.endedTasks()) {
      old.add(runs(task.machine().list().type(), task.name()));
    }
    for (ResourceRow resource : rows.resources()) {
      if (!resource.machine().active()) {
        old.add(resources(resource.type()));
      }
    }
    return List.copyOf(old);
  }

  private Old runs(String type, String task) {
    return types
        .newest(type, task)
        .map(TypeDefinition.TaskDefinition::keeps)
        .map(k -> new Old.Runs(type, task, k.runs(), Duration.ofSeconds(k.time())))
        .orElse(new Old.Runs(type, task, Keep.DEFAULT.runs(), Keep.DEFAULT.time()));
  }

  private Old resources(String type) {
    return new Old.Resources(
        type,
        types.newest(type).map(t -> Duration.ofSeconds(t.keepSeconds())).orElse(Keep.RESOURCE));
  }

  Look look(Old old, @Nullable Seen after, int most, Instant now) {
    List<Seen> seen =
        there(old, now)
            .filter(s -> after == null || ORDER.compare(s, after) > 0)
            .sorted(ORDER)
            .limit(most)
            .toList();
    List<Seen> over = seen.stream().filter(s -> isOver(old, s.key())).toList();
    return new Look(over, seen.size() < most ? null : seen.get(seen.size() - 1));
  }

  private Stream<Seen> there(Old old, Instant now) {
    Instant before = now.minus(old.time());
    if (old instanceof Old.Runs runs) {
      return rows.endedTasks().stream()
          .filter(t -> t.name().equals(runs.task()))
          .filter(t -> t.machine().list().type().equals(runs.type()))
          .map(t -> seen(t.key(), t.machine()))
          .filter(s -> s.at().isBefore(before));
    }
    if (old instanceof Old.Resources resources) {
      return rows.resources().stream()
          .filter(r -> !r.machine().active() && r.type().equals(resources.type()))
          .map(r -> seen(r.key(), r.machine()))
          .filter(s -> s.at().isBefore(before));
    }
    return rows.resources().stream()
        .filter(r -> r.machine().active())
        .map(r -> new Seen(r.key(), r.machine().createdAt()));
  }

  private static Seen seen(SubjectKey key, MachineRow row) {
    return new Seen(key, Objects.requireNonNull(row.endedAt()));
  }

  private boolean isOver(Old old, SubjectKey key) {
    if (!(old instanceof Old.Runs runs)) {
      return true;
    }
    TaskRow run = Objects.requireNonNull(rows.task(key.uuid()));
    TaskRow latest = Objects.requireNonNull(rows.latest(key.resource(), run.name()));
    return run.run() <= latest.run() - runs.runs();
  }

  Removed remove(Old old, List<Seen> seen, int most, Instant now) {
    Map<String, Integer> counts = new TreeMap<>();
    if (old instanceof Old.History) {
      seen.forEach(s -> thin(s.key(), now.minus(old.time()), counts));
      return new Removed(counts, false);
    }
    boolean more = false;
    for (Seen one : seen) {
      if (mayGo(old, one.key())) {
        more |= remove(one.key(), most, counts);
      }
    }
    return new Removed(counts, more);
  }

  private boolean mayGo(Old old, SubjectKey key) {
    Optional<MachineRow> row = rows.machine(key).filter(r -> !r.active());
    if (row.isEmpty() || holds.holds(key) || !isOver(old, key)) {
      return false;
    }
    Predicate<Alarm> theirs =
        key.isResource()
            ? a -> a.key().resource().equals(key.resource())
            : a -> a.subject().equals(key.uuid()) || tellsOf(a, key);
    boolean parent =
        key.isResource()
            && rows.resources().stream().anyMatch(r -> key.resource().equals(r.parent()));
    return !parent && alarms.all().stream().noneMatch(theirs.and(Alarm::active));
  }

  private boolean tellsOf(Alarm alarm, SubjectKey run) {
    ErrorRow error = alarm.error() == null ? null : rows.errors.get(alarm.error());
    return error != null && error.subject().equals(run);
  }

  /** Its moves piece by piece, and itself with the last; whether there are more. */
  private boolean remove(SubjectKey key, int most, Map<String, Integer> counts) {
    Predicate<SubjectKey> theirs =
        key.isResource() ? k -> k.resource().equals(key.resource()) : k -> k.equals(key);
    int moves = history.removeMoves(theirs, most, k -> Story.nameOf(rows, k));
    counts.merge("transitions", moves, Integer::sum);
    if (moves >= most) {
      return true;
    }
    counts.merge("changes", history.removeRest(theirs), Integer::sum);
    alarms.remove(a -> theirs.test(new SubjectKey(a.key().resource(), a.subject())), theirs);
    counts.merge("tasks", rows.remove(key), Integer::sum);
    counts.merge("resources", key.isResource() ? 1 : 0, Integer::sum);
    return false;
  }

  /** Of what lives. */
  private void thin(SubjectKey resource, Instant before, Map<String, Integer> counts) {
    List<SubjectKey> machines = new ArrayList<>(List.of(resource));
    rows.activeTasks(resource.resource()).forEach(t -> machines.add(t.key()));
    for (SubjectKey key : machines) {
      MachineRow row = rows.machine(key).orElseThrow();
      int moves = history.thin(key, before, row.error(), Story.nameOf(rows, key));
      counts.merge("transitions", moves, Integer::sum);
    }
    alarms.remove(
        a ->
            a.key().resource().equals(resource.resource())
                && a.endedAt() != null
                && a.endedAt().isBefore(before),
        key -> false);
  }

  /** Whether a rewind, or whoever reads its story, wants this move of what lives for ever. */
  static boolean stays(MemoryHistory.Moved moved, List<MemoryHistory.Moved> all) {
    var move = moved.transition();
    return move.step() == 1
        || move.error() != null
        || Set.of(BuiltIn.PANIC, BuiltIn.TIMEOUT).contains(move.to())
        || move.changed().contains(BuiltIn.DELETING)
        || all.stream()
            .noneMatch(
                later ->
                    later.own()
                        && later.transition().step() > move.step()
                        && later.transition().to().equals(move.to()));
  }
}
