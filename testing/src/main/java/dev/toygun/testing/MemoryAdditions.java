package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an outcome begins, stops and makes around its subject, judged under the owner's lock. */
final class MemoryAdditions {
  private static final Duration LIVED = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMinutes(5);

  private final MemoryRows rows;
  private final MemoryHistory history;
  private final Invariants invariants;
  private final Outcome outcome;
  private final Instant now;
  private final UUID owner;
  private final Set<SubjectKey> touched = new LinkedHashSet<>();
  private final Set<SubjectKey> stopped = new LinkedHashSet<>();
  private final Set<SubjectKey> wakes = new LinkedHashSet<>();

  MemoryAdditions(
      MemoryRows rows, MemoryHistory history, Invariants invariants, Outcome outcome, Instant now) {
    this.rows = rows;
    this.history = history;
    this.invariants = invariants;
    this.outcome = outcome;
    this.now = now;
    this.owner = outcome.subject().resource();
  }

  /** Why it may not be, if so. */
  Optional<Committed.Refused> judge(ResourceRow resource) {
    List<TaskStart> starts = outcome.starts().stream().filter(this::begins).toList();
    List<ChildCreate> creates = outcome.creates().stream().filter(c -> !exists(owner, c)).toList();
    if (!starts.isEmpty() || !creates.isEmpty()) {
      String what =
          starts.isEmpty()
              ? creates.get(0).list().type() + " '" + creates.get(0).label() + "'"
              : "task " + starts.get(0).name();
      if (!resource.machine().active()) {
        return refused(Refusal.Code.ENDED, "%s %s has ended: no %s", resource, what);
      }
      boolean deleting = resource.deleting() != ResourceRow.Deleting.NO;
      if (deleting && (!creates.isEmpty() || !mayStartWhileDeleting())) {
        return refused(Refusal.Code.DELETING, "%s %s is being taken down: no %s", resource, what);
      }
    }
    boolean unheard = outcome.signals().stream().anyMatch(s -> !hears(s));
    if (unheard && outcome.stamp().tick() == null) {
      return refused(Refusal.Code.ENDED, "%s %s: %s", resource, "whom the signal is for has ended");
    }
    boolean ends =
        outcome.subject().isResource() && outcome.write() != null && !outcome.write().active();
    if (ends && (!starts.isEmpty() || !creates.isEmpty() || isOccupied())) {
      return refused(
          Refusal.Code.OCCUPIED, "%s %s cannot end: %s", resource, "something active hangs off it");
    }
    return Optional.empty();
  }

  /** Whether it reaches somebody; code has seen whom it sends one. */
  boolean hears(SignalRow signal) {
    return rows.machine(signal.subject()).map(MachineRow::active).orElse(false);
  }

  private static Optional<Committed.Refused> refused(
      Refusal.Code code, String message, ResourceRow resource, String what) {
    return Optional.of(
        new Committed.Refused(code, message.formatted(resource.type(), resource.uuid(), what)));
  }

  /** Its own ticks may, and a task that cleans up. */
  private boolean mayStartWhileDeleting() {
    return outcome.subject().isResource()
        ? outcome.stamp().tick() != null
        : rows.machine(outcome.subject())
            .map(row -> row.state().equals(BuiltIn.EXIT))
            .orElse(false);
  }

  private boolean isOccupied() {
    return rows.activeTasks(owner).findAny().isPresent()
        || rows.activeChildren(owner).findAny().isPresent();
  }

  private boolean begins(TaskStart start) {
    TaskRow latest = rows.latest(owner, start.name());
    if (latest == null || !isActive(latest)) {
      End end = latest == null ? null : latest.outcome();
      return !start.ensure() || (end != End.STOPPED && end != End.ABORTED);
    }
    return false;
  }

  /** Whether it goes on: a task that ends in this very outcome does not. */
  private boolean isActive(TaskRow task) {
    boolean endsNow =
        task.key().equals(outcome.subject())
            && outcome.write() != null
            && !outcome.write().active();
    return task.machine().active() && !endsNow;
  }

  private boolean exists(UUID parent, ChildCreate child) {
    return rows.activeChildren(parent)
        .anyMatch(r -> r.type().equals(child.list().type()) && r.label().equals(child.label()));
  }

  /** Begins, makes and stops, and says which runs the starts refer to. */
  List<@Nullable UUID> begin() {
    outcome.stops().forEach(this::stop);
    List<@Nullable UUID> begun = new ArrayList<>();
    outcome.starts().forEach(start -> begun.add(start(start)));
    outcome.creates().forEach(this::create);
    rows.activeChildren(owner)
        .filter(c -> outcome.deletes().asks(c.uuid()))
        .toList()
        .forEach(this::ask);
    return begun;
  }

  /** Whoever was begun, made or stopped. */
  Set<SubjectKey> touched() {
    return touched;
  }

  /** Who must look again because of it. */
  Set<SubjectKey> toWake() {
    return wakes;
  }

