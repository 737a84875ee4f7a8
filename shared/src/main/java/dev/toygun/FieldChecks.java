package dev.toygun;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The checks on a list of fields. */
final class FieldChecks {
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
}
