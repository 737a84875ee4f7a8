package dev.toygun;

import java.time.Duration;
import java.util.List;

/**
 * How much of the workers' time a resource, with everything below it, may use before somebody is
 * told.
 *
 * @param used time in which code ran or was committed, of all workers together
 * @param per within this time, ever again
 */
public record Quota(Duration used, Duration per) {
  /** So long it is known which resource used what: {@link dev.toygun.store.Usages#BY_RESOURCE}. */
  private static final Duration MOST = Duration.ofHours(2);

  /* The minute in which it begins is left out: of a short time that would be much. */
  private static final Duration LEAST = Duration.ofMinutes(5);

  List<String> problems() {
    boolean counts =
        per.compareTo(LEAST) >= 0
            && per.compareTo(MOST) <= 0
            && per.toSecondsPart() == 0
            && per.toNanosPart() == 0;
    return counts && used.compareTo(Duration.ZERO) > 0 && used.toNanosPart() % 1_000_000 == 0
        ? List.of()
        : List.of(
            "quota(%s, %s): whole milliseconds, more than 0, within whole minutes from 5 min to 2 h"
                .formatted(used, per));
  }
}
