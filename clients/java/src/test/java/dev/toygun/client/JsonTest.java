package dev.toygun.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Numbers and times, there and back. */
class JsonTest {
  private static String written(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noDigitIsLost() {
    Map<String, Object> sent = new LinkedHashMap<>();
    sent.put("n", Long.MAX_VALUE);
    sent.put("price", new BigDecimal("1.10"));
    sent.put("half", 0.5);
    assertThat(written(sent))
        .isEqualTo("{\"n\":9223372036854775807,\"price\":\"1.10\",\"half\":0.5}");
    String told = "{\"price\":1.10,\"n\":9223372036854775807}";
    assertThat(written(read(told))).isEqualTo(told);
    assertThat(read(told).path("price").decimalValue()).isEqualTo(new BigDecimal("1.10"));
    assertThat(written(Set.of(3))).isEqualTo("[3]");
    assertThat(written(new UUID(0, 1))).isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
  }

  @Test
  void timesAreSentAsTheApiHasThem() {
    assertThat(written(Instant.parse("2030-01-31T12:00:00.123456789Z")))
        .isEqualTo("\"2030-01-31T12:00:00.123456789Z\"");
    assertThat(written(OffsetDateTime.parse("2030-01-31T13:00:00+01:00")))
        .isEqualTo("\"2030-01-31T12:00:00Z\"");
    assertThat(written(Duration.ofSeconds(90))).isEqualTo("90");
    assertThat(written(Duration.ofMillis(1500))).isEqualTo("\"PT1.5S\"");
    Move move = new Move(read("{\"at\":\"2030-01-31T13:00:00.123456789+01:00\"}"));
    assertThat(move.at()).isEqualTo(Instant.parse("2030-01-31T12:00:00.123456789Z"));
  }

  @Test
  void whatCannotBeSentIsRefusedByItsPlace() {
    assertThatThrownBy(() -> Json.write(Map.of("at", LocalDateTime.of(2030, 1, 31, 12, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[\"at\"]");
    assertThatThrownBy(() -> Json.write(Map.of("n", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN is no number that JSON has");
    assertThatThrownBy(() -> read("{} x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotThereIsSaidToBeSo() {
    Resource checked = new Resource(read("{\"valid\": true}"));
    assertThatThrownBy(checked::uuid)
        .hasMessage("there is no uuid in this answer: it was only checked");
    Task never = new Task(read("{\"uuid\": null, \"name\": \"say\"}"));
    assertThatThrownBy(never::uuid).hasMessage("there is no uuid in this answer");
    assertThat(never.endedAt()).isEmpty();
  }
}
