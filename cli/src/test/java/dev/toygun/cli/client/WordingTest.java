package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What did not go as it was meant is told with the words to type instead. */
class WordingTest {
  private static final String SHOP =
      """
      {"uuid": "00000000-0000-7000-8000-000000000009", "type": "app", "label": "shop", "schema_version": 1,
       "tasks": [{"name": "deploy", "uuid": "00000000-0000-7000-8000-000000000001"},
                 {"name": "wipe", "uuid": "00000000-0000-7000-8000-000000000002"}]}""";

  private static final String TYPE =
      """
      {"name": "app", "states": [{"name": "up", "signals": []}], "tasks": [
        {"name": "deploy", "states": [], "fields": [
          {"name": "version", "type": "text", "required": true},
          {"name": "most", "type": "integer"}, {"name": "fast", "type": "bool"},
          {"name": "tags", "type": "list<text>"},
          {"name": "seen", "type": "text", "required": true, "internal": true}]},
        {"name": "wipe", "fields": [], "states": [{"name": "asks", "signals": [
          {"name": "confirmed", "fields": [{"name": "by", "type": "text"}]}]}]}]}""";

  private final Map<String, FakeApi.Answer> answers = new ConcurrentHashMap<>();
  private final FakeApi api;

  WordingTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked ->
                answers.entrySet().stream()
                    .filter(one -> asked.target().endsWith(one.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElseGet(
                        () ->
                            FakeApi.Answer.ok(
                                asked.target().startsWith("/v1/types/")
                                    ? TYPE
                                    : asked.target().contains("?")
                                        ? "{\"items\": [%s]}".formatted(SHOP)
                                        : SHOP)));
  }

  @BeforeEach
  void refuses() {
    answers.put(
        ":signal",
        new FakeApi.Answer(
            422, Map.of(), "{\"code\": \"invalid\", \"detail\": \"nothing here waits for it\"}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void runs(String status) {
    answers.put(
        "/tasks/deploy",
        FakeApi.Answer.ok(
            """
            {"uuid": "u-1", "run": 1, "state": "working", "status": "%s", "already_running": true}"""
                .formatted(status)));
  }

  @Test
  void aRunThatHasPanickedIsNotSaidToRun() {
    runs("panicked");
    FakeApi.Said said = api.run("start", "app", "shop", "deploy");
    assertThat(said.code()).isEqualTo(Exit.OK);
    assertThat(said.out()).contains("has panicked").doesNotContain("runs already");
    assertThat(said.err())
        .contains("`toygun retry app shop deploy`", "`toygun stop app shop deploy`")
        .doesNotContain("not taken");
  }

  @Test
  void argumentsThatARunThatIsThereDoesNotTakeAreSaidNotToBeTaken() {
    runs("running");
    FakeApi.Said said = api.run("start", "app", "shop", "deploy", "version=v2");
    assertThat(said.out()).contains("runs already");
    assertThat(said.err())
        .containsOnlyOnce("version=… was not taken: run 1 keeps what it was started with");
    assertThat(api.run("start", "app", "shop", "deploy").err()).isEmpty();
  }

  @Test
  void whatRestartsIsStartedByRestart() {
    FakeApi.Said said = api.run("start", "app", "shop", "__restart__");
    assertThat(said.code()).isEqualTo(Exit.CONFLICT);
    assertThat(said.err()).contains("`toygun restart app shop`");
  }

  @Test
  void aRestartOverItsBudgetNamesTheOption() {
    answers.put(
        ":restart",
        new FakeApi.Answer(409, Map.of(), "{\"code\": \"used_up\", \"detail\": \"too often\"}"));
    FakeApi.Said said = api.run("restart", "app", "shop");
    assertThat(said.code()).isEqualTo(Exit.CONFLICT);
    assertThat(said.err()).contains("too often", "--force");
  }

  @Test
  void aSignalThatATaskTakesIsSentToThatTask() {
    for (String field : new String[] {"by=eve", null}) {
      FakeApi.Said said =
          field == null
              ? api.run("signal", "app", "shop", "confirmed")
              : api.run("signal", "app", "shop", "confirmed", field);
      assertThat(said.code()).isEqualTo(Exit.USAGE);
      assertThat(said.err())
          .contains(
              "app takes no signal confirmed; it takes: none; its task wipe does: --task wipe");
    }
    assertThat(api.run("signal", "app", "shop", "gone").err())
        .contains("app takes no signal gone; it takes: none")
        .doesNotContain("--task");
  }

  @Test
  void whatIsNoNumberIsToldWhatANumberLooksLike() {
    assertThat(api.run("start", "app", "shop", "deploy", "most=abc").err())
        .contains("most: a whole number is expected, such as 3")
        .doesNotContain("abc");
    assertThat(api.run("start", "app", "shop", "deploy", "fast=yes").err())
        .contains("fast: true or false is expected");
    assertThat(api.run("start", "app", "shop", "deploy", "tags=a").err())
        .contains("tags: list<text> is expected, written as JSON");
  }

  @Test
  void aCommandThatIsNoneIsToldInALine() {
    FakeApi.Said said = api.run("descrbe", "app");
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err().lines())
        .containsExactly(
            "There is no command descrbe; did you mean describe, deliveries, demo? `toygun help` lists them all");
    assertThat(api.run("foo").err().lines())
        .singleElement()
        .asString()
        .startsWith("There is no command foo");
  }

  @Test
  void whatAnAlarmSuggestsIsWrittenWithWhatItNeeds() {
    answers.put(
        "/v1/alarms/00000000-0000-7000-8000-000000000003",
        FakeApi.Answer.ok(
            """
            {"uuid": "00000000-0000-7000-8000-000000000003", "type": "app", "label": "shop",
             "resource": "00000000-0000-7000-8000-000000000009", "name": "old",
             "repairs": [{"task": "deploy", "summary": "not judged yet"},
                         {"task": "wipe", "summary": "not judged yet"}]}"""));
    assertThat(api.run("alarms", "show", "00000000-0000-7000-8000-000000000003").out().lines())
        .contains(
            "  toygun start app 00000000-0000-7000-8000-000000000009 deploy version=…",
            "  toygun start app 00000000-0000-7000-8000-000000000009 wipe");
  }
}
