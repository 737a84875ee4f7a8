package dev.toygun.api;

import dev.toygun.store.Locked;
import dev.toygun.store.Refusal;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what callers are told of whatever went wrong. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** What a caller is told. What nobody expected is logged with its cause, and told without it. */
  static Problem of(Throwable failure, String trace) {
    if (failure instanceof Problem problem) {
      return problem;
    }
    if (failure instanceof Refusal refusal) {
      return refused(refusal);
    }
    if (failure instanceof HttpException http) {
      return ofStatus(http.getStatusCode(), "", "");
    }
    if (Locked.caused(failure)) {
      LOG.info("request {} met a lock: {}", trace, failure.toString());
      return new Problem(
          503,
          "locked",
          "somebody else has locked it, and nothing was changed: try again",
          java.util.List.of(),
          Map.of("Retry-After", "2"));
    }
    if (Unavailable.caused(failure)) {
      LOG.warn("no database for request {}: {}", trace, failure.toString());
      return new Problem(
          503,
          "unavailable",
          "the database does not answer: nothing is known to have been changed; try again later,"
              + " with an Idempotency-Key, and see /ready",
          java.util.List.of(),
          Map.of("Retry-After", "2"));
    }
    LOG.error("request {} failed", trace, failure);
    return new Problem(
        500, "internal", "something went wrong here; the log has it under this trace_id");
  }

  /** The status that a caller is told. */
  static int status(Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem.status();
    }
    if (failure instanceof Refusal refusal) {
      return refused(refusal).status();
    }
    if (failure instanceof HttpException http) {
      return http.getStatusCode();
    }
    return Locked.caused(failure) || Unavailable.caused(failure) ? 503 : 500;
  }

  private static Problem refused(Refusal refusal) {
    String detail = refusal.getMessage();
    return switch (refusal.code()) {
      case NOT_FOUND -> Problem.notFound("not_found", detail);
      case STALE -> new Problem(412, "stale", detail);
      case ENDED -> Problem.conflict("ended", detail);
      case DELETING -> Problem.conflict("deleting", detail);
      case EXISTS -> Problem.conflict("exists", detail);
      case WRONG_STATE -> Problem.conflict("wrong_state", detail);
      case USED_UP -> Problem.conflict("used_up", detail);
      case OCCUPIED -> Problem.conflict("occupied", detail);
      case INVALID -> new Problem(422, "invalid", detail);
    };
  }

  /** What a status of Vert.x's own router means here. */
  static Problem ofStatus(int status, String method, String path) {
    return switch (status) {
      case 404 ->
          Problem.notFound(
              "no_such_path", "there is nothing at " + path + "; /openapi.json has what there is");
      case 405 ->
          new Problem(
              405,
              "method_not_allowed",
              "%s is not possible on %s; /openapi.json has what is".formatted(method, path));
      case 413 ->
          new Problem(
              413,
              "body_too_large",
              "a body has at most %d bytes; send less at once".formatted(ApiSettings.MAX_BODY));
      case 503 ->
          new Problem(
              503,
              "timeout",
              "the request took too long, and may have been carried out; look before you repeat it"
                  + " without an Idempotency-Key");
      case 400 -> Problem.badRequest("bad_request", "the request cannot be read");
      default -> new Problem(status, "http_" + status, "the request was refused");
    };
  }
}
