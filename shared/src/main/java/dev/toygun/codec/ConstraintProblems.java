package dev.toygun.codec;

import dev.toygun.Constraints;
import dev.toygun.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with the constraints of fields, as sentences: for a start-up check. */
final class ConstraintProblems {
  private static final int MOST_VALUES = 200;

  private ConstraintProblems() {}

  static List<String> of(String owner, Collection<Field<?>> declared) {
    List<String> problems = new ArrayList<>();
    for (Field<?> field : declared) {
      problems(field).forEach(p -> problems.add("%s, field %s: %s".formatted(owner, field, p)));
    }
    return problems;
  }

  private static <T> List<String> problems(Field<T> field) {
    List<String> problems = of(field.constraints());
    if (problems.isEmpty()) {
      field
          .initial()
          .flatMap(value -> ConstraintCheck.problem(field.constraints(), value))
          .ifPresent(p -> problems.add("its initial value: " + p));
    }
    return problems;
  }

  private static List<String> of(Constraints c) {
    List<String> problems = new ArrayList<>();
    Comparable<?> min = c.min();
    if (min != null
        && ConstraintCheck.problem(
                new Constraints(null, null, c.max(), null, null, null, null), min)
            .isPresent()) {
      problems.add("its min %s is more than its max %s".formatted(min, c.max()));
    }
    int least = c.minLength() == null ? 0 : c.minLength();
    int most = c.maxLength() == null ? Integer.MAX_VALUE : c.maxLength();
    if (least < 0 || most < Math.max(least, 1)) {
      problems.add(
          "its length is %d to %d: 0 or more, to that or more, and 1 or more"
              .formatted(least, most));
    }
    if (c.pattern() != null) {
      Patterns.problem(c.pattern())
          .ifPresent(p -> problems.add("its pattern '%s': %s".formatted(c.pattern(), p)));
      if (most > Constraints.MOST_MATCHED) {
        problems.add(
            "it is matched, and may have %d characters: at most %d"
                .formatted(most, Constraints.MOST_MATCHED));
      }
    }
    if (c.each() != null) {
      of(c.each()).forEach(p -> problems.add("each element: " + p));
    }
    if (problems.isEmpty()) {
      problems.addAll(values(c, c.oneOf()));
    }
    return problems;
  }

  private static List<String> values(Constraints c, @Nullable List<Object> values) {
    if (values == null) {
      return List.of();
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      return List.of("oneOf names %d values: 1 to %d".formatted(values.size(), MOST_VALUES));
    }
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (values.subList(0, i).stream().anyMatch(before -> ConstraintCheck.same(before, value))) {
        problems.add("oneOf names %s twice".formatted(value));
      }
      Optional<String> wrong = ConstraintCheck.problem(c.withoutOneOf(), value);
      wrong.ifPresent(p -> problems.add("oneOf names %s: %s".formatted(value, p)));
    }
    return problems;
  }
}
