package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.codec.Attrs;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subject about to be ticked: its rows as they were loaded, and its definition.
 *
 * @param task null for the resource itself
 * @param own the fields of the machine that is ticked
 * @param fields the fields of the resource; for the resource itself the same as {@code own}
 * @param now the database's time of the tick
 */
record Subject(
    ResourceType<?> type,
    @Nullable TaskType<?> task,
    Family family,
    SubjectKey key,
    MachineRow row,
    Attrs own,
    Attrs fields,
    Instant now) {

  /** The stored name of the state whose code is to run. */
  String state() {
    if (!row.state().equals(BuiltIn.NEW)) {
      return row.state();
    }
    return task == null ? type.machine().first().name() : task.machine().first().name();
  }

  /** The step at which its own move entered that state. */
  long entered() {
    return row.state().equals(BuiltIn.NEW) ? 1 : row.entered();
  }

  /** How people know it: {@code website/monitor}. */
  String name() {
    return task == null ? type.name() : type.name() + "/" + task.name();
  }
}
