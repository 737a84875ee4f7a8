package dev.toygun.codec;

import dev.toygun.Constraints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Constraints as decorated JSON, for a published definition, and back. */
public final class ConstraintText {
  private ConstraintText() {}

  /** The text; none where anything of the field's type will do. */
  public static Optional<String> of(Constraints constraints) {
    return constraints.isNone()
        ? Optional.empty()
        : Optional.of(Decorated.formatFields(fields(constraints)));
  }

  private static Map<String, @Nullable Object> fields(Constraints constraints) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("one_of", constraints.oneOf());
    fields.put("min", constraints.min());
    fields.put("max", constraints.max());
    fields.put("min_length", constraints.minLength());
    fields.put("max_length", constraints.maxLength());
    fields.put("pattern", constraints.pattern());
    Constraints each = constraints.each();
    if (each != null) {
      Map<String, @Nullable Object> ofEach = fields(each);
      ofEach.values().removeIf(value -> value == null);
      fields.put("each", ofEach);
    }
    return fields;
  }

  /** What a definition says. What a newer worker's says besides is not known here, and left out. */
  public static Constraints parse(@Nullable String text) {
    return text == null ? Constraints.NONE : constraints(Decorated.parseFields(text));
  }

  private static Constraints constraints(Map<?, ?> fields) {
    return new Constraints(
        fields.get("one_of") instanceof List<?> values ? List.copyOf(values) : null,
        fields.get("min") instanceof Comparable<?> min ? min : null,
        fields.get("max") instanceof Comparable<?> max ? max : null,
        fields.get("min_length") instanceof Long least ? Integer.valueOf(least.intValue()) : null,
        fields.get("max_length") instanceof Long most ? Integer.valueOf(most.intValue()) : null,
        fields.get("pattern") instanceof String pattern ? pattern : null,
        fields.get("each") instanceof Map<?, ?> each ? constraints(each) : null);
  }
}
