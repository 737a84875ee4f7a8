package dev.toygun.cli;

import dev.toygun.TypeSet;
import dev.toygun.codec.ConstraintCheck;
import dev.toygun.codec.ConstraintText;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.FieldValues;
import dev.toygun.store.LiveFields;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.worker.Definitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values that are stored, and that their fields' constraints forbid: those of one type or task. */
final class Misfits {
  private static final int SOME = 3;

  private final String owner;
  private final List<FieldDefinition> declared;
  private final List<FieldDefinition> constrained;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private int rows;

  /** Of one field: why some do not fit, how many do not, and some of their rows. */
  private static final class Found {
    private final Set<String> why = new LinkedHashSet<>();
    private final List<UUID> some = new ArrayList<>();
    private int count;
  }

  Misfits(String owner, List<FieldDefinition> declared) {
    this.owner = owner;
    this.declared = declared;
    this.constrained = declared.stream().filter(f -> f.constraints() != null).toList();
  }

  /** Those of what is active of these types, as sentences: of the version that each is at. */
  static List<String> read(DatabaseUrl url, TypeSet types) throws IOException {
    List<String> said = new ArrayList<>();
    for (TypeDefinition type : Definitions.of(types)) {
      said.addAll(read(url, type, null, type.fields()));
      for (TaskDefinition task : type.tasks()) {
        said.addAll(read(url, type, task.name(), task.fields()));
      }
    }
    return said;
  }

  private static List<String> read(
      DatabaseUrl url, TypeDefinition type, @Nullable String task, List<FieldDefinition> declared)
      throws IOException {
    Misfits misfits = new Misfits(task == null ? type.name() : type.name() + "/" + task, declared);
    if (!misfits.constrained.isEmpty()) {
      LiveFields.read(url, type.name(), type.version(), task, misfits::add);
    }
    return misfits.said();
  }

  void add(UUID uuid, String attrs) {
    rows++;
    Map<String, @Nullable Object> stored = FieldValues.stored(declared, attrs);
    for (FieldDefinition field : constrained) {
      Object value = stored.get(field.name());
      if (value != null) {
        ConstraintCheck.problem(ConstraintText.parse(field.constraints()), value)
            .ifPresent(why -> add(field.name(), why, uuid));
      }
    }
  }

  private void add(String field, String why, UUID uuid) {
    Found all = found.computeIfAbsent(field, name -> new Found());
    all.count++;
    if (all.why.size() < SOME) {
      all.why.add(why);
    }
    if (all.some.size() < SOME) {
      all.some.add(uuid);
    }
  }

  List<String> said() {
    String among = rows < LiveFields.MOST ? "" : " of the " + rows + " that were looked at";
    List<String> said = new ArrayList<>();
    found.forEach(
        (field, all) ->
            said.add(
                "%d rows%s: field %s of %s: %s%n  %s"
                    .formatted(
                        all.count,
                        among,
                        field,
                        owner,
                        String.join("; ", all.why),
                        all.some.stream()
                            .map(UUID::toString)
                            .collect(Collectors.joining(String.format("%n  "))))));
    return said;
  }
}
