package dev.toygun.testing;

import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.Codec;
import dev.toygun.codec.Decorated;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Operations;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stored fields, as the API writes them and reads them back. */
final class Fields {
  private final World world;
  private final Codec codec;

  Fields(World world) {
    this.world = world;
    this.codec = new Codec(world.keyring, world.time::now, "simulation");
  }

  <T> Optional<T> ofResource(ResourceRow row, Field<T> field) {
    return codec
        .read(List.of(field), row.type(), row.uuid(), row.machine().attrs())
        .findOrInitial(field);
  }

  <T> Optional<T> ofTask(ResourceType<?> type, TaskRow row, Field<T> field) {
    return codec
        .read(List.of(field), of(type, row.name()), row.key().uuid(), row.machine().attrs())
        .findOrInitial(field);
  }

  Optional<Failure> failure(@Nullable UUID uuid) {
    ErrorRow error = uuid == null ? null : world.store.rows().errors.get(uuid);
    if (error == null) {
      return Optional.empty();
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    Decorated.parseFields(error.attrs())
        .forEach((name, value) -> attributes.put(name, String.valueOf(value)));
    return Optional.of(
        new Failure(
            error.uuid(), error.kind(), error.message(), attributes, error.state(), error.at()));
  }

  /** A run of a task, as somebody starts it. */
  TaskStart start(ResourceType<?> type, TaskName name, ResourceRow row, Values args) {
    TaskType<?> task =
        type.task(name.value())
            .orElseThrow(() -> new IllegalArgumentException(type + " has no task " + name));
    UUID run = world.time.uuid();
    String attrs = fresh(type, task, run, args);
    return new TaskStart(
        run, name.value(), false, false, attrs, attrs, row.machine().list(), "key:test");
  }

  /** The fields of a new resource. */
  String fresh(ResourceType<?> type, UUID row, Values values) {
    return fresh(type.fields(), type.name(), row, values);
  }

  /** The fields of a new run of a task. */
  String fresh(ResourceType<?> type, TaskType<?> task, UUID row, Values values) {
    return fresh(task.fields(), of(type, task.name().value()), row, values);
  }

  /** What a signal carries. */
  String signal(SignalType signal, UUID row, Values values) {
    return fresh(signal.fields(), SignalRow.sealedFor(signal.name()), row, values);
  }

  private String fresh(Collection<Field<?>> declared, String place, UUID row, Values values) {
    Attrs attrs = codec.read(declared, place, row, "{}");
    for (Field<?> field : values.fields()) {
      if (!declared.contains(field)) {
        throw new IllegalArgumentException(
            "%s declares no field '%s': add it to .fields(…)".formatted(place, field));
      }
      attrs = attrs.with(field, values.raw(field));
    }
    if (!attrs.missing().isEmpty()) {
      throw new IllegalArgumentException(
          "%s requires %s: give it with .with(…), or among the values"
              .formatted(place, attrs.missing()));
    }
    return attrs.toJson();
  }

  /** The fields of a resource with one of them set. */
  <T> Operations.NewAttrs changed(ResourceRow row, ResourceType<?> type, Field<T> field, T value) {
    Attrs attrs =
        codec
            .read(type.fields(), type.name(), row.uuid(), row.machine().attrs())
            .with(field, value);
    return new Operations.NewAttrs(attrs.toJson(), List.copyOf(attrs.changed()), "");
  }

  private static String of(ResourceType<?> type, String task) {
    return type.name() + "/" + task;
  }
}
