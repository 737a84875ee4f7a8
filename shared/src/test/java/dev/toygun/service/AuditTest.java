package dev.toygun.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void anAuditIsDueAMinuteAfterTheLastUnlessThatTookLong() {
    assertThat(next(Duration.ofMillis(80))).isEqualTo(BEGUN.plusSeconds(60));
    assertThat(next(Duration.ofSeconds(3))).isEqualTo(BEGUN.plusSeconds(60));
    assertThat(next(Duration.ofSeconds(6)))
        .as("a twentieth of the time is for auditing, at most")
        .isEqualTo(BEGUN.plusSeconds(120));
  }

  private static Instant next(Duration took) {
    return Audit.upto(BEGUN, took).plus(Audit.OFTEN);
  }
}
