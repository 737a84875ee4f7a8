package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import dev.toygun.time.Stopwatch;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Looks at a resource each time that it may have changed, until somebody has seen enough. */
final class Looks {
  /** After so many looks in a row that got no answer it is said, half a second and more apart. */
  static final int UNANSWERED = 120;

  private Looks() {}

  /** One look. */
  interface Look {
    /** The code with which to end; empty to look again. */
    OptionalInt at(JsonNode resource);
  }

  /**
   * Looks until a look is the last.
   *
   * @param timeout after how many seconds it fails with {@link Exit#TIMED_OUT}; null for never
   * @param late what to say then, of the resource as it is
   */
  static int until(Api api, String path, @Nullable Long timeout, Look look, Late late) {
    // Followed first and read then, so that nothing happens in between.
    try (Stirring stirring = Stirring.of(api, path.substring(path.lastIndexOf('/') + 1))) {
      Stopwatch watch = Stopwatch.start();
      Duration most = timeout == null ? Duration.ofDays(36_500) : Duration.ofSeconds(timeout);
      JsonNode now = api.get(path);
      for (int unanswered = 0; ; ) {
        OptionalInt code = look.at(now);
        if (code.isPresent()) {
          return code.getAsInt();
        }
        Duration left = most.minus(watch.elapsed());
        if (left.isNegative() || left.isZero()) {
          throw new Exit.Failure(
              Exit.TIMED_OUT, "After %d s %s".formatted(timeout, late.words(now)));
        }
        if (!stirring.await(left)) {
          return Exit.FAILED;
        }
        try {
          now = api.get(path);
          unanswered = 0;
        } catch (Exit.Failure | Api.Problem e) {
          // It has answered before: an API that is started anew is no end of waiting.
          if (!isAway(e) || ++unanswered == UNANSWERED) {
            throw e;
          }
        }
      }
    }
  }

  /** Whether it may answer again. */
  static boolean isAway(RuntimeException e) {
    int code =
        e instanceof Exit.Failure failure
            ? failure.code()
            : e instanceof Api.Problem problem ? problem.exit() : Exit.FAILED;
    return code == Exit.UNAVAILABLE;
  }

  /** What a resource still is when the time is over. */
  interface Late {
    String words(JsonNode resource);
  }
}
