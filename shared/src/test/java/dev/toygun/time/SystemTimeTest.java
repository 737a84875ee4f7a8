package dev.toygun.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final SystemTime time = new SystemTime(vertx);

  @AfterEach
  void close() {
    vertx.close();
  }

  private Duration ahead() {
    return Duration.between(SystemTime.host(), time.now());
  }

  private void follow(Instant database, Duration took) {
    time.follow(database, time.nanos() - took.toNanos());
  }

  @Test
  void theClockOfTheDatabaseIsFollowedAsOfWhenItAnswered() {
    follow(SystemTime.host().plus(HOUR), Duration.ofMillis(400));
    assertThat(ahead()).isCloseTo(HOUR.plusMillis(200), Duration.ofMillis(100));
  }

  @Test
  void anAnswerThatWasLongUnderWayIsNot() {
    follow(SystemTime.host().plus(HOUR), Duration.ZERO);
    follow(SystemTime.host(), Duration.ofSeconds(2));
    assertThat(ahead()).isCloseTo(HOUR, Duration.ofMillis(100));
  }
}
