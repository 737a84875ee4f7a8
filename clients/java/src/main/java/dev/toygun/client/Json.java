package dev.toygun.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** JSON as it is sent, and as it is read: with each digit that there is. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, as((value, out) -> out.writeString(text(value))))
                  .addSerializer(
                      OffsetDateTime.class,
                      as((value, out) -> out.writeString(text(value.toInstant()))))
                  .addSerializer(
                      ZonedDateTime.class,
                      as((value, out) -> out.writeString(text(value.toInstant()))))
                  .addSerializer(Duration.class, as(Json::duration))
                  // As text it keeps its scale.
                  .addSerializer(
                      BigDecimal.class, as((value, out) -> out.writeString(value.toString())))
                  .addSerializer(Double.class, as(Json::finite))
                  .addSerializer(Float.class, as(Json::finite)))
          .build();

  private Json() {}

  /** Fails with an {@link IllegalArgumentException} where it is no JSON. */
  static JsonNode read(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  /** Takes also what JSON lacks: times, durations. Fails where something cannot be sent. */
  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      String where = e instanceof JsonMappingException at ? at.getPathReference() : "";
      throw new IllegalArgumentException(
          "%s: cannot be sent as JSON: %s".formatted(where, e.getOriginalMessage()), e);
    }
  }

  /** A value as a filter or a query has it: text needs no quotes, all else is as in a body. */
  static String plain(Object value) {
    JsonNode told = read(write(value));
    return told.isTextual() ? told.asText() : told.toString();
  }

  static String text(Instant time) {
    return time.toString();
  }

  private static void duration(Duration value, JsonGenerator out) throws IOException {
    if (value.equals(Duration.ofSeconds(value.toSeconds()))) {
      out.writeNumber(value.toSeconds());
    } else {
      out.writeString(value.toString());
    }
  }

  private static void finite(Number value, JsonGenerator out) throws IOException {
    if (!Double.isFinite(value.doubleValue())) {
      throw new JsonMappingException(out, value + " is no number that JSON has");
    }
    out.writeNumber(value.toString());
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  private static <T> JsonSerializer<T> as(Writing<T> writing) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        writing.write(value, out);
      }
    };
  }
}
