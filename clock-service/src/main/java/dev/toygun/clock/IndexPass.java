package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Takes over which fields types have indexed by now, and writes up what is older than its index:
 * page by page, each in a short transaction, and half of the time at most.
 */
final class IndexPass implements Pass {
  /** How often it is read which fields are indexed: what a deployment changes waits that long. */
  static final Duration READ = Duration.ofSeconds(10);

  /** How many resources a page has. */
  static final int PAGE = 500;

  /** For how long a round goes on with the next page. */
  private static final Duration TURN = Duration.ofMillis(500);

  private final String owner;
  private final Parts parts;
  private boolean more;

  IndexPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "indexes";
  }

  @Override
  public Duration pause(Duration interval) {
    return more || interval.compareTo(READ) > 0 ? interval : READ;
  }

  @Override
  public Future<Void> run() {
    more = false;
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine ->
                mine.isEmpty()
                    ? Future.succeededFuture()
                    : parts
                        .store()
                        .indexes()
                        .declare()
                        .compose(declared -> pages(parts.time().nanos() + TURN.toNanos())));
  }

  private Future<Void> pages(long until) {
    return parts
        .store()
        .indexes()
        .fill(PAGE)
        .compose(
            found -> {
              more = found;
              return found && parts.time().nanos() < until
                  ? pages(until)
                  : Future.succeededFuture();
            });
  }
}
