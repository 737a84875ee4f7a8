package dev.toygun.worker;

import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Picks what an errand ticks next. */
final class Picker {
  private final TypeSet types;
  private final StoredFields stored;
  private final Holding holding;
  private final Held held;
  private final Aftermath aftermath;

  Picker(TypeSet types, StoredFields stored, Holding holding, Held held, Aftermath aftermath) {
    this.types = types;
    this.stored = stored;
    this.holding = holding;
    this.held = held;
    this.aftermath = aftermath;
  }

  /** The first subject to tick that it defines and nobody holds; none under a lease long silent. */
  Optional<Subject> pick(Errand errand, Family family, Instant now) {
    for (SubjectKey key : errand.due(family, now)) {
      Optional<Subject> subject = subject(family, key, now);
      boolean elsewhere = isElsewhere(errand, subject);
      if (elsewhere) {
        aftermath.woken(List.of(new Committed.Woken(key, errand.found)), errand.trace);
      }
      if (elsewhere
          || subject.isEmpty()
          || holding.leaves(family, key, errand.found)
          || !held.trusted(errand)) {
        errand.skipped.add(key);
      } else {
        return subject;
      }
    }
    return Optional.empty();
  }

  /** Whether the errand would go on with something of a family that looks like this. */
  boolean wouldPick(Errand errand, Family family, Instant now) {
    return errand.due(family, now).stream()
        .filter(key -> !holding.holds(family, key))
        .map(key -> subject(family, key, now))
        .anyMatch(subject -> subject.isPresent() && !isElsewhere(errand, subject));
  }

  /** Whether it is ticked under a lease of its own. */
  private static boolean isElsewhere(Errand errand, Optional<Subject> subject) {
    return errand.shared == null
        && subject.map(Subject::task).map(TaskType::isShared).orElse(false);
  }

  /** A machine of the family, if this worker defines it. */
  Optional<Subject> subject(Family family, SubjectKey key, Instant now) {
    ResourceType<?> type = types.find(family.resource().type()).orElse(null);
    MachineRow row = family.machine(key).orElse(null);
    if (type == null || row == null || StoredFields.newer(family, row, type)) {
      return Optional.empty();
    }
    return Optional.of(stored.subject(type, family, key, row, now));
  }
}
