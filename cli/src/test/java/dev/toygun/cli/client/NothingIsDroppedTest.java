package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody writes is done, or refused: it is never passed over. */
class NothingIsDroppedTest {
  private final FakeApi api;

  NothingIsDroppedTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok("{\"items\": []}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void isRefused(String said, String... words) {
    FakeApi.Said refused = api.run(words);
    assertThat(refused.code()).as(refused.out()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains(said);
    assertThat(api.asked).isEmpty();
  }

  private void asks(String target, String... words) {
    api.asked.clear();
    FakeApi.Said said = api.run(words);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(api.asked).extracting(FakeApi.Asked::target).isEqualTo(List.of(target));
    api.asked.clear();
  }

  @Test
  void aFilterNarrowsWhatCanBeNarrowedByIt() {
    asks("/v1/alarms?page_size=200&state=open", "get", "alarms", "--filter", "state=open");
    asks(
        "/v1/errors?page_size=200&kind=Bad%20Address&resource=u",
        "get", "errors", "--filter", "kind=Bad Address", "--filter", "resource=u");
    asks(
        "/v1/tasks?page_size=200&type=echo&status=running",
        "get",
        "tasks",
        "--filter",
        "type=echo",
        "--filter",
        "status=running");
    asks("/v1/error-groups?page_size=500&hours=2", "get", "error-groups", "--filter", "hours=2");
    asks(
        "/v1/resources/echo?page_size=200&ended=true&filter=state%3Dquiet",
        "get", "echo", "--ended", "--filter", "state=quiet");
  }

  @Test
  void aFilterThatNarrowsNothingIsRefused() {
    isRefused("holds take no --filter", "get", "holds", "--filter", "scope=all");
    isRefused("errors take --filter resource", "get", "errors", "--filter", "state=watch");
    isRefused("alarms take --filter resource", "get", "alarms", "--filter", "open");
    isRefused("echo home is one", "get", "echo", "home", "--filter", "state=quiet");
  }

  @Test
  void whatIsUnusualOfAFilterIsSaidBesideTheList(@TempDir Path other) throws IOException {
    String list = "{\"items\": [], \"note\": \"field 'tier': one of a, b is expected, not 'x'\"}";
    try (FakeApi noting = new FakeApi(other, asked -> FakeApi.Answer.ok(list))) {
      FakeApi.Said said = noting.run("get", "echo", "--filter", "fields.tier=x");
      assertThat(said.code()).isZero();
      assertThat(said.err())
          .isEqualToIgnoringNewLines("field 'tier': one of a, b is expected, not 'x'");
    }
  }

  @Test
  void aNameOfWhatIsOnlyListedIsRefused() {
    isRefused("toygun describe type NAME", "get", "types", "echo");
    isRefused("toygun alarms show ALARM", "get", "alarms", "0190");
    isRefused("--filter resource=TYPE/NAME", "get", "errors", "home");
    isRefused("holds take no NAME", "get", "holds", "home");
  }

  @Test
  void endedIsForResources() {
    isRefused("toygun alarms --closed", "get", "alarms", "--ended");
    isRefused("--filter status=finished", "get", "tasks", "--ended");
    isRefused("holds take no --ended", "get", "holds", "--ended");
  }

  @Test
  void aHoldOfAResourceIsNoneOfEverything() {
    for (List<String> more :
        List.of(
            List.of("--everything"),
            List.of("--type", "website"),
            List.of("--task", "monitor"),
            List.of("--queue", "default"))) {
      List<String> words = new java.util.ArrayList<>(List.of("hold", "website", "home"));
      words.addAll(List.of("--reason", "x"));
      words.addAll(more);
      isRefused("and not both", words.toArray(new String[0]));
    }
  }
}
