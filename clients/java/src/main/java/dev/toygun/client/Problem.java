package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API has refused something, or could not do it. Its kinds are nested here. */
public class Problem extends ToygunException {
  private static final long serialVersionUID = 1;

  private final transient Told told;

  private Problem(Told told) {
    super(told.text());
    this.told = told;
  }

  /**
   * One thing that is wrong with a request.
   *
   * @param pointer where, as a JSON pointer into the body, such as {@code /fields/size}
   * @param detail what was expected there
   */
  public record Violation(String pointer, String detail) {}

  /** The HTTP status; 0 where there was no answer. */
  public int status() {
    return told.status;
  }

  /** The stable name of what went wrong, such as {@code not_found}; empty where none was given. */
  public String code() {
    return told.code;
  }

  /** What was expected, for people. */
  public String detail() {
    return told.detail;
  }

  /** Each thing that is wrong with the request. */
  public List<Violation> errors() {
    return told.errors;
  }

  /** Under which the server's log has it; empty where none was given. */
  public String traceId() {
    return told.traceId;
  }

  /** After which time it is worth asking again; empty where nobody said. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(told.retryAfter);
  }

  /** 400, 405, 413, 415, 422: it was asked wrongly; {@link #errors} has what is wrong. */
  public static final class BadRequest extends Problem {
    private static final long serialVersionUID = 1;

    private BadRequest(Told told) {
      super(told);
    }
  }

  /** 401: there is no such key, or it has ended. */
  public static final class Unauthenticated extends Problem {
    private static final long serialVersionUID = 1;

    private Unauthenticated(Told told) {
      super(told);
    }
  }

  /** 403: the key's role may not do this. */
  public static final class Denied extends Problem {
    private static final long serialVersionUID = 1;

    private Denied(Told told) {
      super(told);
    }
  }

  /** 404: there is no such thing. */
  public static final class NotFound extends Problem {
    private static final long serialVersionUID = 1;

    private NotFound(Told told) {
      super(told);
    }

    static NotFound of(String detail) {
      return new NotFound(Told.of(404, "not_found", detail));
    }
  }

  /** 409: things are not as the request needs them. */
  public static final class Conflict extends Problem {
    private static final long serialVersionUID = 1;

    private Conflict(Told told) {
      super(told);
    }

    static Conflict of(String code, String detail) {
      return new Conflict(Told.of(409, code, detail));
    }
  }

  /** 412: somebody else has changed it: look at it again. */
  public static final class PreconditionFailed extends Problem {
    private static final long serialVersionUID = 1;

    private PreconditionFailed(Told told) {
      super(told);
    }
  }

  /** 429: too many requests, or streams, after all the tries that were made. */
  public static final class RateLimited extends Problem {
    private static final long serialVersionUID = 1;

    private RateLimited(Told told) {
      super(told);
    }
  }

  /** 502, 503, 504: it cannot be done now, after all the tries that were made. */
  public static class Unavailable extends Problem {
    private static final long serialVersionUID = 1;

    private Unavailable(Told told) {
      super(told);
    }
  }

  /**
   * There was no answer: whether a change was carried out is not known, unless it was sent again.
   */
  public static final class Unreachable extends Unavailable {
    private static final long serialVersionUID = 1;

    private Unreachable(Told told) {
      super(told);
    }

    static Unreachable of(String detail) {
      return new Unreachable(Told.of(0, "unreachable", detail));
    }
  }

  /** What an answer means. A proxy's page is no JSON: the status speaks for itself then. */
  static Problem of(Reply reply) {
    Told told = Told.of(reply);
    return switch (reply.status()) {
      case 400, 405, 413, 415, 422 -> new BadRequest(told);
      case 401 -> new Unauthenticated(told);
      case 403 -> new Denied(told);
      case 404 -> new NotFound(told);
      case 409 -> new Conflict(told);
      case 412 -> new PreconditionFailed(told);
      case 429 -> new RateLimited(told);
      case 502, 503, 504 -> new Unavailable(told);
      default -> new Problem(told);
    };
  }

  private record Told(
      int status,
      String code,
      String detail,
      List<Violation> errors,
      String traceId,
      @Nullable Duration retryAfter) {

    static Told of(int status, String code, String detail) {
      return new Told(status, code, detail, List.of(), "", null);
    }

    static Told of(Reply reply) {
      JsonNode body = reply.problem();
      List<Violation> errors = new ArrayList<>();
      for (JsonNode error : body.path("errors")) {
        errors.add(new Violation(error.path("pointer").asText(), error.path("detail").asText()));
      }
      String title = body.path("title").asText("the API answered " + reply.status());
      String detail = body.path("detail").asText();
      return new Told(
          reply.status(),
          body.path("code").asText(),
          detail.isEmpty() ? title : detail,
          List.copyOf(errors),
          body.path("trace_id").asText(),
          reply.retryAfter());
    }

    String text() {
      StringBuilder text = new StringBuilder();
      if (!code.isEmpty()) {
        text.append(status).append(' ').append(code).append(": ");
      }
      text.append(detail);
      for (Violation error : errors) {
        String line = error.pointer() + ": " + error.detail();
        if (text.indexOf(line) < 0) {
          text.append("\n  ").append(line);
        }
      }
      if (status >= 500 && !traceId.isEmpty()) {
        text.append("\n  trace_id ").append(traceId);
      }
      return text.toString();
    }
  }
}
