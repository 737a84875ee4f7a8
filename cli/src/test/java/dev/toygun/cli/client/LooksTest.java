package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a resource while the API comes and goes. */
class LooksTest {
  private static final String PATH = "/v1/resources/website/0198c0de-0000-7000-8000-000000000001";

  private final AtomicInteger looks = new AtomicInteger();
  private final Path folder;

  LooksTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** An API that has no events, and answers the second look with this. */
  private FakeApi away(int status) throws IOException {
    return new FakeApi(
        folder,
        asked -> {
          if (!asked.target().equals(PATH)) {
            return new FakeApi.Answer(404, Map.of(), "{}");
          }
          int look = looks.incrementAndGet();
          return look == 2
              ? new FakeApi.Answer(status, Map.of(), "{}")
              : FakeApi.Answer.ok("{\"state\":\"%s\"}".formatted(look == 1 ? "new" : "watched"));
        });
  }

  private static int watched(FakeApi api) {
    return Looks.until(
        api.client(),
        PATH,
        60L,
        now ->
            now.path("state").asText().equals("watched")
                ? OptionalInt.of(Exit.OK)
                : OptionalInt.empty(),
        now -> "never");
  }

  @Test
  void whoWaitsGoesOnOnceTheApiIsBack() throws IOException {
    try (FakeApi api = away(503)) {
      assertThat(watched(api)).isEqualTo(Exit.OK);
    }
    assertThat(looks).hasValue(3);
  }

  @Test
  void whoIsRefusedWaitsNoLonger() throws IOException {
    try (FakeApi api = away(401)) {
      assertThatThrownBy(() -> watched(api)).isInstanceOf(Api.Problem.class);
    }
    assertThat(looks).hasValue(2);
  }
}
