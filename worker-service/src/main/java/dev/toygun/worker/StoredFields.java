package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Signal;
import dev.toygun.SignalType;
import dev.toygun.StateDef;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.BadField;
import dev.toygun.codec.Codec;
import dev.toygun.codec.Decorated;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Stored fields, read and written by the types that define them. Fields of an older version are
 * lifted when they are read, and stored so with the next write.
 */
final class StoredFields {
  private final Codec codec;
  private final TypeSet types;
  private final Consumer<Object> opened;

  StoredFields(Codec codec, TypeSet types) {
    this(codec, types, value -> {});
  }

  private StoredFields(Codec codec, TypeSet types, Consumer<Object> opened) {
    this.codec = codec;
    this.types = types;
    this.opened = opened;
  }

  /** The same as a subject's code sees them: what secrets it opens is noted. */
  StoredFields seenBy(Subject subject) {
    return new StoredFields(codec, types, subject.opened());
  }

  /** A subject of these rows. */
  Subject subject(
      ResourceType<?> type, Family family, SubjectKey key, MachineRow row, Instant now) {
    Halt unreadable = null;
    Attrs fields;
    try {
      fields = ofResource(type, family.resource());
    } catch (UpgradeFailed e) {
      unreadable = new Halt(Halt.BAD_FIELD, type.name() + ": " + e.getMessage());
      fields = asStored(type, family.resource());
    }
    Opened none = new Opened();
    if (key.isResource()) {
      return new Subject(type, null, family, key, row, fields, fields, now, unreadable, none);
    }
    TaskRow run = family.task(key).orElseThrow();
    TaskType<?> task = type.task(run.name()).orElse(null);
    Attrs own = task == null ? fields : ofTask(type, task, run);
    return new Subject(type, task, family, key, row, own, fields, now, unreadable, none);
  }

  private Attrs ofResource(ResourceType<?> type, ResourceRow row) {
    return read(type.fields(), type.name(), row.uuid(), lifted(type, row.machine()));
  }

  private Attrs asStored(ResourceType<?> type, ResourceRow row) {
    return read(type.fields(), type.name(), row.uuid(), row.machine().attrs());
  }

  /** The fields of a task's run. */
  Attrs ofTask(ResourceType<?> type, TaskType<?> task, TaskRow row) {
    return read(task.fields(), owner(type, task), row.key().uuid(), row.machine().attrs());
  }

  private Attrs read(Collection<Field<?>> declared, String type, UUID row, String text) {
    return codec.read(declared, type, row, text, opened);
  }

  /** What the secrets of its runs are sealed for. */
  static String owner(ResourceType<?> type, TaskType<?> task) {
    return type.name() + "/" + task.name();
  }

  /**
   * A field of another resource.
   *
   * @throws NewerRow where its row is newer than the code
   */
  <T> Optional<T> ofOther(ResourceRow row, Field<T> field) {
    ResourceType<?> type = types.find(row.type()).orElse(null);
    if (type == null) {
      return read(List.of(field), row.type(), row.uuid(), row.machine().attrs())
          .findOrInitial(field);
    }
    if (row.machine().list().version() > type.version()) {
      throw new NewerRow(row, type.version());
    }
    return ofResource(type, row).findOrInitial(field);
  }

  private static String lifted(ResourceType<?> type, MachineRow row) {
    String fields = row.attrs();
    for (int from = row.list().version(); from < type.version(); from++) {
      UnaryOperator<Map<String, Object>> step = type.upgrades().get(from);
      if (step != null) {
        fields = lifted(from, step, fields);
      }
    }
    return fields;
  }

  private static String lifted(int from, UnaryOperator<Map<String, Object>> step, String fields) {
    try {
      Map<String, Object> older = new LinkedHashMap<>();
      Decorated.parseFields(fields)
          .forEach(
              (name, value) -> {
                if (value != null) { // Null and absent are the same.
                  older.put(name, value);
                }
              });
      return Decorated.formatFields(
          Objects.requireNonNull(step.apply(older), "it returned null, not the fields"));
    } catch (Throwable e) {
      throw new UpgradeFailed(from, e);
    }
  }

  /** The fields with one of them set, or unset. */
  Attrs change(Attrs attrs, Field<?> field, Optional<Object> value) {
    try {
      return value.isPresent() ? attrs.with(field, value.get()) : attrs.without(field);
    } catch (BadField e) {
      throw new Halt(Halt.BAD_FIELD, e.getMessage());
    }
  }

  /** The fields of a new row, as decorated JSON. */
  String fresh(Collection<Field<?>> declared, String type, UUID row, Values values, String what) {
    Attrs attrs = codec.read(declared, type, row, "{}");
    for (Field<?> field : values.fields()) {
      if (!declared.contains(field)) {
        throw new Halt(
            Halt.BAD_FIELD, "%s declares no field '%s'; it was given one".formatted(what, field));
      }
      attrs = change(attrs, field, Optional.of(values.raw(field)));
    }
    if (!attrs.missing().isEmpty()) {
      throw new Halt(
          Halt.BAD_FIELD, "%s requires %s, and was not given it".formatted(what, attrs.missing()));
    }
    return attrs.toJson();
  }

  /** What a run was started with. */
  Values args(ResourceType<?> type, TaskType<?> task, TaskRow row) {
    if (row.args().length() <= 2) {
      return Values.NONE;
    }
    return values(
        read(task.fields(), owner(type, task), row.key().uuid(), row.args()), task.fields());
  }

  /*
   * Decoded when code asks for them: what nobody can read, as a value that came over the API and does
   * not pass its check, must not keep the code from running that cleans up.
   */
  private static Values values(Attrs attrs, Collection<Field<?>> fields) {
    Map<Field<?>, Supplier<?>> values = new LinkedHashMap<>();
    for (Field<?> field : fields) {
      if (attrs.has(field)) {
        values.put(field, () -> read(attrs, field));
      }
    }
    return Values.stored(values);
  }

  /** Values may be read on any thread of the code that has them. */
  private static Object read(Attrs attrs, Field<?> field) {
    synchronized (attrs) {
      return attrs.find(field).orElseThrow();
    }
  }

  /** A signal, with what its type declares that it carries. */
  Signal signal(Subject subject, SignalRow row) {
    Collection<? extends StateDef<?>> rows =
        subject.task() == null ? subject.type().machine().rows() : subject.task().machine().rows();
    List<Field<?>> fields =
        rows.stream()
            .flatMap(state -> state.waitsFor().stream())
            .filter(type -> type.name().equals(row.type()))
            .findFirst()
            .map(SignalType::fields)
            .orElse(List.of());
    Attrs attrs = read(fields, SignalRow.sealedFor(row.type()), row.uuid(), row.attrs());
    return new Signal(row.uuid(), row.type(), values(attrs, fields), row.from(), row.sentAt());
  }

  /** The attributes of an error, by name. */
  Map<String, Object> attributes(String json) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    Decorated.parseFields(json)
        .forEach((name, value) -> attributes.put(name, String.valueOf(value)));
    return attributes;
  }

  /** Rows newer than the code are left to newer workers. */
  static boolean newer(Family family, MachineRow row, ResourceType<?> type) {
    return row.list().version() > type.version()
        || family.resource().machine().list().version() > type.version();
  }

  /** A step threw, or left what cannot be stored: the fields are left as they are stored. */
  private static final class UpgradeFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    UpgradeFailed(int from, Throwable cause) {
      super("the upgrade from version %d failed: %s".formatted(from, cause), cause);
    }
  }
}
