package dev.toygun.testing.contract;

import dev.toygun.store.SubjectKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a store keeps beside the rows that it gives out; for tests to look at. */
public interface StoreHistory {
  /** The moves of a subject, by step. */
  List<Moved> moves(SubjectKey subject);

  /** The fields that its ticks changed without a move, oldest first. */
  List<Changed> changes(SubjectKey subject);

  /** The names of its alarms that are not closed, in alphabetical order. */
  List<String> openAlarms(SubjectKey subject);

  /** The runs of a resource's tasks with this name, oldest first. */
  List<UUID> runs(UUID resource, String name);

  /** A transition. */
  record Moved(
      long step,
      String from,
      String to,
      String message,
      String actor,
      @Nullable UUID error,
      List<String> changed,
      @Nullable UUID tick) {}

  /** A change without a move. */
  record Changed(long version, List<String> fields) {}
}
