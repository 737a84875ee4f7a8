package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resource is told of. */
class DescribeTest {
  private static final String HOME = "0190f3c4-7b2e-7a31-9c55-0123456789ab";

  private final FakeApi api;
  private String more = "";

  DescribeTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked ->
                FakeApi.Answer.ok(
                    asked.target().equals("/v1/resources/website/" + HOME)
                        ? "{\"type\": \"website\", \"label\": \"home\", \"uuid\": \"%s\", %s}"
                            .formatted(HOME, more)
                        : "{\"items\": []}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String described() {
    return api.run("describe", "website", HOME).out();
  }

  @Test
  void onlyWhatCanBeDoneIsOffered() {
    more =
        """
        "actions": [{"name": "change", "allowed": true},
          {"name": "retry", "allowed": false, "why_not": "it has not panicked"},
          {"name": "hold", "allowed": true}]
        """;
    assertThat(described()).containsPattern("(?m)^Actions +change, hold$").doesNotContain("retry");
    more = "\"actions\": [{\"name\": \"change\", \"allowed\": false, \"why_not\": \"ended\"}]";
    assertThat(described()).containsPattern("(?m)^Actions +none$");
  }

  @Test
  void restartsByForceAreNoMoreThanAll() {
    more =
        """
        "restarts": {"under_way": false, "total": 5, "within_window": 3, "most": 2, "window_seconds": 600}
        """;
    assertThat(described()).contains("Restarts: 5 in all, 3 within the last 600 s (allowed: 2)");
  }

  @Test
  void anAlarmSaysOfWhichTaskItIsAndHowItIsMeant() {
    more =
        """
        "alarms": [
          {"uuid": "%s", "name": "timeout", "task": "monitor", "state": "open", "severity": "error"},
          {"uuid": "%s", "name": "hot", "task": null, "state": "open", "severity": "critical"}]
        """
            .formatted(HOME.replace("6789ab", "000001"), HOME.replace("6789ab", "000002"));
    assertThat(described())
        .containsPattern("ALARM +SEVERITY +STATE +NAME ")
        .containsPattern("(?m)^012345000001 +error +open +monitor:timeout ")
        .containsPattern("(?m)^012345000002 +critical +open +hot ");
  }
}
