package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  ChildDelete deletes = ChildDelete.NONE;
  Hop.@Nullable Decided handles;

  /**
   * A signal is sent.
   *
   * @return whether the row has to be written for it: of two ticks of one version only one sends it
   */
  boolean sends(SignalRow signal, Stamp stamp) {
    signals.add(signal);
    return stamp.tick() != null;
  }

  /** Of a machine that stood still, or of a run that waited for approval, that is over. */
  void overcome(SubjectKey key, MachineRow was, Optional<TaskRow> run) {
    if (alarms.stream().anyMatch(a -> a.kind() == AlarmWrite.Kind.CLEAR)) {
      return;
    }
    if (was.state().equals(BuiltIn.PANIC) || was.state().equals(BuiltIn.TIMEOUT)) {
      alarms.add(AlarmWrite.clear(key, AlarmType.PANIC));
      alarms.add(AlarmWrite.clear(key, AlarmType.TIMEOUT));
    } else if (run.filter(TaskRow::waitsForApproval).isPresent()) {
      alarms.add(AlarmWrite.clear(key, AlarmType.APPROVAL));
    }
  }

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
        && deletes.isNone();
  }
}
