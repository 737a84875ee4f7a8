package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.slack.Ask;
import dev.toygun.api.slack.Sender;
import dev.toygun.service.SlackSettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What people ask from Slack goes the way of every request: the gate, the contract, the audit, and
 * once only where it says so.
 */
final class SlackAsks {
  private final SlackSettings slack;
  private final PageAnswers answers;
  private final Gate gate;
  private final Changes changes;

  SlackAsks(SlackSettings slack, PageAnswers answers, Gate gate, Changes changes) {
    this.slack = slack;
    this.answers = answers;
    this.gate = gate;
    this.changes = changes;
  }

  /** Refuses what Slack has not signed. */
  Future<Void> forged(Operation operation, RoutingContext ctx) {
    return gate.admit(
            operation,
            ctx,
            Optional.empty(),
            Future.failedFuture(
                new Problem(
                    401,
                    "unauthenticated",
                    "Slack has not signed this with the signing_secret of TOYGUN_SLACK, or more than"
                        + " five minutes ago")))
        .mapEmpty();
  }

  /** Asks as somebody of Slack. */
  Ask as(Sender sender, RoutingContext ctx) {
    return question -> {
      Operation operation = answers.operation(question.operation());
      Gate.aim(ctx, target(operation, question.path()), question.path());
      return gate.admit(operation, ctx, Optional.empty(), who(sender))
          .compose(
              actor -> {
                Call call = call(operation, question, actor, ctx);
                Action action = answers.action(operation);
                return operation.changes()
                    ? changes.carryOut(call, action, ctx)
                    : action.answer(call);
              })
          .map(answer -> Optional.ofNullable(answer.body()).orElseGet(JsonObject::new));
    };
  }

  private Future<Actor> who(Sender sender) {
    UUID uuid =
        UUID.nameUUIDFromBytes(
            "slack %s %s".formatted(sender.team(), sender.user()).getBytes(StandardCharsets.UTF_8));
    return slack
        .role(sender.team(), sender.user())
        .flatMap(Role::ofStored)
        .map(role -> new Actor(Actor.Kind.SLACK, uuid, sender.user(), role, KeyScope.ALL))
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new WithoutRole(
                        Actor.Kind.SLACK.stored(sender.user()),
                        "has no role here: TOYGUN_SLACK says who has one, and in which team")));
  }

  private static Call call(
      Operation operation, Ask.Question question, Actor actor, RoutingContext ctx) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    question.query().forEach(query::add);
    return new Call(
        operation,
        actor,
        Exchange.trace(ctx),
        Gate.remote(ctx),
        Gate.target(ctx),
        Parameters.read(operation, question.path(), query),
        null,
        question.once().isEmpty() ? null : "slack:" + question.once(),
        null,
        operation
            .body()
            .map(body -> Bodies.read(body, question.body().toBuffer()))
            .orElseGet(JsonObject::new),
        false,
        false);
  }

  private static String target(Operation operation, Map<String, String> path) {
    String target = operation.path();
    for (Map.Entry<String, String> one : path.entrySet()) {
      target = target.replace("{" + one.getKey() + "}", one.getValue());
    }
    return target;
  }
}
