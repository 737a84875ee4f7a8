package dev.toygun.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What could not be opened lately, by whichever process: a hash in Redis that is gone once nothing
 * was added for a while. A hint for an alarm, so one that is lost is lost.
 */
final class Unopened {
  /** How long after the last one it is forgotten. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private final RedisLink link;
  private final Map<String, Long> waiting = new HashMap<>();
  private boolean underWay;

  Unopened(RedisLink link) {
    this.link = link;
  }

  /** One more. However many there are, one call at a time says so. */
  void note(String reason) {
    synchronized (waiting) {
      waiting.merge(reason, 1L, Long::sum);
      if (underWay) {
        return;
      }
      underWay = true;
    }
    send();
  }

  private void send() {
    Map<String, Long> counts;
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        underWay = false;
        return;
      }
      counts = Map.copyOf(waiting);
      waiting.clear();
    }
    List<Future<?>> calls = new ArrayList<>();
    counts.forEach(
        (reason, n) ->
            calls.add(link.call(Request.cmd(Command.HINCRBY).arg(key()).arg(reason).arg(n))));
    calls.add(link.call(Request.cmd(Command.EXPIRE).arg(key()).arg(KEPT.toSeconds())));
    Future.join(calls).onComplete(done -> send());
  }

  Future<Map<String, Long>> read() {
    return link.call(Request.cmd(Command.HGETALL).arg(key()))
        .map(
            found -> {
              Map<String, Long> counts = new HashMap<>();
              if (found != null) {
                for (String reason : found.getKeys()) {
                  Response n = found.get(reason);
                  counts.put(reason, n == null ? 0 : n.toLong());
                }
              }
              return counts;
            });
  }

  private String key() {
    return link.key("unopened");
  }
}
