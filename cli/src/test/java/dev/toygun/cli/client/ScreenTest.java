package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are cut where a screen ends, and nowhere else. */
class ScreenTest {
  private static final String LONG =
      "a message of which the end says what is to be done ".repeat(4);

  private static String shown(int width) {
    return new Table("AT", "MESSAGE").row("10:00", LONG + "now").text(width);
  }

  @Test
  void aScreenIsAsWideAsColumnsSays() {
    assertThat(Screen.width("132")).isEqualTo(132);
    assertThat(shown(Screen.width("60")).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void inAPipeNothingIsCut() {
    assertThat(shown(Screen.width(null))).contains("to be done now").doesNotContain("…");
  }

  @Test
  void theCommandCutsNothingInAPipe(@TempDir Path folder) throws IOException {
    assumeThat(System.getenv("COLUMNS")).isNull();
    String errors = "{\"items\": [{\"message\": \"%snow\"}]}".formatted(LONG);
    try (FakeApi api = new FakeApi(folder, asked -> FakeApi.Answer.ok(errors))) {
      assertThat(api.run("get", "errors").out()).contains("to be done now");
    }
  }

  @Test
  void whatIsNoWidthIsNone() {
    for (String columns : List.of("", "0", "wide", "-80", "99999999999")) {
      assertThat(Screen.width(columns)).as(columns).isEqualTo(Screen.width(null));
    }
  }
}
