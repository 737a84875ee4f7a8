package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out operations over a connection.
 *
 * <p>What is read, and what has a name (an {@code Idempotency-Key}), is sent again where there was
 * no answer, or one that says that it may be (429, 502, 503, 504), as often as there are tries; and
 * while the same is under way (409 {@code in_progress}), for 150 s at most. What has no name is
 * sent again only where it was not let in (429).
 *
 * @param dry whether changes are only checked
 * @param once how the caller names a change; null for a name of each call's own
 */
record Requests(Connection connection, Time time, int tries, boolean dry, @Nullable String once) {
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /* The same request is under way, or whoever had it in hand has died: then it is looked up after two minutes. */
  static final Duration UNDER_WAY = Duration.ofSeconds(150);
  private static final Duration UNDER_WAY_PAUSE = Duration.ofSeconds(5);
  static final Duration LONG = Duration.ofMinutes(10);

  /** The answer, or a {@link Problem}. */
  JsonNode call(Call call) {
    return call(call, LONG);
  }

  /** The answer within so much time, or a {@link Problem}. */
  JsonNode call(Call call, Duration within) {
    Operation operation = call.operation();
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.put("Accept", "application/json");
    boolean read = operation.method().equals("GET");
    if (!read && dry) {
      if (!operation.dry()) {
        throw new IllegalArgumentException(
            "%s has no validate_only: it can only be done, or left".formatted(operation));
      }
      call.query("validate_only", true);
    }
    if (operation.once()) {
      headers.put("Idempotency-Key", once != null ? once : UUID.randomUUID().toString());
    } else if (!read && once != null) {
      throw new IllegalArgumentException(
          "%s takes no Idempotency-Key: it cannot be carried out just once".formatted(operation));
    }
    return tried(call, headers, read || operation.once(), within).json();
  }

  /** Whether it can do its work: 503 says so too. Asked once. */
  JsonNode ready() {
    Call call = new Call(Operation.READY);
    Map<String, String> headers = Map.of("Accept", "application/json");
    Reply reply = connection.send("GET", call.target(), headers, null, connection.timeout());
    boolean told = reply.status() == 503 && reply.problem().has("ready");
    if (reply.status() >= 300 && !told) {
      throw Problem.of(reply);
    }
    return reply.json();
  }

  /** What a list has, page after page, each asked for when it is needed. */
  <T> Listing<T> pages(Call call, Function<JsonNode, T> item) {
    Requests requests = this;
    return new Listing<>() {
      @Override
      public Iterator<T> iterator() {
        return new Pages<>(token -> requests.call(call.page(token)), item);
      }
    };
  }

  private Reply tried(Call call, Map<String, String> headers, boolean again, Duration within) {
    long begun = time.nanos();
    String target = call.target();
    byte[] body = call.body();
    for (int soFar = 1; ; soFar++) {
      Problem failed;
      try {
        Duration left = within.minus(time.since(begun));
        Reply reply = connection.send(call.operation().method(), target, headers, body, left);
        if (reply.status() < 300) {
          return reply;
        }
        failed = Problem.of(reply);
      } catch (Problem.Unreachable e) {
        failed = e;
      }
      Duration backOff = Time.about(FIRST_PAUSE.multipliedBy(1L << Math.min(soFar, 10)));
      Duration pause = failed.retryAfter().orElse(backOff);
      boolean last = soFar >= tries;
      if (again && tries > 1 && failed.code().equals("in_progress")) {
        soFar--;
        pause = longer(pause, shorter(UNDER_WAY_PAUSE, time.since(begun).dividedBy(2)));
        last = time.since(begun).plus(pause).compareTo(UNDER_WAY) > 0;
      } else if (!passes(failed, again)) {
        throw failed;
      }
      boolean late = time.since(begun).plus(pause).compareTo(within) > 0;
      if (last || late || pause.compareTo(LONGEST_PAUSE) > 0) {
        throw failed;
      }
      pause(pause);
    }
  }

  private void pause(Duration pause) {
    try {
      time.pause(pause, connection.closed());
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  /** Whether it may be otherwise soon, so that it is worth sending again. */
  private static boolean passes(Problem failed, boolean again) {
    // Who was turned away was not let in, so that nothing was done.
    return failed instanceof Problem.RateLimited
        || (again && failed instanceof Problem.Unavailable);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
