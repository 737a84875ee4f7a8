package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A uuid of a resource is shown whole, since nothing takes the end of one. */
class UuidsTest {
  private static final String HOME = "0190f3c4-7b2e-7a31-9c55-0123456789ab";
  private static final String END = "0123456789ab";

  private final FakeApi api;

  UuidsTest(@TempDir Path folder) throws IOException {
    String item =
        """
        {"uuid": "%1$s", "resource": "%1$s", "subject": null, "type": "website", "label": "home",
         "name": "monitor", "state": "watched", "depth": 0}"""
            .formatted(HOME);
    String part = "{\"total\": 1, \"items\": [%s]}".formatted(item);
    api =
        new FakeApi(
            folder,
            asked ->
                FakeApi.Answer.ok(
                    asked.method().equals("POST")
                        ? "{\"resources\": %s, \"plan\": \"p\"}".formatted(part)
                        : asked.target().startsWith("/v1/bulk/")
                            ? "{\"items\": [%s]}".formatted(item.replace("\"home\"", "null"))
                            : part));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whatIsNamedByItsLabelHasItsUuidInAWideTable() {
    for (List<String> command :
        List.of(
            List.of("tree", "website", "home"),
            List.of("plan", "website", "home"),
            List.of("get", "tasks"))) {
      String[] words = command.toArray(new String[0]);
      assertThat(api.run(words).out().replaceAll("toygun delete .*", ""))
          .contains("website/home")
          .doesNotContain(END);
      String[] wide = (String.join(",", command) + ",-o,wide").split(",");
      assertThat(api.run(wide).out()).containsPattern("home .*" + HOME);
    }
  }

  @Test
  void whatHasNoLabelHasItsUuid() {
    assertThat(api.run("get", "audit").out()).contains(HOME);
    assertThat(api.run("bulk", "show", HOME).out()).contains(HOME);
  }
}
