package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are longer than what is shown of them. */
class CutListsTest {
  private final FakeApi api;

  CutListsTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked ->
                FakeApi.Answer.ok(
                    asked.target().contains("page_token")
                        ? "{\"items\": [{\"label\": \"third\"}], \"next_page_token\": null}"
                        : "{\"items\": [{\"label\": \"first\"}, {\"label\": \"second\"}],"
                            + " \"next_page_token\": \"more\"}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whatIsCutSaysSoBesideTheList() {
    for (String limit : new String[] {"1", "2"}) {
      FakeApi.Said said = api.run("get", "echo", "--limit", limit);
      assertThat(said.err()).contains("first " + limit, "--limit");
      assertThat(said.out()).contains("first").doesNotContain("there are more");
    }
  }

  @Test
  void whatIsWholeSaysNothing() {
    FakeApi.Said said = api.run("get", "echo", "--limit", "3");
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("first", "second", "third");
  }
}
