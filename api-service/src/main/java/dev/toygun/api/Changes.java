package dev.toygun.api;

import dev.toygun.crypto.Keyring;
import dev.toygun.store.Audit;
import dev.toygun.store.Idempotency;
import dev.toygun.store.Idempotency.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what changes something: written into the audit before, or in the same commit, and
 * once only where the caller gave the request a name.
 */
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  /** Pauses between tries to release a key, each twice as long: half a minute, time-outs aside. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final Duration LAST_PAUSE = Duration.ofSeconds(16);

  /** The same request is not answered yet. */
  static final String IN_PROGRESS = "in_progress";

  /** It was carried out, and nobody knows its answer any more. */
  private static final String CARRIED_OUT = "carried_out";

  private final Audit audit;
  private final Idempotency idempotency;
  private final Keyring keyring;

  Changes(Audit audit, Idempotency idempotency, Keyring keyring) {
    this.audit = audit;
    this.idempotency = idempotency;
    this.keyring = keyring;
  }

  /** The action's answer, or the one that the same request heard before. */
  Future<Answer> carryOut(Call call, Action action, RoutingContext ctx) {
    if (call.validateOnly()) {
      return action.answer(call);
    }
    String key = call.idempotencyKey();
    return key == null ? audited(call, action) : once(key, call, action, ctx);
  }

  private Future<Answer> audited(Call call, Action action) {
    Audit.Entry entry = call.entry();
    return thrown(() -> action.atOnce(call, entry))
        .recover(e -> failedAtOnce(entry, e))
        .compose(
            done ->
                done.isPresent() ? Future.succeededFuture(done.get()) : noted(entry, call, action));
  }

  /* An action may also throw what it finds wrong; its row has a status then as well. */
  private static <T> Future<T> thrown(Supplier<Future<T>> action) {
    return Future.succeededFuture().compose(go -> action.get());
  }

  /*
   * Nothing was changed, or there is a row that says so. This one says what the caller was told.
   */
  private <T> Future<T> failedAtOnce(Audit.Entry entry, Throwable why) {
    return audit
        .write(
            why instanceof Outside
                ? entry.denied(Problems.status(why))
                : entry.answered(Problems.status(why)))
        .onFailure(e -> LOG.warn("a request that failed is not in the audit: {}", e.toString()))
        .transform(written -> Future.failedFuture(why));
  }

  private Future<Answer> noted(Audit.Entry entry, Call call, Action action) {
    return audit
        .write(entry)
        .recover(e -> Future.failedFuture(new Unavailable.NotBegun(e)))
        .compose(
            seq ->
                thrown(() -> action.answer(call))
                    .transform(
                        done ->
                            done.succeeded()
                                ? ended(seq, done.result().status(), done.result().made())
                                    .map(done.result())
                                : ended(seq, Problems.status(done.cause()), null)
                                    .compose(noted -> Future.failedFuture(done.cause()))));
  }

  /** Never fails: what was done is done, and its row says at least that it was asked for. */
  private Future<Void> ended(long seq, int status, @Nullable UUID made) {
    return audit
        .result(seq, status, made)
        .otherwise(
            e -> {
              LOG.warn("audit row {} was left without its status: {}", seq, e.toString());
              return null;
            });
  }

  private Future<Answer> once(String key, Call call, Action action, RoutingContext ctx) {
    String actor = call.caller().key().toString();
    byte[] hash = hash(call, ctx);
    return idempotency
        .claim(actor, key, hash)
        .compose(
            claim -> {
              if (claim instanceof Claim.Answered before) {
                return Future.succeededFuture(replay(before));
              }
              if (claim instanceof Claim.Other) {
                return Future.failedFuture(
                    new Problem(
                        422,
                        "idempotency_key_reused",
                        "Idempotency-Key '%s' was used for another request: choose another"
                            .formatted(key)));
              }
              if (claim instanceof Claim.UnderWay) {
                return Future.failedFuture(
                    Problem.conflict(
                        IN_PROGRESS,
                        "the same request under Idempotency-Key '%s' is under way: try again soon"
                            .formatted(key)));
              }
              Claim.Ours ours = (Claim.Ours) claim;
              return ours(ours, call, action)
                  .compose(
                      answer -> keep(ours, answer), failure -> failed(ours, failure, call, ctx));
            });
  }

  /* What became of a request whose process died is looked up before it is carried out again. */
  private Future<Answer> ours(Claim.Ours claim, Call call, Action action) {
    Future<Optional<String>> made =
        claim.again()
            ? idempotency
                .made(claim.makes(), call.maybeUuid("uuid"))
                .recover(e -> Future.failedFuture(new Unavailable.NotBegun(e)))
            : Future.succeededFuture(Optional.empty());
    return made.compose(
        what ->
            what.isPresent()
                ? Future.failedFuture(
                    Problem.conflict(
                        CARRIED_OUT,
                        "the same request under Idempotency-Key '%s' made %s, and its answer was lost: look it up"
                            .formatted(claim.key(), what.get())))
                : audited(call.making(claim.makes()), action));
  }

  /*
   * A problem is an answer too, and is repeated, except to whoever sends a form: that is put right,
   * and sent again under the name that it was given. What was wrong here, not with the request, is
   * tried again, unless it is not known whether it was carried out: then the claim stays until its
   * time is over.
   */
  private Future<Answer> failed(
      Claim.Ours claim, Throwable failure, Call call, RoutingContext ctx) {
    String trace = call.trace();
    Problem problem = Problems.of(failure, trace);
    boolean toldAgain = !SessionToken.isMeant(ctx) || problem.code().equals(CARRIED_OUT);
    if (problem.status() < 500 && toldAgain) {
      Answer answer =
          Answer.of(problem.status(), problem.body(trace)).header("Content-Type", "problem");
      return keep(claim, answer).compose(kept -> Future.failedFuture(failure));
    }
    if (Unavailable.leavesOpen(failure)) {
      return Future.failedFuture(failure);
    }
    return idempotency
        .release(claim)
        .onFailure(e -> releaseLater(claim, FIRST_PAUSE, ctx.vertx(), e))
        .transform(released -> Future.<Answer>failedFuture(failure));
  }

  /*
   * Whatever broke the request may keep the key from being released, so that is tried again: until
   * it is, the same request hears that it is under way. Given up long before the claim is over.
   */
  private void releaseLater(Claim.Ours claim, Duration pause, Vertx vertx, Throwable why) {
    if (pause.compareTo(LAST_PAUSE) > 0) {
      LOG.warn(
          "Idempotency-Key '{}' is kept until its claim is over: {}", claim.key(), why.toString());
      return;
    }
    vertx.setTimer(
        pause.toMillis(),
        fired ->
            idempotency
                .release(claim)
                .onFailure(e -> releaseLater(claim, pause.multipliedBy(2), vertx, e)));
  }

  private Future<Answer> keep(Claim.Ours claim, Answer answer) {
    String body = answer.body() == null ? "" : answer.body().encode();
    return idempotency
        .answer(claim, answer.status(), answer.headers(), body)
        .transform(
            kept -> {
              if (kept.failed()) {
                LOG.warn("an answer was not kept: {}", kept.cause().toString());
              }
              return Future.succeededFuture(answer);
            });
  }

  private static Answer replay(Claim.Answered before) {
    JsonObject body = before.body().isEmpty() ? null : (JsonObject) ExactJson.read(before.body());
    if (before.status() >= 400 && body != null) {
      throw new Replayed(before.status(), body);
    }
    return new Answer(before.status(), body, before.headers(), null)
        .header("Idempotency-Replayed", "true");
  }

  /** A problem that the same request heard before. */
  private static final class Replayed extends Problem {
    Replayed(int status, JsonObject body) {
      super(
          status,
          body.getString("code"),
          body.getString("detail"),
          wrongs(body),
          java.util.Map.of("Idempotency-Replayed", "true"));
    }

    private static java.util.List<Wrong> wrongs(JsonObject body) {
      return body.getJsonArray("errors", new io.vertx.core.json.JsonArray()).stream()
          .map(JsonObject.class::cast)
          .map(e -> new Wrong(e.getString("pointer"), e.getString("detail")))
          .toList();
    }
  }

  /*
   * A body may hold a password, whose plain hash could be guessed. The caller's key, or what a
   * browser keeps, is nowhere in the database, so with it the hash says nothing to whoever reads that.
   * A token of the identity provider is another one each hour.
   */
  private byte[] hash(Call call, RoutingContext ctx) {
    byte[] secret =
        Gate.key(ctx)
            .map(KeyText::reveal)
            .or(() -> SessionToken.read(ctx).map(SessionToken::form))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(
                () -> keyring.mac(call.caller().key().toString().getBytes(StandardCharsets.UTF_8)));
    String request =
        call.canonical(ctx.request().method().name(), String.valueOf(ctx.request().uri()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(request.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
