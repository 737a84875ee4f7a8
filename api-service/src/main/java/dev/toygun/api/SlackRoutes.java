package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.slack.Click;
import dev.toygun.api.slack.Command;
import dev.toygun.api.slack.Desk;
import dev.toygun.api.slack.Signature;
import dev.toygun.service.SlackSettings;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where Slack sends commands and clicks. Its signature, and nothing else, says that it was Slack.
 */
final class SlackRoutes {
  private static final int LARGEST = 256 * 1024;
  private static final Operation COMMAND = SignIn.operation("slackCommand", "/v1/slack/commands");
  private static final Operation CLICK = SignIn.operation("slackClick", "/v1/slack/actions");

  private final SlackAsks asks;
  private final SlackAnswers answers;
  private final Signature signature;
  private final Desk desk;

  SlackRoutes(SlackSettings slack, SlackAsks asks, SlackAnswers answers, Time time) {
    this.asks = asks;
    this.answers = answers;
    this.signature = new Signature(slack.signingSecret(), time);
    this.desk = new Desk(time);
  }

  /** What is done about something that Slack has sent. */
  @FunctionalInterface
  private interface Handling {
    void handle(SlackRoutes routes, RoutingContext ctx, Buffer body);
  }

  /** Adds them; where there is no app of Slack there is nothing, whatever is sent. */
  static void mount(Optional<SlackRoutes> routes, Router router) {
    mount(routes, router, COMMAND, SlackRoutes::command);
    mount(routes, router, CLICK, SlackRoutes::click);
  }

  private static void mount(
      Optional<SlackRoutes> routes, Router router, Operation operation, Handling handling) {
    router
        .post(operation.path())
        .handler(
            ctx ->
                routes.ifPresentOrElse(
                    there -> there.received(operation, ctx, handling), () -> ctx.fail(404)));
  }

  private void received(Operation operation, RoutingContext ctx, Handling handling) {
    ctx.put("operation", operation.id());
    HttpServerRequest request = ctx.request();
    read(request)
        .compose(
            body -> {
              if (!signature.isOf(
                  request.getHeader("X-Slack-Request-Timestamp"),
                  request.getHeader("X-Slack-Signature"),
                  body)) {
                return asks.forged(operation, ctx);
              }
              handling.handle(this, ctx, body);
              return Future.succeededFuture();
            })
        .onFailure(e -> Exchange.send(ctx, Problems.of(e, Exchange.trace(ctx))));
  }

  /* Not as a form: its fields have other limits, and what is signed are the bytes. */
  private static Future<Buffer> read(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(read));
    request.handler(
        chunk -> {
          if (read.length() + chunk.length() > LARGEST) {
            whole.tryFail(
                new Problem(413, "body_too_large", "what Slack sends has at most 256 KiB"));
          } else {
            read.appendBuffer(chunk);
          }
        });
    return whole.future();
  }

  private void command(RoutingContext ctx, Buffer body) {
    Command command = sent(() -> Command.read(body));
    answers.command(ctx, command.sender(), desk.carryOut(command, asks.as(command.sender(), ctx)));
  }

  private void click(RoutingContext ctx, Buffer body) {
    Click click = sent(() -> Click.read(body));
    answers.click(ctx, click.sender(), desk.carryOut(click, asks.as(click.sender(), ctx)));
  }

  private static <T> T sent(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("bad_request", String.valueOf(e.getMessage()));
    }
  }
}
