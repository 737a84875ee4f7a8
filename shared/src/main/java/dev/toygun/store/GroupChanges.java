package dev.toygun.store;

import dev.toygun.Availability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a group adds to the tables beside the rows that it holds. */
final class GroupChanges {
  final List<Moved> moves = new ArrayList<>();
  final List<Changed> changes = new ArrayList<>();
  final List<Said> said = new ArrayList<>();
  final List<ErrorRow> errors = new ArrayList<>();
  final List<SubjectKey> ended = new ArrayList<>();
  final List<NewTask> tasks = new ArrayList<>();
  final List<NewResource> resources = new ArrayList<>();
  final List<SignalRow> signals = new ArrayList<>();
  final List<Consumed> consumed = new ArrayList<>();
  final List<Lift> lifts = new ArrayList<>();

  final List<TriggerRow> triggers = new ArrayList<>();

  /** By resource: the last one of a group counts. */
  final Map<UUID, Turn> turns = new LinkedHashMap<>();

  record Moved(SubjectKey key, Transition move, Stamp stamp) {}

  record Changed(SubjectKey key, long version, List<String> fields, Stamp stamp) {}

  record Said(SubjectKey key, Outcome.Said what, Stamp stamp) {}

  record NewTask(
      SubjectKey key, TaskStart start, long run, int streak, Cause cause, Instant dueAt) {}

  record NewResource(ChildCreate child, UUID parent, List<UUID> path) {}

  /** A resource whose availability is another one from this version on. */
  record Turn(UUID resource, long version, Availability availability) {}

  record Consumed(UUID resource, UUID signal) {}

  /** A resource whose active tasks follow it to another schema version. */
  record Lift(UUID resource, int version) {}
}
