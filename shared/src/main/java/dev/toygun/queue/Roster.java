package dev.toygun.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers that live: a key {@code worker:{id}} that each renews, and that ends by itself. The
 * sorted set {@code roster} names those there may be, so that nobody goes through all keys to find
 * them, each with the time of its last heartbeat. Whoever has been silent for long leaves it by
 * that time, never because somebody missed its key: a heartbeat may be on its way just then, and a
 * worker that lives must not be missing in any look.
 */
final class Roster {
  /** How long a worker is believed to live after its last heartbeat. */
  static final Duration BELIEVED = Duration.ofSeconds(5);

  /** More than clocks of machines ever differ by. */
  private static final Duration NAMED = Duration.ofHours(1);

  private final RedisLink link;

  Roster(RedisLink link) {
    this.link = link;
  }

  Future<Void> heartbeat(Queue.Worker worker) {
    long now = link.time().now().toEpochMilli();
    String text = Heartbeat.write(worker);
    return Future.all(
            link.call(
                Request.cmd(Command.SET)
                    .arg(key(worker.id()))
                    .arg(text)
                    .arg("EX")
                    .arg(BELIEVED.toSeconds())),
            link.call(Request.cmd(Command.ZADD).arg(roster()).arg(now).arg(worker.id())),
            link.call(
                Request.cmd(Command.ZREMRANGEBYSCORE)
                    .arg(roster())
                    .arg("-inf")
                    .arg(now - NAMED.toMillis())))
        .mapEmpty();
  }

  Future<Void> farewell(String worker) {
    return Future.all(
            link.call(Request.cmd(Command.DEL).arg(key(worker))),
            link.call(Request.cmd(Command.ZREM).arg(roster()).arg(worker)))
        .mapEmpty();
  }

  Future<List<Queue.Worker>> workers() {
    return link.call(Request.cmd(Command.ZRANGE).arg(roster()).arg(0).arg(-1))
        .compose(
            members -> {
              List<String> ids =
                  members == null ? List.of() : members.stream().map(Response::toString).toList();
              return Future.all(
                      ids.stream()
                          .map(id -> link.call(Request.cmd(Command.GET).arg(key(id))))
                          .toList())
                  .map(found -> living(ids, found.<@Nullable Response>list()));
            });
  }

  private List<Queue.Worker> living(List<String> ids, List<@Nullable Response> found) {
    List<Queue.Worker> living = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Response text = found.get(i);
      if (text != null) {
        living.add(Heartbeat.read(ids.get(i), text.toString(), link.time().now()));
      }
    }
    return living;
  }

  private String key(String worker) {
    return link.key("worker:" + worker);
  }

  private String roster() {
    return link.key("roster");
  }
}
