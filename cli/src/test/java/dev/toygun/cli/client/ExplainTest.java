package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
  private static final String HOME = "00000000-0000-7000-8000-000000000001";

  /** Of a site, whose second child has a task that fails. */
  private static final String ANSWER =
      """
      {"summary": "site/home is in making, and waits.",
       "items": [%s, %s],
       "chain": [{"items": [%s, %s], "others": 37}, {"items": [%s], "others": 0}]}"""
          .formatted(
              item(1, 1, "site", "home", "null"),
              item(1, 5, "site", "home", "\"monitor\""),
              item(2, 2, "db", "main", "null"),
              item(3, 3, "db", "other", "null"),
              item(2, 4, "db", "main", "\"provision\""));

  private final FakeApi api;
  private String said = ANSWER;
  private boolean gone;

  ExplainTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok(answer(asked.target())));
  }

  private String answer(String target) {
    if (gone && target.contains("filter=") && !target.contains("ended=true")) {
      return "{\"items\": []}";
    }
    return target.endsWith("/explain")
        ? said
        : """
          {"type": "site", "uuid": "%1$s", "items": [{"uuid": "%1$s"}],
           "tasks": [{"name": "monitor", "uuid": "u-5"}]}"""
            .formatted(HOME);
  }

  private static String item(int resource, int uuid, String type, String label, String task) {
    return """
    {"resource": "u-%d", "uuid": "u-%d", "type": "%s", "label": "%s", "task": %s, "state": "making",
     "reason": "waiting", "because": "because %2$d"}"""
        .formatted(resource, uuid, type, label, task);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whatLeadsDownIsIndentedBelowWhatItKeeps() {
    List<String> lines = api.run("explain", "site", "home").out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("site/home is in making, and waits.");
    assertThat(lines.subList(3, lines.size()))
        .extracting(line -> line.replaceFirst("  .*  ", ","))
        .containsExactly(
            "site/home,because 1",
            "├ db/main,because 2",
            "│ └ provision,because 4",
            "├ db/other,because 3",
            "├ and 37 others",
            "└ monitor,because 5");
  }

  @Test
  void whatDoesNotAnswerOrHasAlarmsIsSaidAlsoWhereNothingKeepsIt() {
    for (String more : List.of("\"availability\": {}", "\"alarms\": [{}]")) {
      said = "{\"summary\": \"site/home rests; it is offline\", %s}".formatted(more);
      assertThat(api.run("explain", "site", "home").out())
          .startsWith("site/home rests; it is offline\n");
    }
    said =
        "{\"summary\": \"site/home rests\", \"availability\": null, \"alarms\": [],"
            + " \"items\": [{\"uuid\": \"u-1\"}]}";
    assertThat(api.run("explain", "site", "home").out()).doesNotContain("rests");
  }

  @Test
  void whatHasEndedIsASentenceAndNoTable() {
    said = "{\"summary\": \"it has ended: timed_out\", \"items\": []}";
    assertThat(api.run("explain", "site", "home", "monitor").out())
        .isEqualToNormalizingNewlines("it has ended: timed_out\n");
  }

  @Test
  void whatHasEndedIsFoundByItsLabelToo() {
    gone = true;
    said = "{\"summary\": \"it has ended, 2026-11-01T10:05:00Z\", \"items\": []}";
    for (FakeApi.Said told :
        List.of(
            api.run("explain", "site", "home"), api.run("explain", "site", "home", "monitor"))) {
      assertThat(told.err()).isEmpty();
      assertThat(told.out()).isEqualToNormalizingNewlines("it has ended, 2026-11-01T10:05:00Z\n");
    }
  }

  @Test
  void aTaskIsAskedForByItsName() {
    api.run("explain", "site", "home", "monitor");
    assertThat(api.asked.get(api.asked.size() - 1).target()).isEqualTo("/v1/tasks/u-5/explain");
  }

  @Test
  void asNamesThereAreResourcesByLabelAndRunsByUuid() {
    assertThat(api.run("explain", "site", "home", "-o", "name").out().lines())
        .containsExactly("site/home", "u-5");
  }
}
