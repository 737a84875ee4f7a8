package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.alert.Network;
import dev.toygun.alert.Sinks;
import dev.toygun.api.slack.Sender;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.time.SystemTime;
import dev.toygun.time.Time;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that takes longer than Slack waits. */
class SlackAnswersTest {
  private static final JsonObject SAID = new JsonObject().put("text", "done");

  private final Vertx vertx = Vertx.vertx();
  private final Time time = new SystemTime(vertx);
  private final Workspace slack = new Workspace();
  private final Promise<JsonObject> work = Promise.promise();
  private Sinks sinks;

  @BeforeEach
  void start() {
    Keyring keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
    sinks = new Sinks(vertx, time, new FieldSeal(keyring), List.of(Network.of("127.0.0.0/8")));
  }

  @AfterEach
  void stop() {
    slack.close();
    ApiRig.await(vertx.close());
  }

  private int serving(Duration waits, Duration longest) {
    SlackAnswers answers = new SlackAnswers(slack.settings(), sinks, waits, longest);
    Sender sender = new Sender(Workspace.TEAM, "U0ADA", slack.hooks.url("/late"));
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            ctx -> {
              Exchange.begin(ctx, time);
              ctx.next();
            });
    router.post("/command").handler(ctx -> answers.command(ctx, sender, work.future()));
    router.post("/click").handler(ctx -> answers.click(ctx, sender, work.future()));
    HttpServer server =
        ApiRig.await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    return server.actualPort();
  }

  @Test
  void whoWaitsIsToldSoAndIsAnsweredLater() throws InterruptedException {
    int port = serving(Duration.ofMillis(50), Duration.ofSeconds(30));
    assertThat(slack.signed(port, "/command", "x").expect(200).body().getString("text"))
        .contains("takes a moment");
    assertThat(slack.signed(port, "/click", "x").expect(200).text()).isEmpty();
    assertThat(slack.hooks.rest()).isEmpty();
    work.complete(SAID);
    assertThat(slack.hooks.take().json()).isEqualTo(SAID);
    assertThat(slack.hooks.take().json()).isEqualTo(SAID);
  }

  @Test
  void whatIsDoneInTimeIsAnsweredAtOnceAndOnce() {
    int port = serving(Duration.ofSeconds(30), Duration.ofSeconds(30));
    work.complete(SAID);
    assertThat(slack.signed(port, "/command", "x").expect(200).body()).isEqualTo(SAID);
    assertThat(slack.hooks.rest()).isEmpty();
  }

  @Test
  void whatNeverEndsIsGivenUpAndSaidToBe() throws InterruptedException {
    int port = serving(Duration.ofMillis(50), Duration.ofMillis(100));
    slack.signed(port, "/command", "x").expect(200);
    assertThat(slack.hooks.take().json().getString("text")).contains("took too long");
  }

  @Test
  void whatFailsInsideIsSaidWithoutTheInside() {
    int port = serving(Duration.ofSeconds(30), Duration.ofSeconds(30));
    work.fail(new IllegalStateException("canary"));
    assertThat(slack.signed(port, "/command", "x").expect(200).text())
        .contains("something went wrong here")
        .contains("trace_id")
        .doesNotContain("canary");
  }
}
