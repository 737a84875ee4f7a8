package dev.toygun.codec;

import dev.toygun.Field;
import dev.toygun.Machine;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes the fields of rows. Safe for sharing. */
public final class Codec {
  private final FieldSeal seal;
  private final FieldValues values;
  private final Supplier<Instant> now;
  private final String build;

  /**
   * A codec.
   *
   * @param keyring opens and seals secrets
   * @param now the time, for tokens and for what is found
   * @param build of the code, noted beside stored keys that it does not know
   */
  public Codec(Keyring keyring, Supplier<Instant> now, String build) {
    this.seal = new FieldSeal(keyring);
    this.values = new FieldValues(seal, now);
    this.now = now;
    this.build = build;
  }

  /**
   * The fields of a row.
   *
   * @param declared the fields that its type, or task, declares
   * @param type the type, or {@code type/task}: what its secrets are bound to, beside the row
   * @throws IllegalArgumentException if the text is no JSON object
   */
  public Attrs read(Collection<Field<?>> declared, String type, UUID row, String text) {
    return read(declared, type, row, text, opened -> {});
  }

  /**
   * The same.
   *
   * @param opened is given the value of each field that holds secrets, as it is read; on the thread
   *     that reads it
   */
  public Attrs read(
      Collection<Field<?>> declared, String type, UUID row, String text, Consumer<Object> opened) {
    return new Attrs(this, declared, new Row(type, row), Slices.of(text), Set.of(), text, opened);
  }

  /**
   * What is wrong with keeping the fields of a type: a record that holds a secret, which would be
   * stored in the clear, a class that Jackson cannot write, a constraint that nothing satisfies.
   * For a start-up check; empty if all is well.
   */
  public static List<String> problems(ResourceType<?> type) {
    List<String> problems = new ArrayList<>(problems(type.name(), type.fields()));
    problems.addAll(signals(type.name(), type.machine()));
    for (TaskType<?> task : type.tasks()) {
      String owner = type.name() + "/" + task.name();
      problems.addAll(problems(owner, task.fields()));
      problems.addAll(signals(owner, task.machine()));
    }
    return problems;
  }

  private static List<String> signals(String owner, Machine<?> machine) {
    return machine.rows().stream()
        .flatMap(row -> row.waitsFor().stream())
        .distinct()
        .flatMap(s -> problems(owner + ", signal " + s, s.fields()).stream())
        .toList();
  }

  static List<String> problems(String owner, Collection<Field<?>> declared) {
    List<String> problems = new ArrayList<>(Records.problems(owner, declared));
    problems.addAll(ConstraintProblems.of(owner, declared));
    return problems;
  }

  /** A field's initial value as decorated JSON, for a published definition; of a secret, none. */
  public static Optional<String> initial(Field<?> field) {
    return field.type().secret()
        ? Optional.empty()
        : field.initial().map(value -> FieldValues.open(field, value));
  }

  FieldValues values() {
    return values;
  }

  /** What was lost, with what was lost before. */
  String found(@Nullable String before, Map<String, String> lost) {
    Map<String, String> all = new LinkedHashMap<>();
    Map<String, String> more = new LinkedHashMap<>(lost);
    if (before != null && before.startsWith("{")) {
      all = Slices.of(before);
    } else if (before != null) {
      more.put(Attrs.LOST_FOUND, before); // somebody wrote something else there: kept as well
    }
    add(all, more);
    return join(all);
  }

  private void add(Map<String, String> all, Map<String, String> lost) {
    lost.forEach(
        (name, json) -> {
          Map<String, String> note = new LinkedHashMap<>();
          note.put("value", json);
          note.put("at", Decorated.format(now.get()));
          note.put("build", Decorated.format(build));
          String key = name;
          for (int n = 2; all.containsKey(key); n++) {
            key = name + "#" + n; // found before: that one stays
          }
          all.put(key, join(note));
        });
  }

  /** The text of a row that is to be stored. */
  String stored(Map<String, String> members) {
    return seal.upToDate(join(members), now.get());
  }

  private static String join(Map<String, String> members) {
    StringBuilder out = new StringBuilder(256).append('{');
    members.forEach(
        (name, json) -> {
          if (out.length() > 1) {
            out.append(',');
          }
          Texts.quote(out, name);
          out.append(':').append(json);
        });
    return out.append('}').toString();
  }
}
