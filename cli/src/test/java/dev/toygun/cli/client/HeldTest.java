package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks at a thing sees that it is on hold. */
class HeldTest {
  private static final String TOP = "0190f3c4-7b2e-7a31-9c55-000000000001";
  private static final String MID = "0190f3c4-7b2e-7a31-9c55-000000000002";
  private static final String LOW = "0190f3c4-7b2e-7a31-9c55-000000000003";

  private final FakeApi api;
  private String answer = "";

  HeldTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok(answer));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String node(String uuid, String label, int depth, String held) {
    return """
    {"uuid": "%s", "type": "disk", "label": "%s", "state": "watched", "active": true, "depth": %d,
     "held": %s}"""
        .formatted(uuid, label, depth, held);
  }

  private static String of(String scope, String resource) {
    return """
    {"scope": "%s", "resource": %s, "type": "disk", "label": "mid", "name": "disk",
     "actor": "key:eve", "reason": "moving it", "created_at": "2026-01-01T00:00:00.5Z"}"""
        .formatted(scope, resource.isEmpty() ? "null" : '"' + resource + '"');
  }

  private void items(String... items) {
    answer = "{\"items\": [%s]}".formatted(String.join(",", items));
  }

  @Test
  void aTreeShowsAHoldWhereItLies() {
    String hold = of("subtree", MID);
    items(node(TOP, "top", 0, "null"), node(MID, "mid", 1, hold), node(LOW, "low", 2, hold));
    assertThat(api.run("tree", "disk", TOP).out())
        .containsPattern("disk/top +watched\n")
        .containsPattern("disk/mid +watched \\(held\\)\n")
        .containsPattern("disk/low +watched\n");
  }

  @Test
  void aTreeBelowAHoldSaysSoAtItsRoot() {
    String hold = of("subtree", TOP);
    items(node(MID, "mid", 0, hold), node(LOW, "low", 1, hold));
    assertThat(api.run("tree", "disk", MID).out())
        .containsPattern("disk/mid +watched \\(held\\)\n")
        .containsPattern("disk/low +watched\n");
  }

  @Test
  void aHoldOfATypeLiesOnEachOfIt() {
    items(node(TOP, "top", 0, "null"), node(LOW, "low", 1, of("type", "")));
    assertThat(api.run("tree", "disk", TOP).out())
        .containsPattern("disk/top +watched\n")
        .containsPattern("disk/low +watched \\(held\\)\n");
  }

  @Test
  void aListSaysThatAndAWideOneByWhom() {
    items(node(LOW, "low", 0, of("subtree", MID)), node(TOP, "top", 0, "null"));
    assertThat(api.run("get", "disk").out())
        .containsPattern("low +watched \\(held\\) ")
        .containsPattern("top +watched  ")
        .doesNotContain("moving it");
    assertThat(api.run("get", "disk", "-o", "wide").out())
        .contains("key:eve: moving it (subtree disk/mid since 2026-01-01T00:00:00Z)");
  }

  @Test
  void whoDescribesItHearsWhy() {
    answer = node(LOW, "low", 0, of("type", ""));
    assertThat(api.run("describe", "disk", LOW).out())
        .containsPattern("State +watched \\(held\\)")
        .containsPattern("Held by +key:eve: moving it \\(type disk since");
  }
}
