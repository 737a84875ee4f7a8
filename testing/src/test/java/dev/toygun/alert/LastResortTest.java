package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Message.Event;
import dev.toygun.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told that there is no Postgres. */
class LastResortTest {
  private final VirtualTime time = new VirtualTime(3);
  private final List<String> said = new ArrayList<>();
  private final List<JsonObject> bodies = new ArrayList<>();
  private Optional<String> missing = Optional.empty();
  private Optional<NotDelivered> fault = Optional.empty();

  private void start() {
    new LastResort(
            time,
            "worker",
            "db:5432/toygun",
            () -> missing,
            List.of(new LastSink(SinkKind.LOG, new JsonObject())),
            (sink, delivery, event, body) -> {
              said.add(event + " " + body.getString("dedup_key"));
              bodies.add(body);
              return fault
                  .<Future<Void>>map(Future::failedFuture)
                  .orElseGet(Future::succeededFuture);
            })
        .start();
  }

  private static final String OPEN = Event.OPEN + " toygun/worker/no_postgres/db:5432/toygun";
  private static final String RESOLVE = Event.RESOLVE + " toygun/worker/no_postgres/db:5432/toygun";

  @Test
  void aShortOutageIsNoAlarm() {
    start();
    for (int i = 0; i < 5; i++) {
      missing = Optional.of("does not answer");
      time.advance(Duration.ofSeconds(25));
      missing = Optional.empty();
      time.advance(Duration.ofSeconds(5));
    }
    assertThat(said).isEmpty();
  }

  @Test
  void aLongOneIsAndItsEndIsToldUnderTheSameKey() {
    start();
    missing = Optional.of("does not answer");
    time.advance(Duration.ofSeconds(33));
    assertThat(said).containsExactly(OPEN);
    assertThat(bodies.get(0).getString("message"))
        .contains("no Postgres for 30 s: it does not answer");
    time.advance(Duration.ofSeconds(60));
    missing = Optional.empty();
    time.advance(Duration.ofSeconds(2));
    assertThat(said).containsExactly(OPEN, RESOLVE);
    time.advance(Duration.ofHours(1));
    assertThat(said).hasSize(2);
  }

  @Test
  void whileItLastsSomebodyIsReminded() {
    start();
    missing = Optional.of("does not answer");
    time.advance(Duration.ofMinutes(16));
    assertThat(said).hasSize(4).containsOnly(OPEN);
  }

  @Test
  void whatIsNotDeliveredIsTriedAgainAndTakenBackInAnyCase() {
    start();
    missing = Optional.of("does not answer");
    fault = Optional.of(NotDelivered.now("no answer within 10 s"));
    time.advance(Duration.ofSeconds(100));
    assertThat(said).hasSize(3).containsOnly(OPEN);
    missing = Optional.empty();
    time.advance(Duration.ofSeconds(40));
    fault = Optional.empty();
    time.advance(Duration.ofSeconds(40));
    assertThat(said.subList(3, said.size())).containsOnly(RESOLVE).isNotEmpty();
    int after = said.size();
    time.advance(Duration.ofHours(1));
    assertThat(said).hasSize(after);
  }

  @Test
  void theSettingIsAListOfSinks() {
    List<LastSink> sinks =
        LastSink.read(
            "[{\"kind\":\"webhook\",\"url\":\"https://example.com/\",\"secret\":\"canary-0123456789\"},{\"kind\":\"log\"}]");
    assertThat(sinks).extracting(LastSink::kind).containsExactly(SinkKind.WEBHOOK, SinkKind.LOG);
    assertThat(sinks.toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "{}",
        "[1]",
        "[{\"kind\":\"canary\"}]",
        "[{\"kind\":\"webhook\",\"url\":\"canary\"}]",
        "[{\"kind\":\"sentry\",\"dsn\":\"https://canary@sentry.example.com/42\"}]"
      })
  void whatIsWrongWithTheSettingIsSaidWithoutIt(String text) {
    assertThatThrownBy(() -> LastSink.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
  }
}
