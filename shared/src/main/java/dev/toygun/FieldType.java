package dev.toygun;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The type of a field's values, as data: it can be published by a worker and used by a program that
 * has none of the user's classes. Its text form is {@code text}, {@code list<uri>}, {@code
 * map<text, integer>}, {@code ref<website>}.
 *
 * @param kind what it is
 * @param of the element types of a list, set or map; empty otherwise
 * @param target the resource type of a {@code ref}; empty otherwise
 */
public record FieldType(Kind kind, List<FieldType> of, String target) {

  /** What a value is, and the Java class that holds it. */
  public enum Kind {
    TEXT(String.class),
    INTEGER(Long.class),
    DECIMAL(BigDecimal.class),
    BOOL(Boolean.class),
    INSTANT(Instant.class),
    DURATION(Duration.class),
    URI(URI.class),
    UUID(UUID.class),
    SECRET(Secret.class),
    /** A record, or anything else that Jackson reads and writes. */
    JSON(Object.class),
    LIST(List.class),
    SET(Set.class),
    MAP(Map.class),
    REF(Ref.class),
    TASK_REF(TaskRef.class);

    private final Class<?> holder;

    Kind(Class<?> holder) {
      this.holder = holder;
    }

    /** The class of a value of this kind; for {@link #JSON} the field itself knows a closer one. */
    public Class<?> holder() {
      return holder;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public FieldType {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(target);
    of = List.copyOf(of);
  }

  /** The type of a simple kind. */
  public static FieldType of(Kind kind) {
    return new FieldType(kind, List.of(), "");
  }

  /** A collection of these elements. */
  public static FieldType of(Kind kind, FieldType... elements) {
    return new FieldType(kind, List.of(elements), "");
  }

  /** A reference to a resource of this type. */
  public static FieldType ref(String target) {
    return new FieldType(Kind.REF, List.of(), target);
  }

  /** The type that holds values of this class; a class that is none of the simple ones is JSON. */
  public static FieldType ofClass(Class<?> type) {
    for (Kind kind : Kind.values()) {
      if (kind.holder() == type && kind != Kind.LIST && kind != Kind.SET && kind != Kind.MAP) {
        return of(kind);
      }
    }
    return of(Kind.JSON);
  }

  /** Whether a value of this type may hold a secret. */
  public boolean secret() {
    return kind == Kind.SECRET || of.stream().anyMatch(FieldType::secret);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static FieldType parse(String text) {
    int open = text.indexOf('<');
    String word = open < 0 ? text : text.substring(0, open);
    Kind kind;
    try {
      kind = Kind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no field type is called '" + text + "'", e);
    }
    if (open < 0) {
      return of(kind);
    }
    String inner = text.substring(open + 1, text.length() - 1);
    if (kind == Kind.REF) {
      return ref(inner);
    }
    int comma = topLevelComma(inner);
    return comma < 0
        ? of(kind, parse(inner))
        : of(kind, parse(inner.substring(0, comma)), parse(inner.substring(comma + 1)));
  }

  private static int topLevelComma(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<' -> depth++;
        case '>' -> depth--;
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    if (kind == Kind.REF && !target.isEmpty()) {
      return "ref<" + target + ">";
    }
    return of.isEmpty()
        ? kind.word()
        : kind.word() + "<" + String.join(",", of.stream().map(FieldType::toString).toList()) + ">";
  }
}
