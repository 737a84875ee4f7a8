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
 * set {@code workers} names those there may be, so that nobody goes through all keys to find them.
 */
final class Roster {
  /** How long a worker is believed to live after its last heartbeat. */
  static final Duration BELIEVED = Duration.ofSeconds(5);

  private final RedisLink link;

  Roster(RedisLink link) {
    this.link = link;
  }

  Future<Void> heartbeat(Queue.Worker worker) {
    String text = Heartbeat.write(worker);
    return Future.all(
            link.call(
                Request.cmd(Command.SET)
                    .arg(key(worker.id()))
                    .arg(text)
                    .arg("EX")
                    .arg(BELIEVED.toSeconds())),
            link.call(Request.cmd(Command.SADD).arg(set()).arg(worker.id())))
        .mapEmpty();
  }

  Future<Void> farewell(String worker) {
    return Future.all(
            link.call(Request.cmd(Command.DEL).arg(key(worker))),
            link.call(Request.cmd(Command.SREM).arg(set()).arg(worker)))
        .mapEmpty();
  }

  Future<List<Queue.Worker>> workers() {
    return link.call(Request.cmd(Command.SMEMBERS).arg(set()))
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
    Request gone = Request.cmd(Command.SREM).arg(set());
    boolean any = false;
    for (int i = 0; i < ids.size(); i++) {
      Response text = found.get(i);
      if (text == null) {
        gone.arg(ids.get(i));
        any = true;
      } else {
        living.add(Heartbeat.read(ids.get(i), text.toString(), link.time().now()));
      }
    }
    if (any) {
      link.call(gone); // only tidying: the next look would do it again
    }
    return living;
  }

  private String key(String worker) {
    return link.key("worker:" + worker);
  }

  private String set() {
    return link.key("workers");
  }
}
