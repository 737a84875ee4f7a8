package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Parts of an answer. */
final class Part {
  private Part() {}

  static String text(JsonNode answer, String name) {
    return there(answer, name).asText();
  }

  static long number(JsonNode answer, String name) {
    return there(answer, name).asLong();
  }

  static boolean is(JsonNode answer, String name) {
    return there(answer, name).asBoolean();
  }

  static UUID uuid(JsonNode answer, String name) {
    return UUID.fromString(text(answer, name));
  }

  static Instant time(JsonNode answer, String name) {
    return instant(text(answer, name));
  }

  static Optional<String> maybe(JsonNode answer, String name) {
    return Optional.ofNullable(answer.path(name).textValue());
  }

  static Optional<UUID> maybeUuid(JsonNode answer, String name) {
    return maybe(answer, name).map(UUID::fromString);
  }

  static Optional<Instant> maybeTime(JsonNode answer, String name) {
    return maybe(answer, name).map(Part::instant);
  }

  static <T> List<T> list(JsonNode answer, String name, Function<JsonNode, T> item) {
    List<T> items = new ArrayList<>();
    there(answer, name).forEach(one -> items.add(item.apply(one)));
    return List.copyOf(items);
  }

  /** What a list has in all, by name. */
  static Map<String, Long> counts(JsonNode page) {
    Map<String, Long> counts = new LinkedHashMap<>();
    there(page, "counts")
        .properties()
        .forEach(one -> counts.put(one.getKey(), one.getValue().asLong()));
    return Collections.unmodifiableMap(counts);
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new ToygunException("the API gave %s, which is no time".formatted(text), e);
    }
  }

  private static JsonNode there(JsonNode answer, String name) {
    JsonNode part = answer.path(name);
    if (part.isMissingNode() || part.isNull()) {
      String why = answer.path("valid").asBoolean() ? ": it was only checked" : "";
      throw new NoSuchElementException("there is no %s in this answer%s".formatted(name, why));
    }
    return part;
  }
}