  private @Nullable UUID start(TaskStart start) {
    TaskRow latest = rows.latest(owner, start.name());
    if (!begins(start)) {
      return latest != null && latest.machine().active() ? latest.key().uuid() : null;
    }
    SubjectKey key = new SubjectKey(owner, start.uuid());
    int streak = start.paced() && latest != null && livedShortly(latest) ? latest.streak() + 1 : 0;
    Instant due = now;
    if (start.paced() && latest != null && latest.machine().endedAt() != null) {
      Instant rested = latest.machine().endedAt().plus(rest(streak));
      due = rested.isAfter(now) ? rested : now;
    }
    invariants.begins(rows, owner, start.name());
    rows.put(
        new TaskRow(
            key,
            start.name(),
            latest == null ? 1 : latest.run() + 1,
            MachineRows.created(BuiltIn.NEW, start.attrs(), start.list(), due, now),
            null,
            start.args(),
            start.startedBy(),
            outcome.stamp().cause(),
            streak,
            null));
    touched.add(key);
    wakeOwner();
    return start.uuid();
  }

  /** The rest before it began does not count as its life. */
  private static boolean livedShortly(TaskRow run) {
    MachineRow row = run.machine();
    Instant began = run.streak() == 0 ? row.createdAt() : row.createdAt().plus(rest(run.streak()));
    return Duration.between(began, Objects.requireNonNull(row.endedAt())).compareTo(LIVED) < 0;
  }

  private static Duration rest(int streak) {
    Duration rest = Duration.ofSeconds(1L << Math.min(Math.max(0, streak - 1), 9));
    return rest.compareTo(MOST) < 0 ? rest : MOST;
  }

  private void stop(String name) {
    TaskRow run = rows.latest(owner, name);
    if (run != null && isStoppable(run)) {
      stop(run);
      stopped.add(run.key());
    }
  }

  private boolean isStoppable(TaskRow run) {
    return isActive(run) && !run.machine().isExiting();
  }

  /** Whether what it stops was stopped by somebody else, or has ended. */
  boolean stopsInVain() {
    return outcome.stops().stream()
        .map(name -> rows.latest(owner, name))
        .anyMatch(run -> run == null || !isStoppable(run));
  }

  /** Those that were stopped by name. */
  Set<SubjectKey> stopped() {
    return stopped;
  }

  /** Something else happened to this one. */
  void touch(SubjectKey key) {
    touched.add(key);
  }

  /** Sends a run to its {@code __exit__}. */
  void stop(TaskRow run) {
    MachineRow before = run.machine();
    MachineRow after = MachineRows.stopped(before, now);
    Transition move =
        new Transition(after.step(), before.state(), BuiltIn.EXIT, "stopped", null, List.of());
    invariants.moves(run.key(), before, List.of(move));
    rows.put(run.with(after, End.STOPPED));
    history.moved(run.key(), move, outcome.stamp(), now, false);
    invariants.row(run.key(), after);
    touched.add(run.key());
  }

  private void create(ChildCreate child) {
    if (exists(owner, child)) {
      return;
    }
    ResourceRow parent = Objects.requireNonNull(rows.resource(owner));
    List<UUID> path = new ArrayList<>(parent.path());
    path.add(owner);
    rows.put(created(child, owner, path, now));
    touched.add(SubjectKey.ofResource(child.uuid()));
    wakeOwner();
  }

  /** A new resource without a parent. */
  static ResourceRow insert(MemoryRows rows, ChildCreate root, Instant now) {
    boolean exists =
        rows.resources().stream()
            .anyMatch(
                r ->
                    r.machine().active()
                        && r.parent() == null
                        && r.type().equals(root.list().type())
                        && r.label().equals(root.label()));
    if (exists) {
      throw root.exists();
    }
    ResourceRow row = created(root, null, List.of(), now);
    rows.put(row);
    return row;
  }

  /** A new resource. */
  static ResourceRow created(
      ChildCreate child, @Nullable UUID parent, List<UUID> path, Instant now) {
    return new ResourceRow(
        child.uuid(),
        parent,
        List.copyOf(path),
        child.label(),
        MachineRows.created(child.state(), child.attrs(), child.list(), now, now),
        ResourceRow.Deleting.NO,
        Observed.NOTHING);
  }

  /** Asks a resource to go. */
  void ask(ResourceRow child) {
    if (child.deleting() != ResourceRow.Deleting.NO) {
      return;
    }
    MachineRow machine = child.machine();
    MachineRow asked = MachineRows.with(machine, machine.attrs(), machine.list(), now);
    rows.put(child.with(asked, ResourceRow.Deleting.ASKED));
    history.changed(child.key(), asked.version(), List.of(BuiltIn.DELETING), outcome.stamp(), now);
    wakes.add(child.key());
  }

  private void wakeOwner() {
    if (!outcome.subject().isResource()) {
      wakes.add(SubjectKey.ofResource(owner));
    }
  }
}
