package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentsTest {
  @Test
  void aWideListSaysWhatEachIsAChildOf(@TempDir Path folder) throws IOException {
    String list =
        """
        {"items": [
          {"label": "a", "parent": "u-1", "parent_type": "pool", "parent_label": "shop"},
          {"label": "b", "parent": "u-2", "parent_type": null, "parent_label": null},
          {"label": "c", "parent": null, "parent_type": null, "parent_label": null}]}
        """;
    try (FakeApi api = new FakeApi(folder, asked -> FakeApi.Answer.ok(list))) {
      assertThat(api.run("get", "node", "-o", "wide").out())
          .containsPattern("LABEL +PARENT")
          .containsPattern("a +pool/shop ")
          .containsPattern("b +u-2 ")
          .containsPattern("c +- ");
      assertThat(api.run("get", "node").out()).doesNotContain("PARENT", "shop");
    }
  }

  @Test
  void whatHangsOffAChildSaysWhoseChildThatIs(@TempDir Path folder) throws IOException {
    String list =
        """
        {"items": [{"uuid": "u-9", "type": "node", "label": "a", "resource": "u-2", "scope": "subtree",
          "parent": "u-1", "parent_type": "pool", "parent_label": "shop"}]}
        """;
    try (FakeApi api = new FakeApi(folder, asked -> FakeApi.Answer.ok(list))) {
      for (String what : List.of("alarms", "errors", "tasks", "holds")) {
        assertThat(api.run("get", what).out()).as(what).contains(" node/a of pool/shop");
      }
    }
  }
}
