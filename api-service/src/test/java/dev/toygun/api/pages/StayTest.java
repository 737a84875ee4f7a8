package dev.toygun.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a machine stayed where it moved to. */
class StayTest {
  private static Shown at(String time) {
    return Shown.of(new JsonObject().put("at", time));
  }

  @Test
  void eachMoveIsMeasuredUntilTheNextOneAndTheLastOneIsNotKnownYet() {
    List<Stay> stays =
        Stay.of(
            List.of(
                at("2026-01-03T05:00:00.5Z"),
                at("2026-01-01T02:00:00.5Z"),
                at("2026-01-01T00:30:00.5Z"),
                at("2026-01-01T00:28:58.5Z"),
                at("2026-01-01T00:28:48.5Z"),
                at("2026-01-01T00:28:48.25Z")));
    assertThat(stays)
        .extracting(Stay::words)
        .containsExactly("", "2 d 3 h", "1 h 30 min", "1 min 2 s", "10 s", "0.250 s");
    assertThat(stays).extracting(stay -> stay.longest().toHours()).containsOnly(51L);
  }
}
