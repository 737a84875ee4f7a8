package dev.toygun.store;

import dev.toygun.store.ResourceRow.Deleting;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A family as an outcome will leave it, unless somebody else comes between. Whoever does bumps a
 * {@code version} or {@code wakes}: so the next outcome that is decided from a forecast is fenced,
 * or leaves its row due, where the forecast was wrong.
 */
public final class Forecast {
  private Forecast() {}

  /**
   * The family after this outcome, or nothing where it cannot be foretold without reading: it
   * starts, makes, stops or signals something, or wakes waiting tasks.
   */
  public static Optional<Family> of(Family before, Outcome outcome, Instant now) {
    if (!outcome.touchesItsOwnOnly() || (wakesWaiters(before, outcome) && waits(before, outcome))) {
      return Optional.empty();
    }
    return Optional.of(own(before, outcome, now));
  }

  /** The family once its subject and its resource are written, and the resource is woken. */
  static Family own(Family before, Outcome outcome, Instant now) {
    Family after = before;
    Write write = outcome.write();
    if (write != null) {
      long version = outcome.version() + 1;
      Instant due = write.active() ? write.dueAt() : null;
      after = written(after, outcome, new Pulse(version, outcome.wakes(), due), now);
    }
    if (outcome.owner() != null) {
      after = with(after, owned(after.resource(), outcome.owner()));
    }
    if (wakesWaiters(before, outcome)) {
      after = stirred(after, outcome);
    }
    if (wakesResource(before, outcome) && after.resource().machine().active()) {
      after = with(after, woken(after.resource(), now));
    }
    return after;
  }

  /** The family while a resource's settle is kept back: not due, and nothing else is changed. */
  public static Family keptBack(Family before, Outcome settle) {
    MachineRow m = before.resource().machine();
    Instant due = Objects.requireNonNull(settle.write()).dueAt();
    MachineRow machine = counted(m, m.attrs(), m.list(), new Pulse(m.version(), m.wakes(), due));
    ResourceRow row = before.resource();
    return with(
        before, resource(row, machine, new Write.OfResource(row.deleting(), row.observed())));
  }

  /** Whether the outcome makes the resource itself look again. */
  public static boolean wakesResource(Family before, Outcome outcome) {
    return outcome.wakesUp().contains(Wake.RESOURCE) || isSeen(before, outcome);
  }

  /**
   * The family after an outcome that was committed, and what followed it: the same as reading it
   * again, without reading. Nothing where something else has happened meanwhile, or may have.
   */
  public static Optional<Family> of(
      Family before, Outcome outcome, Committed.Done done, Instant now) {
    Outcome then = outcome.then();
    if (then != null && then.then() != null) {
      return Optional.empty();
    }
    boolean isTold = then == null && !wakesResource(before, outcome);
    if (!isTold && !(done.then() instanceof Committed.Done)) {
      return Optional.empty();
    }
    Optional<Family> first =
        of(before, outcome, now).filter(family -> agrees(family, outcome.subject(), done));
    if (then == null) {
      return first.map(family -> written(family, outcome, Pulse.of(done), now));
    }
    Committed.Done last = (Committed.Done) done.then();
    return first
        .flatMap(family -> of(family, then, now))
        .filter(family -> agrees(family, then.subject(), Objects.requireNonNull(last)))
        .map(family -> written(family, then, Pulse.of(Objects.requireNonNull(last)), now));
  }

  private static boolean agrees(Family family, SubjectKey key, Committed.Done done) {
    return family
        .machine(key)
        .filter(row -> row.version() == done.version() && row.wakes() == done.wakes())
        .isPresent();
  }

  static boolean wakesWaiters(Family before, Outcome outcome) {
    return outcome.wakesUp().contains(Wake.WAITERS) || isSeen(before, outcome);
  }

  private static boolean waits(Family before, Outcome outcome) {
    return before.tasks().stream()
        .anyMatch(
            task ->
                task.machine().active()
                    && task.machine().waits()
                    && !task.key().equals(outcome.subject()));
  }

  private static Family stirred(Family before, Outcome outcome) {
    return tasks(
        before,
        before.tasks().stream()
            .map(
                task ->
                    task.key().equals(outcome.subject())
                        ? task
                        : task.with(stirred(task.machine())))
            .toList());
  }

  /** Whether it changes something of the resource that others see. */
  private static boolean isSeen(Family before, Outcome outcome) {
    OwnerWrite owner = outcome.owner();
    if (owner == null) {
      return false;
    }
    ResourceRow row = before.resource();
    OwnerWrite.Observation look = owner.observation();
    return owner.fields() != null
        || (look != null && look.after(row.observed()).availability() != row.availability());
  }

  /** What is counted of a row, and when it is due. */
  private record Pulse(long version, long wakes, @Nullable Instant dueAt) {
    static Pulse of(Committed.Done done) {
      return new Pulse(done.version(), done.wakes(), done.dueAt());
    }
  }

