package dev.toygun.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it is, undecorated: maps, lists, strings, booleans, null, and numbers without loss
 * ({@code Long}, {@code BigInteger} beyond 64 bits, {@code BigDecimal} with a point or an
 * exponent).
 */
final class JsonTree {
  /** Deeper than anything sensible, shallower than a thread's stack. */
  static final int MAX_DEPTH = 100;

  /** One level of a map whose keys are no names takes three of JSON. */
  private static final int MAX_JSON_DEPTH = 3 * MAX_DEPTH + 10;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
          .build();

  private JsonTree() {}

  /**
   * Reads one value, and nothing after it.
   *
   * @throws IllegalArgumentException saying where it is not JSON, without quoting it
   */
  static @Nullable Object parse(String text) {
    try (JsonParser p = JSON.createParser(text)) {
      if (p.nextToken() == null) {
        throw new IllegalArgumentException("not JSON: there is nothing");
      }
      Object value = value(p);
      if (p.nextToken() != null) {
        throw new IllegalArgumentException("not JSON: something follows the first value");
      }
      return value;
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the text, which may hold a secret.
      JsonLocation at = e.getLocation(); // what is too deep has none
      throw new IllegalArgumentException(
          at == null
              ? "not JSON, or deeper than " + MAX_DEPTH
              : "not JSON, or deeper than %d: at line %d, column %d"
                  .formatted(MAX_DEPTH, at.getLineNr(), at.getColumnNr()));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static @Nullable Object value(JsonParser p) throws IOException {
    return switch (p.currentToken()) {
      case START_OBJECT -> object(p);
      case START_ARRAY -> array(p);
      case VALUE_STRING -> p.getText();
      case VALUE_NUMBER_INT ->
          p.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? p.getBigIntegerValue()
              : (Object) p.getLongValue();
      case VALUE_NUMBER_FLOAT -> p.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + p.currentToken());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser p) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String name = p.currentName();
      p.nextToken();
      map.put(name, value(p));
    }
    return map;
  }

  private static List<@Nullable Object> array(JsonParser p) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(p));
    }
    return list;
  }
}
