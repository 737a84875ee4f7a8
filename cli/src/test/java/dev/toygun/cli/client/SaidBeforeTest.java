package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a run that has not begun, as who approved it, comes before it begins. */
class SaidBeforeTest {
  private static final String RUN =
      """
      {"items": [
        {"step": 2, "from": "watch", "to": "report", "message": "seen", "worker": "w", "notes": [],
         "at": "2026-01-01T10:00:05Z"},
        {"step": 1, "from": "__new__", "to": "watch", "message": "", "worker": "w",
         "at": "2026-01-01T10:00:02.5Z", "notes": [
           {"message": "approved", "cause": "api", "actor": "key:ann", "at": "2026-01-01T10:00:02Z"},
           {"message": "still here", "cause": "clock", "worker": "w", "at": "2026-01-01T10:00:02.5Z"}]}],
       "next_page_token": null}
      """;

  private final FakeApi api;

  SaidBeforeTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked -> {
              String target = asked.target();
              if (target.startsWith("/v1/tasks/r/history")) {
                return FakeApi.Answer.ok(RUN);
              }
              String items =
                  target.contains("/tasks?")
                      ? "{\"uuid\": \"r\", \"name\": \"check\", \"run\": 1}"
                      : target.contains("filter=") ? "{\"uuid\": \"u\"}" : "";
              return FakeApi.Answer.ok(
                  "{\"uuid\": \"u\", \"items\": [" + items + "], \"next_page_token\": null}");
            });
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void anApprovalIsOfWhatHasNotBegun() {
    assertThat(api.run("events", "host", "north").out().lines().map(String::strip))
        .filteredOn(line -> line.contains("check 1"))
        .satisfiesExactly(
            line ->
                assertThat(line).matches(".*10:00:02.* 0 +__new__ +\\(stays\\) +key:ann +approved"),
            line -> assertThat(line).matches(".*10:00:02.5.* 1 +__new__ +watch +w"),
            line -> assertThat(line).matches(".*10:00:02.5.* 1 +watch +\\(stays\\) +w +still here"),
            line -> assertThat(line).matches(".*10:00:05.* 2 +watch +report +w +seen"));
  }
}
