package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidRangeTest {
  private static final String WHOLE = "0190f3c4-7b2e-7a31-9c55-0123456789ab";

  @ParameterizedTest
  @ValueSource(
      strings = {"0190f3", "0190F3C4", "0190f3c4-", "0190f3c4-7b", "0190f3c47b2e7a", WHOLE})
  void whatBeginsSoIsWithinAndItsNeighboursAreNot(String beginning) {
    UuidRange range = UuidRange.of(beginning).orElseThrow();
    UUID whole = UUID.fromString(WHOLE);
    assertThat(SubjectKey.UUID_ORDER.compare(range.first(), whole)).isNotPositive();
    assertThat(SubjectKey.UUID_ORDER.compare(range.last(), whole)).isNotNegative();
    String digits = beginning.replace("-", "").toLowerCase(java.util.Locale.ROOT);
    assertThat(range.first().toString().replace("-", "")).matches(digits + "0*");
    assertThat(range.last().toString().replace("-", "")).matches(digits + "f*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0190f", "0190fg", "0190-f3c4", "0190f3c4-7b2e7a", "0190f3--", WHOLE + "0"})
  void whatNoUuidBeginsWithIsNone(String beginning) {
    assertThat(UuidRange.of(beginning)).isEmpty();
  }

  @Test
  void aWholeOneIsItself() {
    UUID whole = UUID.fromString(WHOLE);
    assertThat(UuidRange.of(WHOLE)).contains(new UuidRange(whole, whole));
  }
}
