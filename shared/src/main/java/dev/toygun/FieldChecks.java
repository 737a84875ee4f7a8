package dev.toygun;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checks on a list of fields. */
final class FieldChecks {
  /** How many indexed fields a type has at most: each change of one is written twice. */
  static final int MOST_INDEXED = 8;

  private FieldChecks() {}

  static List<String> problems(List<Field<?>> fields) {
    List<String> problems = new ArrayList<>(clashes(fields));
    for (Field<?> field : fields) {
      problems.addAll(Names.problems("field", field.name()));
      problems.addAll(initial(field));
    }
    return problems;
  }

  /** Two fields that would be stored under one name. */
  static List<String> clashes(List<Field<?>> fields) {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Field<?> field : fields) {
      List<String> all = new ArrayList<>(field.formerNames());
      all.add(field.name());
      all.stream()
          .filter(name -> !names.add(name))
          .forEach(name -> problems.add("two fields are named " + name));
    }
    return problems;
  }

  private static <T> List<String> initial(Field<T> field) {
    return field.initial().filter(value -> !field.accepts(value)).isPresent()
        ? List.of("field " + field.name() + ": its initial value does not pass its check")
        : List.of();
  }

  /** What is indexed and cannot be, of a type and all that it has. */
  static List<String> indexed(ResourceType<?> type) {
    List<String> problems = new ArrayList<>();
    List<Field<?>> indexed = type.fields().stream().filter(Field::isIndexed).toList();
    for (Field<?> field : indexed) {
      if (field.type().kind() == FieldType.Kind.BOOL) {
        problems.add(
            "field %s is indexed and a bool: a value finds about half of them, so leave .indexed() out"
                .formatted(field));
      }
      if (field.initial().isPresent()) {
        problems.add(
            "field %s is indexed and has an initial value, which is not stored, so it is in no index: leave one of the two out"
                .formatted(field));
      }
    }
    if (indexed.size() > MOST_INDEXED) {
      problems.add(
          "%d of its fields are indexed: %d may be".formatted(indexed.size(), MOST_INDEXED));
    }
    Stream<StateDef<?>> states = type.machine().rows().stream().map(row -> row);
    Stream<StateDef<?>> ofTasks = type.tasks().stream().flatMap(t -> t.machine().rows().stream());
    Stream.concat(
            type.tasks().stream().flatMap(task -> task.fields().stream()),
            Stream.concat(states, ofTasks)
                .flatMap(row -> row.waitsFor().stream())
                .distinct()
                .flatMap(signal -> signal.fields().stream()))
        .filter(Field::isIndexed)
        .map(
            field ->
                "field %s is indexed and not one of the resource: only resources are found by their fields, so leave .indexed() out"
                    .formatted(field))
        .forEach(problems::add);
    return problems;
  }
}
