package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopTest {
  private static final String SPENT =
      """
      {"share": %s, "ticks": %2$s, "ticks_per_second": 2.04, "used_seconds": %3$s, "mean_seconds": 0.0123,
       "ran_seconds": 1, "committed_seconds": 1, "waited_seconds": 7230}""";

  private static final String REPORT =
      """
      {"by": "tree", "total": %s, "items": [
        {"type": "customer", "task": null, "resource": "u-1", "label": "a name", "heavy": true, "spent": %s},
        {"type": "site", "task": null, "resource": "u-2", "label": null, "heavy": false, "spent": %s},
        {"type": "site", "task": "check", "resource": null, "label": null, "spent": %2$s}]}"""
          .formatted(
              SPENT.formatted("1", "9", "90"),
              SPENT.formatted("0.755", "6", "67.95"),
              SPENT.formatted("null", "3", "22.05"));

  private final FakeApi api;

  TopTest(@TempDir Path folder) throws IOException {
    api =
        new FakeApi(
            folder,
            asked ->
                FakeApi.Answer.ok(
                    asked.target().startsWith("/v1/usage")
                        ? REPORT
                        : "{\"items\": [{\"uuid\": \"u-9\"}]}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whoUsesMostIsShownWithItsShareAndTheMeanOfATick() {
    FakeApi.Said said = api.run("top");
    assertThat(said.out().lines().toList().get(1))
        .startsWith("customer/a name (heavy) ")
        .containsPattern("75\\.5% +2\\.0 +1m 8s +12\\.3ms +2h");
    assertThat(said.out())
        .contains("site/u-2 ")
        .contains("site/check")
        .containsPattern("\\(all\\) +100");
    assertThat(api.asked.get(0).target()).isEqualTo("/v1/usage?by=tree&since=10m&page_size=20");
  }

  @Test
  void whatIsUnderAResourceIsAskedForByItsName() {
    assertThat(api.run("top", "--by", "task", "--since", "2h", "--under", "customer/one").code())
        .isZero();
    assertThat(api.asked.get(1).target())
        .isEqualTo("/v1/usage?by=task&since=2h&page_size=20&under=u-9");
    String uuid = "00000000-0000-7000-8000-00009c550123";
    api.run("top", "--under", uuid);
    assertThat(api.asked.get(2).target()).endsWith("&under=" + uuid);
    FakeApi.Said said = api.run("top", "--under", "one");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("TYPE/NAME", "\"one\"");
  }
}
