package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request that the API has no time for. */
class ApiTest {
  private final FakeApi api;
  private volatile int refused;
  private volatile String retryAfter = "0";

  ApiTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, this::answer);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private FakeApi.Answer answer(FakeApi.Asked asked) {
    return api.asked.size() <= refused
        ? new FakeApi.Answer(
            429,
            Map.of("Retry-After", retryAfter),
            "{\"code\": \"too_many_requests\", \"detail\": \"too many requests\"}")
        : FakeApi.Answer.ok("{\"well\": true}");
  }

  private void isRefused(Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            Api.Problem.class, problem -> assertThat(problem.exit()).isEqualTo(Exit.UNAVAILABLE));
  }

  @Test
  void whatIsReadIsAskedForAgainOnceItMayBe() {
    refused = 3;
    assertThat(api.client().get("/v1/types").path("well").asBoolean()).isTrue();
    assertThat(api.asked).hasSize(4);
  }

  @Test
  void butNotForEver() {
    refused = Integer.MAX_VALUE;
    isRefused(() -> api.client().get("/v1/types"));
    assertThat(api.asked).hasSizeBetween(2, 10);
  }

  @Test
  void andNotWhereThatTakesLong() {
    refused = 1;
    retryAfter = "3600";
    isRefused(() -> api.client().get("/v1/types"));
    assertThat(api.asked).hasSize(1);
  }

  @Test
  void whatChangesSomethingIsAskedForOnce() {
    refused = 1;
    isRefused(() -> api.client().post("/v1/holds", Map.of()));
    assertThat(api.asked).hasSize(1);
  }
}
