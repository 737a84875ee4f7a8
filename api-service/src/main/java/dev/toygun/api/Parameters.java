package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.Contract.Parameter;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what stands in a path and a query, as the contract declares it. */
final class Parameters {
  static final String UUID_EXPECTED =
      "a uuid is expected, such as 0190f3c4-7b2e-7a31-9c55-0123456789ab";

  private Parameters() {}

  /**
   * The values by name, the query's defaults included: {@code String}, {@code Long}, {@code
   * Boolean}, {@code UUID}, {@code Instant}, or a list of {@code String}.
   */
  static Map<String, Object> read(Operation operation, Map<String, String> path, MultiMap query) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> known = new ArrayList<>();
    for (Parameter p : operation.parameters()) {
      switch (p.in()) {
        case PATH -> values.put(p.name(), value(p, path.getOrDefault(p.name(), "")));
        case QUERY -> {
          known.add(p.name());
          fromQuery(p, query.getAll(p.name()), values);
        }
        case HEADER -> {}
      }
    }
    for (String sent : query.names()) {
      if (!known.contains(sent)) {
        String there = known.isEmpty() ? "there are none here" : "there are " + known;
        throw bad(sent, "there is no such parameter: " + there);
      }
    }
    return values;
  }

  private static void fromQuery(Parameter p, List<String> sent, Map<String, Object> values) {
    if (p.type().equals("array")) {
      JsonObject items = p.schema().getJsonObject("items");
      if (sent.size() > p.schema().getInteger("maxItems")) {
        throw bad(p.name(), "at most %d of them".formatted(p.schema().getInteger("maxItems")));
      }
      sent.forEach(s -> length(p.name(), s, items));
      values.put(p.name(), List.copyOf(sent));
    } else if (sent.size() > 1) {
      throw bad(p.name(), "it is given more than once");
    } else if (!sent.isEmpty()) {
      values.put(p.name(), value(p, sent.get(0)));
    } else if (p.schema().containsKey("default")) {
      values.put(p.name(), value(p, String.valueOf(p.schema().getValue("default"))));
    }
  }

  private static Object value(Parameter p, String text) {
    return switch (p.type()) {
      case "integer" -> integer(p, text);
      case "boolean" -> bool(p.name(), text);
      case "string" -> text(p, text);
      default -> throw new IllegalStateException(p.name() + " has type " + p.type());
    };
  }

  private static Long integer(Parameter p, String text) {
    long least = p.schema().getLong("minimum");
    long most = p.schema().getLong("maximum");
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad(p.name(), "a whole number from %d to %d is expected".formatted(least, most));
  }

  private static Boolean bool(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(name, "true or false is expected");
    };
  }

  private static Object text(Parameter p, String text) {
    length(p.name(), text, p.schema());
    JsonArray among = p.schema().getJsonArray("enum");
    if (among != null && !among.contains(text)) {
      throw bad(p.name(), "one of %s is expected".formatted(among.getList()));
    }
    return switch (p.schema().getString("format", "")) {
      case "uuid" -> uuid(p.name(), text);
      case "date-time" -> time(p.name(), text);
      default -> text;
    };
  }

  private static Instant time(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw bad(name, "a time is expected, such as 2030-01-31T12:00:00Z");
    }
  }

  private static void length(String name, String text, JsonObject schema) {
    if (text.indexOf('\0') >= 0) {
      throw bad(name, "text without the character of code 0 is expected");
    }
    Integer most = schema.getInteger("maxLength");
    if (most != null && text.length() > most) {
      throw bad(name, "it has at most %d characters".formatted(most));
    }
  }

  /** A uuid in its usual form, and no shorthand of it. */
  static UUID uuid(String name, String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw bad(name, UUID_EXPECTED);
  }

  static Problem bad(String name, String detail) {
    return new Problem(
        400,
        "bad_parameter",
        name + ": " + detail,
        List.of(new Problem.Wrong(name, detail)),
        Map.of());
  }
}
