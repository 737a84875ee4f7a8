package dev.toygun.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a template may name, and what kind of value that is. */
public enum Variable {
  /** {@code open} or {@code resolve}. */
  EVENT(Type.WORD),
  ALARM(Type.UUID),
  /** The alarm's name, such as {@code panic}. */
  NAME(Type.WORD),
  SEVERITY(Type.WORD),
  MESSAGE(Type.TEXT),
  RESOURCE(Type.UUID),
  RESOURCE_TYPE(Type.WORD),
  RESOURCE_LABEL(Type.TEXT),
  /** The task whose alarm it is; none where it is the resource's own. */
  TASK(Type.WORD),
  ERROR_KIND(Type.WORD),
  OPENED_AT(Type.TIME),
  CLOSED_AT(Type.TIME),
  RUNBOOK(Type.TEXT),
  /** The same in every message about this alarm, and in no other. */
  DEDUP_KEY(Type.TEXT);

  /** What a value has to be. */
  enum Type {
    /** A short text on one line. */
    WORD {
      @Override
      boolean holds(Object value) {
        return value instanceof String text && text.length() <= 200 && text.indexOf('\n') < 0;
      }
    },
    TEXT {
      @Override
      boolean holds(Object value) {
        return value instanceof String;
      }
    },
    UUID {
      @Override
      boolean holds(Object value) {
        return value instanceof String text
            && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      }
    },
    /** RFC 3339, in UTC. */
    TIME {
      @Override
      boolean holds(Object value) {
        return value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
      }
    };

    abstract boolean holds(Object value);
  }

  private final Type type;

  Variable(Type type) {
    this.type = type;
  }

  /** As templates and messages write it. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  Type type() {
    return type;
  }

  static Optional<Variable> ofStored(String name) {
    return Arrays.stream(values()).filter(one -> one.stored().equals(name)).findFirst();
  }

  /** All of them, for who wrote another. */
  static String known() {
    return Arrays.stream(values()).map(Variable::stored).collect(Collectors.joining(", "));
  }

  /**
   * Its value in a message; null where it has none.
   *
   * @throws IllegalArgumentException where the value is not of its type
   */
  @Nullable String in(io.vertx.core.json.JsonObject body) {
    Object value = body.getValue(stored());
    if (value == null) {
      return null;
    }
    if (!type.holds(value)) {
      throw new IllegalArgumentException("%s is no %s".formatted(stored(), type));
    }
    return (String) value;
  }
}
