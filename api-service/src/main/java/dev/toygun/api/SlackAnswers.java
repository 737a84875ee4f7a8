package dev.toygun.api;

import dev.toygun.alert.Sinks;
import dev.toygun.api.slack.Answers;
import dev.toygun.api.slack.Sender;
import dev.toygun.api.slack.Unclear;
import dev.toygun.service.SlackSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Slack before it stops waiting, which is after three seconds. What is known only later is
 * sent where Slack says that it takes it, which has to be a place of Slack's.
 */
final class SlackAnswers {
  /** How long it may wait for its answer. */
  static final Duration WAITS = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(SlackAnswers.class);
  private static final JsonObject NOTHING = new JsonObject();

  private final SlackSettings slack;
  private final Sinks sinks;
  private final Duration waits;
  private final Duration longest;

  /**
   * Answers.
   *
   * @param waits how long Slack is kept waiting
   * @param longest how long something may take at all
   */
  SlackAnswers(SlackSettings slack, Sinks sinks, Duration waits, Duration longest) {
    this.slack = slack;
    this.sinks = sinks;
    this.waits = waits;
    this.longest = longest;
  }

  /** Answers a command: Slack shows what it is answered. */
  void command(RoutingContext ctx, Sender sender, Future<JsonObject> work) {
    answer(ctx, sender, work, true);
  }

  /** Answers a click: Slack shows nothing but what is sent to it besides. */
  void click(RoutingContext ctx, Sender sender, Future<JsonObject> work) {
    answer(ctx, sender, work, false);
  }

  private void answer(RoutingContext ctx, Sender sender, Future<JsonObject> work, boolean isShown) {
    String trace = Exchange.trace(ctx);
    long timer =
        ctx.vertx()
            .setTimer(waits.toMillis(), fired -> send(ctx, isShown ? Answers.working() : NOTHING));
    work.timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(e -> refused(e, trace))
        .onSuccess(
            said -> {
              boolean inTime = ctx.vertx().cancelTimer(timer);
              if (inTime) {
                send(ctx, isShown ? said : NOTHING);
              }
              if (!said.isEmpty() && !(inTime && isShown)) {
                sendLater(sender, said, trace);
              }
            });
  }

  private static JsonObject refused(Throwable failure, String trace) {
    if (failure instanceof Unclear unclear) {
      return Answers.refused(String.valueOf(unclear.getMessage()));
    }
    Problem problem =
        failure instanceof TimeoutException
            ? Problems.ofStatus(503, "", "")
            : Problems.of(failure, trace);
    if (problem.code().equals(Changes.IN_PROGRESS)) {
      return NOTHING; // A second click: the first one says what it has done.
    }
    String where = problem.status() >= 500 ? " (trace_id %s)".formatted(trace) : "";
    return Answers.refused(problem.detail() + where);
  }

  private static void send(RoutingContext ctx, JsonObject message) {
    Answer answer = message.isEmpty() ? new Answer(200, null, Map.of(), null) : Answer.ok(message);
    Exchange.send(ctx, answer, false);
  }

  private void sendLater(Sender sender, JsonObject message, String trace) {
    if (isOfSlack(sender.answerTo())) {
      sinks
          .post(sender.answerTo(), message)
          .onFailure(
              e ->
                  LOG.warn(
                      "Slack did not take the answer to request {}: {}", trace, e.getMessage()));
    } else {
      LOG.warn("request {} of Slack is to be answered elsewhere than at its hooks", trace);
    }
  }

  private boolean isOfSlack(String answerTo) {
    try {
      URI there = new URI(answerTo);
      return slack.hooks().getScheme().equals(there.getScheme())
          && slack.hooks().getRawAuthority().equals(there.getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
