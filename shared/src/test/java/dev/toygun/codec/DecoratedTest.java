package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoratedTest {
  @Test
  void whateverWasWrittenIsReadBack() {
    for (long seed = 0; seed < 3_000; seed++) {
      Object value = new RandomValues(seed).value(3);
      String text = Decorated.format(value);
      assertThat(Decorated.parse(text)).as("seed %d: %s", seed, text).isEqualTo(value);
    }
  }

  @Test
  void whatIsNestedAsDeepAsAllowedIsReadBack() {
    Object value = "bottom";
    for (int i = 0; i < JsonTree.MAX_DEPTH; i++) {
      value = Map.of((long) i, value);
    }
    assertThat(Decorated.parse(Decorated.format(value))).isEqualTo(value);
    Object deeper = Set.of(value);
    assertThatThrownBy(() -> Decorated.format(deeper)).hasMessage("nested deeper than 100");
  }

  /** What jsonb does to a text: members in another order, spaces after colons and commas. */
  @Test
  void whatJsonbMakesOfATextIsReadBackToo() {
    for (long seed = 0; seed < 3_000; seed++) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("a", new RandomValues(seed).value(3));
      fields.put("b", seed);
      Map<String, String> slices = Slices.of(Decorated.formatFields(fields));
      String spaced = "{ \"b\": " + slices.get("b") + " ,\n \"a\": " + slices.get("a") + " }";
      if (fields.get("a") != null) {
        assertThat(Slices.of(spaced)).as("seed %d", seed).isEqualTo(slices);
        assertThat(Decorated.parseFields(spaced)).as("seed %d", seed).isEqualTo(fields);
      }
    }
  }

  @Test
  void aTextWithoutWhatJsonbRefusesIsMadeOfEveryString() {
    for (long seed = 0; seed < 1_000; seed++) {
      String text = Decorated.format(new RandomValues(seed).text());
      assertThat(text.replace("\\\\", "")).as("seed %d", seed).doesNotContain("\\u0000");
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void theGoldenFileMeansWhatItAlwaysMeant() throws IOException {
    Map<String, @Nullable Object> fields = Decorated.parseFields(golden());
    assertThat(fields.get("at")).isEqualTo(Instant.parse("2026-03-01T12:00:00.000000001Z"));
    assertThat(fields.get("zones")).isEqualTo(Set.of("a", "b"));
    assertThat(fields.get("price")).isEqualTo(new BigDecimal("1.20"));
    assertThat(fields.get("huge")).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(fields.get("odd")).isEqualTo(Map.of(1L, "one"));
    assertThat(fields.get("looks")).isEqualTo(Map.of("Time", "is a word"));
    assertThat(Decorated.parseFields(Decorated.formatFields(fields))).isEqualTo(fields);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Time\":\"soon\"}",
        "{\"UUID\":1}",
        "{\"Set\":{}}",
        "{\"Secret\":[]}",
        "{\"Model\":[\"a\"]}",
        "{\"Decimal\":\"x\"}",
        "{",
        "",
        "1 2"
      })
  void aMalformedTextIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> Decorated.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(a malformed \\w+|not JSON.*)");
  }

  private static String golden() throws IOException {
    try (InputStream in = DecoratedTest.class.getResourceAsStream("golden.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
