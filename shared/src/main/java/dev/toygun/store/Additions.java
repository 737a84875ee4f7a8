package dev.toygun.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an outcome adds around its subject's row, while it is drawn. */
final class Additions {
  final List<AlarmWrite> alarms = new ArrayList<>(0);
  final List<TaskStart> starts = new ArrayList<>(0);
  final List<String> stops = new ArrayList<>(0);
  final List<ChildCreate> creates = new ArrayList<>(0);
  final List<SignalRow> signals = new ArrayList<>(0);
  final List<UUID> consumed = new ArrayList<>(0);
  final List<TriggerRow> triggers = new ArrayList<>(0);
  boolean deletesChildren;
  Hop.@Nullable Decided handles;

  /**
   * Whether there is nothing beside what the row itself says; what is consumed is written there.
   */
  boolean isEmpty() {
    return starts.isEmpty()
        && stops.isEmpty()
        && creates.isEmpty()
        && signals.isEmpty()
        && alarms.isEmpty()
        && handles == null
        && !deletesChildren;
  }
}
