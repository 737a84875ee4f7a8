package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Signal;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.codec.Attrs;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stored fields, read and written by the types that define them. */
interface Stored {
  /** A subject of these rows. */
  Subject subject(ResourceType<?> type, Family family, SubjectKey key, MachineRow row, Instant now);

  /** The fields with one of them set, or unset. */
  Attrs change(Attrs attrs, Field<?> field, Optional<Object> value);

  /** The fields of a new row, as decorated JSON. */
  String fresh(List<Field<?>> declared, String type, UUID row, Values values, String what);

  /** The fields of another task's run. */
  Attrs ofTask(ResourceType<?> type, TaskType<?> task, TaskRow row);

  /** A field of another resource. */
  <T> Optional<T> ofOther(ResourceRow row, Field<T> field);

  Values args(ResourceType<?> type, TaskType<?> task, TaskRow row);

  Signal signal(Subject subject, SignalRow row);

  Map<String, Object> attributes(String json);

  String errorAttrs(Map<String, Object> attributes);
}
