package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk runs, as the command line asks for them. */
class BulkTest {
  private static final String UUID = "00000000-0000-7000-8000-00009c550123";

  private final AtomicInteger looks = new AtomicInteger();
  private final FakeApi api;
  private String end = "done";

  BulkTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, asked -> FakeApi.Answer.ok(answer(asked)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private int count = 12;
  private String note = "";

  private String answer(FakeApi.Asked asked) {
    if (asked.target().contains("validate_only")) {
      return "{\"count\": %d, \"more\": false, \"few\": [{\"label\": \"north\"}]}".formatted(count);
    }
    if (asked.target().startsWith("/v1/resources/")) {
      String said = note.isEmpty() ? "" : ", \"note\": \"%s\"".formatted(note);
      return "{\"items\": []%s}".formatted(said);
    }
    if (asked.target().startsWith("/v1/types/")) {
      return """
          {"fields": [{"name": "port", "type": "integer"}, {"name": "address", "type": "text"},
             {"name": "note", "type": "text"}],
           "states": [{"name": "up", "signals": [{"name": "poke", "fields": [{"name": "level", "type": "integer"}]}]}]}
          """;
    }
    boolean over = asked.method().equals("GET") && looks.incrementAndGet() > 1;
    return """
        {"uuid": "%s", "type": "host", "action": "start", "task": "check", "filter": ["state=up"],
         "state": "%s", "note": "", "counts": {"total": 12, "waiting": %d, "done": %d, "failed": 0}}"""
        .formatted(UUID, over ? end : "running", over ? 0 : 8, over ? 12 : 4);
  }

  private FakeApi.Said start(String... more) {
    String[] words = {"bulk", "start", "host", "check", "--filter", "state=up", "--rate", "10/s"};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return api.run(all);
  }

  @Test
  void itSaysHowManyItWouldBeAndAsks() {
    FakeApi.Said said = start();
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("start check: 12 of host (north, …)?", "--yes");
    assertThat(api.asked).singleElement().satisfies(a -> assertThat(a.target()).contains("valid"));
  }

  @Test
  void itIsWatchedUntilItIsOver() {
    FakeApi.Said said = start("--yes", "--watch", "--canary", "5", "--halt-share", "2");
    assertThat(said.code()).isEqualTo(Exit.OK);
    assertThat(said.out()).contains("running: 12, of which 8 waiting, 4 done", "done: 12");
    assertThat(api.asked.get(0).body())
        .contains("\"rate\":\"10/s\"", "\"canary\":5", "\"halt_share\":2", "\"state=up\"");
  }

  @Test
  void oneThatHaltsHasFailed() {
    end = "halted";
    assertThat(start("--yes", "--watch").code()).isEqualTo(Exit.FAILED);
  }

  @Test
  void itSaysWhatItWouldSet() {
    FakeApi.Said said =
        api.run("bulk", "set", "host", "port=5433", "address=a b", "--unset", "note");
    assertThat(said.err())
        .contains("set port=5433, address=a b, unset note: 12 of host (north, …)?");
    assertThat(api.run("bulk", "signal", "host", "poke", "level=3").err())
        .contains("signal poke, level=3: 12 of host");
    assertThat(api.run("bulk", "delete", "host").err()).contains("delete 12 of host (north, …)?");
  }

  @Test
  void whatMatchesNothingIsSaidAndNothingIsDone() {
    count = 0;
    for (FakeApi.Said said : List.of(start(), start("--yes"))) {
      assertThat(said.code()).isEqualTo(Exit.NOT_FOUND);
      assertThat(said.err()).contains("No active host matches state=up: nothing is done");
    }
    assertThat(api.run("bulk", "delete", "host", "--yes").err())
        .contains("There is no active host: nothing is done");
    assertThat(api.asked)
        .allMatch(a -> a.target().contains("validate_only") || a.method().equals("GET"));
  }

  @Test
  void aFilterThatMayBeASlipIsSaidToBeOne() {
    count = 0;
    note = "state: one of [up, down] is expected, not 'liv'";
    FakeApi.Said said = start("--yes");
    assertThat(said.code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(said.err())
        .contains("No active host matches state=up: nothing is done", "(" + note + ")");
    assertThat(api.asked.get(api.asked.size() - 1).target())
        .startsWith("/v1/resources/host?")
        .contains("filter=state%3Dup");
  }
}