  private static Family written(Family before, Outcome outcome, Pulse pulse, Instant now) {
    Write write = outcome.write();
    if (write == null) {
      return before;
    }
    if (outcome.subject().isResource()) {
      ResourceRow row = before.resource();
      Write.OfResource of =
          Objects.requireNonNullElse(
              write.resource(), new Write.OfResource(row.deleting(), row.observed()));
      MachineRow machine = machine(row.machine(), write, pulse, now);
      return with(before, resource(row, machine, of));
    }
    return tasks(
        before,
        before.tasks().stream()
            .map(
                task -> task.key().equals(outcome.subject()) ? task(task, write, pulse, now) : task)
            .toList());
  }

  private static TaskRow task(TaskRow row, Write write, Pulse pulse, Instant now) {
    return new TaskRow(
        row.key(),
        row.name(),
        row.run(),
        machine(row.machine(), write, pulse, now),
        write.end(),
        row.args(),
        row.startedBy(),
        row.cause(),
        row.streak(),
        write.admission() == null ? row.admission() : write.admission());
  }

  private static MachineRow machine(MachineRow row, Write write, Pulse pulse, Instant now) {
    boolean active = write.active();
    return new MachineRow(
        write.state(),
        write.step(),
        pulse.version(),
        pulse.wakes(),
        write.entered(),
        write.tries(),
        write.resume(),
        Objects.requireNonNullElse(write.attrs(), row.attrs()),
        list(row.list(), write.schemaVersion()),
        pulse.dueAt(),
        active ? write.everyS() : null,
        active ? write.deadlineAt() : null,
        active ? write.runDeadlineAt() : null,
        write.waits(),
        active,
        write.error(),
        row.createdAt(),
        now,
        active ? row.endedAt() : now);
  }

  private static ListName list(ListName list, int version) {
    return version == list.version() ? list : list.version(version);
  }

  private static ResourceRow owned(ResourceRow row, OwnerWrite owner) {
    OwnerWrite.Observation look = owner.observation();
    Observed after = look == null ? row.observed() : look.after(row.observed());
    OwnerWrite.Fields fields = owner.fields();
    if (fields == null && after.equals(row.observed())) {
      return row;
    }
    MachineRow m = row.machine();
    MachineRow machine =
        counted(
            m,
            fields == null ? m.attrs() : fields.attrs(),
            fields == null ? m.list() : list(m.list(), fields.schemaVersion()),
            new Pulse(m.version() + 1, m.wakes(), m.dueAt()));
    return resource(row, machine, new Write.OfResource(row.deleting(), after));
  }

  private static ResourceRow woken(ResourceRow row, Instant now) {
    MachineRow m = row.machine();
    Instant due = m.dueAt() == null || m.dueAt().isAfter(now) ? now : m.dueAt();
    MachineRow machine =
        counted(m, m.attrs(), m.list(), new Pulse(m.version(), m.wakes() + 1, due));
    return resource(row, machine, new Write.OfResource(row.deleting(), row.observed()));
  }

  /**
   * The machine, told that something has happened that its resource's tasks may wait for: one that
   * does not wait, and may be in the middle of a tick, looks again if it comes to wait by that. Its
   * {@code wakes} say so to whoever commits the tick.
   */
  public static MachineRow stirred(MachineRow m) {
    return !m.active() || m.waits() || (m.dueAt() == null && m.everyS() == null)
        ? m
        : counted(
            m, m.attrs(), m.list(), new Pulse(m.version(), Wakes.stirred(m.wakes()), m.dueAt()));
  }

  /** The machine, due now at the latest. */
  static MachineRow due(MachineRow m, Instant now) {
    Instant due = m.dueAt() == null || m.dueAt().isAfter(now) ? now : m.dueAt();
    return counted(m, m.attrs(), m.list(), new Pulse(m.version(), m.wakes(), due));
  }

  private static MachineRow counted(MachineRow m, String attrs, ListName list, Pulse pulse) {
    return new MachineRow(
        m.state(),
        m.step(),
        pulse.version(),
        pulse.wakes(),
        m.entered(),
        m.tries(),
        m.resume(),
        attrs,
        list,
        pulse.dueAt(),
        m.everyS(),
        m.deadlineAt(),
        m.runDeadlineAt(),
        m.waits(),
        m.active(),
        m.error(),
        m.createdAt(),
        m.updatedAt(),
        m.endedAt());
  }

  private static ResourceRow resource(ResourceRow row, MachineRow machine, Write.OfResource of) {
    UUID uuid = row.uuid();
    Deleting deleting = of.deleting();
    return new ResourceRow(
        uuid, row.parent(), row.path(), row.label(), machine, deleting, of.observed());
  }

  private static Family with(Family before, ResourceRow resource) {
    return new Family(
        resource,
        before.tasks(),
        before.signals(),
        before.errors(),
        before.children(),
        before.parent(),
        before.alarms(),
        before.panics(),
        before.triggers());
  }

  static Family tasks(Family before, List<TaskRow> tasks) {
    return new Family(
        before.resource(),
        tasks,
        before.signals(),
        before.errors(),
        before.children(),
        before.parent(),
        before.alarms(),
        before.panics(),
        before.triggers());
  }
}
