package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables say what something is of as people call it, and by its uuid where that was removed. */
class NamesTest {
  private static final String ALARM =
      """
      {"uuid": "u-1", "resource": "u-2", "type": "website", "label": "home", "name": "panic", "task": "monitor",
       "state": "acknowledged", "severity": "error", "message": "no route"}""";

  private static final String ANSWERS =
      """
      {"alarm": [%s],
       "error": [{"uuid": "u-3", "resource": "u-2", "type": "website", "label": "home", "task": "monitor", "kind": "Down"},
                 {"uuid": "u-4", "resource": "u-5", "type": null, "label": null, "task": null, "kind": "Gone"}],
       "hold": [{"uuid": "u-6", "scope": "subtree", "resource": "u-2", "type": "website", "label": "home", "name": null},
                {"uuid": "u-7", "scope": "queue", "resource": null, "type": null, "label": null, "name": "slow"}]}"""
          .formatted(ALARM);

  private final FakeApi api;

  NamesTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked -> {
              String what = asked.target().replaceFirst("/v1/([a-z]+)s.*", "$1");
              return FakeApi.Answer.ok(
                  asked.method().equals("POST")
                      ? ALARM
                      : "{\"items\": %s}".formatted(Api.parse(ANSWERS, "answers").path(what)));
            });
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void anAlarmIsOfAResource() {
    assertThat(api.run("alarms").out()).contains("website/home", "monitor:panic");
    assertThat(api.run("alarms", "ack", "u-1").out())
        .contains("panic of website/home is acknowledged");
    assertThat(api.run("get", "alarms", "-o", "name").out()).isEqualToIgnoringNewLines("u-1");
  }

  @Test
  void anErrorIsOfARunOrOfWhatIsGone() {
    assertThat(api.run("get", "errors").out())
        .containsPattern("Down +website/home monitor")
        .containsPattern("Gone +u-5");
  }

  @Test
  void aHoldIsOfAResourceOrOfAName() {
    assertThat(api.run("get", "holds").out()).contains("subtree website/home", "queue slow");
  }
}
