package dev.toygun.api;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database for keys, or sessions, that are not remembered, so that guesses cost it little:
 * one question at a time, for all that came meanwhile; and an address that asks too often for keys
 * that nobody has is told to wait. Many callers may share an address, so whoever has waited is
 * asked for, whatever else comes from there. Used by one event loop.
 */
final class Strangers<T> {
  /** How many may wait for the next question. */
  private static final int MOST = 1_000;

  private final Function<Set<String>, Future<Map<String, T>>> keys;
  private final Time time;
  private final RateLimit wrong;
  /* When each that was told to wait has waited. */
  private final Map<String, Long> turns = new Recent<>();
  private Map<String, Promise<@Nullable T>> waiting = new HashMap<>();
  private boolean asking;

  /**
   * Strangers to this process.
   *
   * @param keys finds which of these prefixes there are
   */
  Strangers(Function<Set<String>, Future<Map<String, T>>> keys, Time time) {
    this.keys = keys;
    this.time = time;
    this.wrong = new RateLimit(time, 1, 100);
  }

  /**
   * Finds the key with this prefix, null where there is none.
   *
   * @return fails with a problem 429 where it has to wait
   */
  Future<@Nullable T> find(String prefix, String remote) {
    Promise<@Nullable T> known = waiting.get(prefix);
    if (known != null) {
      return known.future();
    }
    int pause = waiting.size() < MOST ? pause(prefix, remote) : 1;
    if (pause > 0) {
      return Future.failedFuture(RateLimit.tooMany(pause));
    }
    Promise<@Nullable T> asked = Promise.promise();
    waiting.put(prefix, asked);
    ask();
    return asked
        .future()
        .onSuccess(
            stored -> {
              if (stored == null) {
                wrong.take(remote);
              }
            });
  }

  /** 0, or for how many seconds it has to wait. */
  private int pause(String prefix, String remote) {
    long now = time.nanos();
    int pause = wrong.look(remote);
    Long turn = turns.get(prefix);
    if (pause == 0 || (turn != null && turn <= now)) {
      turns.remove(prefix);
      return 0;
    }
    if (turn == null) {
      turns.put(prefix, now + Duration.ofSeconds(pause).toNanos());
      return pause;
    }
    return (int) Math.ceil((turn - now) / 1e9);
  }

  private void ask() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    Map<String, Promise<@Nullable T>> group = waiting;
    waiting = new HashMap<>();
    Future.succeededFuture()
        .compose(go -> keys.apply(Set.copyOf(group.keySet())))
        .onComplete(
            found -> {
              group.forEach(
                  (prefix, asked) -> {
                    if (found.succeeded()) {
                      asked.complete(found.result().get(prefix));
                    } else {
                      asked.fail(found.cause());
                    }
                  });
              asking = false;
              ask();
            });
  }
}
