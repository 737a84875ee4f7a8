package dev.toygun.store;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Which rows a group has to lock, and what has to be read to judge it. */
final class GroupNeeds {
  private static final java.util.Comparator<Named> NAMED =
      java.util.Comparator.comparing(Named::resource, SubjectKey.UUID_ORDER)
          .thenComparing(Named::name);

  /** A task's name, or a child's type and label, under its resource. */
  record Named(UUID resource, String name, String label) {
    static Named task(UUID resource, String name) {
      return new Named(resource, name, "");
    }
  }

  final SortedSet<UUID> resources = new TreeSet<>(SubjectKey.UUID_ORDER);
  final SortedSet<UUID> parentsOf = new TreeSet<>(SubjectKey.UUID_ORDER);
  final SortedSet<UUID> childrenOf = new TreeSet<>(SubjectKey.UUID_ORDER);
  final SortedSet<SubjectKey> tasks = new TreeSet<>();
  final SortedSet<Named> stops = new TreeSet<>(NAMED);
  final SortedSet<UUID> othersOf = new TreeSet<>(SubjectKey.UUID_ORDER);
  final SortedSet<UUID> activeOf = new TreeSet<>(SubjectKey.UUID_ORDER);
  final SortedSet<Named> starts = new TreeSet<>(NAMED);
  final SortedSet<UUID> ends = new TreeSet<>(SubjectKey.UUID_ORDER);
  final AlarmReads alarms = new AlarmReads();
  final SortedSet<Named> creates = new TreeSet<>(NAMED.thenComparing(Named::label));

  GroupNeeds(List<Outcome> group) {
    group.forEach(this::add);
  }

  private void add(Outcome outcome) {
    UUID resource = outcome.subject().resource();
    need(outcome.subject());
    if (needsOwner(outcome)) {
      resources.add(resource);
    }
    if (outcome.wakesUp().contains(Wake.PARENT) || looks(outcome)) {
      parentsOf.add(resource);
    }
    if (outcome.wakesUp().contains(Wake.WAITERS)
        || outcome.owner() != null
        || !outcome.starts().isEmpty()) {
      othersOf.add(resource);
      activeOf.add(resource);
    }
    for (String name : outcome.stops()) {
      stops.add(Named.task(resource, name));
      activeOf.add(resource);
    }
    for (TaskStart start : outcome.starts()) {
      starts.add(Named.task(resource, start.name()));
    }
    for (ChildCreate child : outcome.creates()) {
      creates.add(new Named(resource, child.list().type(), child.label()));
    }
    if (outcome.deletes().all()) {
      childrenOf.add(resource);
    }
    resources.addAll(outcome.deletes().some());
    if (endsResource(outcome)) {
      ends.add(resource);
      activeOf.add(resource);
    }
    outcome.signals().forEach(signal -> need(signal.subject()));
    alarms(outcome);
    if (outcome.then() != null) {
      add(outcome.then());
    }
  }

  private void alarms(Outcome outcome) {
    UUID resource = outcome.subject().resource();
    if (!outcome.alarms().isEmpty() || !outcome.stops().isEmpty() || endsResource(outcome)) {
      alarms.resources.add(resource);
    }
    boolean climbs = outcome.alarms().stream().anyMatch(a -> a.error() != null);
    if (climbs && outcome.write() != null) {
      alarms.panicked.put(outcome.subject(), outcome.write().entered());
    }
    Hop.Decided handles = outcome.handles();
    if (handles != null) {
      SubjectKey panicked = handles.hop().panicked();
      need(panicked);
      if (handles.decision() == Hop.Decision.REWIND) {
        resources.add(panicked.resource());
        if (panicked.isResource()) {
          parentsOf.add(panicked.resource());
        }
      }
      alarms.resources.add(panicked.resource());
      alarms.hops.add(handles);
    }
  }

  private void need(SubjectKey key) {
    if (key.isResource()) {
      resources.add(key.resource());
    } else {
      tasks.add(key);
    }
  }

  /** Whether the resource has to be held too: it is written, woken, or something is added to it. */
  static boolean needsOwner(Outcome outcome) {
    return outcome.subject().isResource()
        || outcome.owner() != null
        || !outcome.wakesUp().isEmpty()
        || !outcome.starts().isEmpty()
        || !outcome.creates().isEmpty()
        || outcome.deletes().all()
        || saysOfOwner(outcome)
        || (outcome.then() != null && needsOwner(outcome.then()));
  }

  /** Whether a task says something about an alarm of its resource: one at a time may. */
  private static boolean saysOfOwner(Outcome outcome) {
    return outcome.alarms().stream().anyMatch(a -> !a.subject().equals(outcome.subject()));
  }

  static boolean endsResource(Outcome outcome) {
    return outcome.subject().isResource() && outcome.write() != null && !outcome.write().active();
  }

  private static boolean looks(Outcome outcome) {
    return outcome.owner() != null && outcome.owner().observation() != null;
  }
}
