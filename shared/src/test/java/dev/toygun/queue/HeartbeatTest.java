package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody writes into Redis as a worker that lives. */
class HeartbeatTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private static Queue.Worker read(String about) {
    return Heartbeat.read("w", "{\"lists\":[\"default:box:1\"]," + about + "}", NOW);
  }

  @Test
  void whatItSaysOfItselfIsRead() {
    Queue.About about = new Queue.About("host", List.of("big"), NOW.minusSeconds(60), NOW, 7, true);
    Queue.Worker worker = new Queue.Worker("w", "b", List.of("default:box:1"), about);
    assertThat(Heartbeat.read("w", Heartbeat.write(worker), NOW)).isEqualTo(worker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"started\":\"2026-11-30T11:00:00Z\",\"at\":\"+1000000000-12-31T23:59:59Z\"",
        "\"started\":\"-1000000000-01-01T00:00:00Z\",\"at\":\"2026-11-30T12:00:00Z\"",
        "\"started\":\"2026-11-30T11:00:00Z\",\"at\":\"2020-11-30T12:00:00Z\"",
        "\"started\":\"2026-11-30T11:00:00Z\",\"at\":\"2026-11-30T12:00:00Z\",\"in_flight\":-1",
        "\"started\":\"2026-11-30T11:00:00Z\",\"at\":\"2026-11-30T12:00:00Z\",\"in_flight\":4294967297"
      })
  void whatCannotBeIsNotBelieved(String about) {
    Queue.Worker worker = read(about);
    assertThat(worker.about()).isNull();
    assertThat(worker.lists()).containsExactly("default:box:1");
  }

  @Test
  void whatIsTooMuchOrTooLongIsNotBelieved() {
    String times = "\"started\":\"2026-11-30T11:00:00Z\",\"at\":\"2026-11-30T12:00:00Z\"";
    String queues = String.join(",", Collections.nCopies(1_001, "\"q\""));
    assertThat(read(times).about()).isNotNull();
    assertThat(read(times + ",\"queues\":[" + queues + "]").about()).isNull();
    assertThat(read(times + ",\"queues\":[\"" + "q".repeat(256) + "\"]").about()).isNull();
    assertThat(read(times + ",\"host\":\"" + "h".repeat(256) + "\"").about()).isNull();
  }
}
