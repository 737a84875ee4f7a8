package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
}
