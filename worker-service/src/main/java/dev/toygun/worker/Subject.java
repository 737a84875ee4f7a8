package dev.toygun.worker;

import dev.toygun.Breaker;
import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.codec.Attrs;
import dev.toygun.store.Alarm;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subject about to be ticked: its rows as they were loaded, and its definition.
 *
 * @param task null for the resource itself, and for a run of a task that the code does not define
 * @param own the fields of the machine that is ticked
 * @param fields the fields of the resource; for the resource itself the same as {@code own}
 * @param now the database's time: of the tick, and of what it came to once that is known
 * @param unreadable why its stored fields could not be lifted to the code's version, or null
 * @param opened the secrets that its code has had in its hands
 */
record Subject(
    ResourceType<?> type,
    @Nullable TaskType<?> task,
    Family family,
    SubjectKey key,
    MachineRow row,
    Attrs own,
    Attrs fields,
    Instant now,
    @Nullable Halt unreadable,
    Opened opened) {

  /** The same, at a later time. */
  Subject at(Instant later) {
    return new Subject(type, task, family, key, row, own, fields, later, unreadable, opened);
  }

  /** The same, in the family as it is by now. */
  Subject in(Family newer) {
    return new Subject(type, task, newer, key, row, own, fields, now, unreadable, opened);
  }

  /**
   * Whether it is the resource itself; if not, it is a run, perhaps of a task that the code does
   * not define.
   */
  boolean isResource() {
    return key.isResource();
  }

  /** The stored name of the state whose code is to run. */
  String state() {
    if (!row.state().equals(BuiltIn.NEW)) {
      return row.state();
    }
    if (isResource()) {
      return type.machine().first().name();
    }
    return task == null ? row.state() : task.machine().first().name();
  }

  /** The step at which its own move entered that state. */
  long entered() {
    return row.state().equals(BuiltIn.NEW) ? 1 : row.entered();
  }

  /** The resource's alarm of this name that is not closed. */
  Optional<Alarm> alarm(String name) {
    return family.alarms().stream()
        .filter(alarm -> alarm.active() && alarm.name().equals(name))
        .filter(alarm -> alarm.subject().equals(family.resource().uuid()))
        .findFirst();
  }

  /** What is written of it, to begin with nothing; fields of an older version are lifted. */
  OutcomeDraft draft(Stamp stamp) {
    OutcomeDraft draft = OutcomeDraft.of(family, key, stamp, now);
    if (isResource() && version() > row.list().version()) {
      draft.lifts(own.rewritten(), version());
    }
    if (isResource()) {
      Lapse.of(type, family).ifPresent(lapse -> draft.lapses(lapse.at()));
    }
    if (task != null && !row.state().equals(BuiltIn.EXIT)) {
      draft.runsWithin(task.within());
    }
    return draft;
  }

  /**
   * The version of the type that the resource's fields are written by: what could not be lifted
   * keeps its own.
   */
  int version() {
    int stored = family.resource().machine().list().version();
    return type.upgrades().isEmpty() || unreadable != null
        ? stored
        : Math.max(stored, type.version());
  }

  /** The list of a run that it starts: beside its resource, wherever its code wants both. */
  ListName list() {
    return family.resource().machine().list().version(version());
  }

  /** The breaker that counts its tries, or null: cleaning up is not counted. */
  @Nullable String breaker() {
    if (task == null || row.state().equals(BuiltIn.EXIT)) {
      return null;
    }
    Breaker breaker = task.limits().breaker();
    return breaker == null ? null : breaker.nameOf(type.name(), task.name());
  }

  /** How people know it: {@code website/monitor}. */
  String name() {
    return isResource()
        ? type.name()
        : type.name() + "/" + family.task(key).map(TaskRow::name).orElse("a task");
  }
}
