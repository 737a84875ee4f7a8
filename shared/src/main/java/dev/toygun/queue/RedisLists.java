package dev.toygun.queue;

import dev.toygun.crypto.Envelope;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists of sealed tickets in Redis. Nothing that is found in one is trusted. */
final class RedisLists {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLists.class);

  /* A list outlives the tickets in it, and then goes by itself. */
  private static final long KEPT_SECONDS = Ticket.GOOD_FOR.plus(Duration.ofMinutes(5)).toSeconds();

  private static final int MOST_PER_CALL = 64;

  /* ARGV: how long the list is kept, how long it may grow, then the tickets. Answers how many of
  the oldest went. */
  private static final RedisScript PUSH =
      RedisScript.of(
          """
          local length = redis.call('RPUSH', KEYS[1], unpack(ARGV, 3))
          redis.call('EXPIRE', KEYS[1], ARGV[1])
          local over = length - ARGV[2]
          if over <= 0 then return 0 end
          redis.call('LTRIM', KEYS[1], over, -1)
          return over
          """);

  /* An oversized ticket comes back as its length: whoever puts a gigabyte into a list does not
  get it carried into a worker's memory. ARGV: how many, the most bytes of one. */
  private static final RedisScript POP =
      RedisScript.of(
          """
          local tickets = redis.call('LPOP', KEYS[1], ARGV[1])
          if not tickets then return {} end
          for i, ticket in ipairs(tickets) do
            if #ticket > tonumber(ARGV[2]) then tickets[i] = #ticket end
          end
          return tickets
          """);

  private static final RedisScript LENGTH_AND_HEAD =
      RedisScript.of(
          """
          local head = redis.call('LINDEX', KEYS[1], 0)
          if head and #head > tonumber(ARGV[1]) then head = '' end
          return {redis.call('LLEN', KEYS[1]), head}
          """);

  private final RedisLink link;
  private final TicketSeal seal;
  private final DroppedTickets dropped;

  RedisLists(RedisLink link, TicketSeal seal, DroppedTickets dropped) {
    this.link = link;
    this.seal = seal;
    this.dropped = dropped;
  }

  String key(ListName list) {
    return link.key("list:" + list);
  }

  /** Fails with {@link IllegalArgumentException} if a ticket is too long for any reader. */
  Future<Void> push(List<Ticket> tickets) {
    Map<ListName, List<String>> texts = new LinkedHashMap<>();
    try {
      for (Ticket ticket : tickets) {
        texts.computeIfAbsent(ticket.list(), list -> new ArrayList<>()).add(seal.seal(ticket));
      }
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
    List<Future<Void>> calls = new ArrayList<>();
    texts.forEach((list, all) -> calls.add(push(list, all)));
    return Future.all(calls).mapEmpty();
  }

  /** Takes tickets off the heads, the first lists first. */
  Future<List<Ticket>> pop(List<ListName> lists, int most) {
    if (lists.isEmpty() || most < 1) {
      return Future.succeededFuture(List.of());
    }
    if (lists.size() == 1) {
      return pop(lists.get(0), most);
    }
    return lengths(lists).compose(lengths -> popInTurn(lists, lengths, most));
  }

  Future<Map<ListName, Queue.Depth>> depths(Collection<ListName> lists) {
    List<ListName> all = List.copyOf(lists);
    String most = Integer.toString(TicketSeal.MOST_CHARS);
    return Future.all(
            all.stream()
                .map(list -> orNothing(list, link.run(LENGTH_AND_HEAD, key(list), List.of(most))))
                .toList())
        .map(
            done -> {
              Map<ListName, Queue.Depth> depths = new LinkedHashMap<>();
              for (int i = 0; i < all.size(); i++) {
                depths.put(all.get(i), depth(done.<@Nullable Response>resultAt(i)));
              }
              return depths;
            });
  }

  /** What came out of a list, opened; counted where it cannot be. */
  List<Ticket> open(ListName list, Iterable<Response> texts) {
    Instant now = link.time().now();
    List<Ticket> tickets = new ArrayList<>();
    for (Response text : texts) {
      if (text.type() == ResponseType.NUMBER) {
        dropped.count(DroppedTickets.OVERSIZED, 1);
      } else {
        seal.open(list, text.toString(), now).ifPresent(tickets::add);
      }
    }
    return tickets;
  }

  /* One call after the other: two connections would mix them up. */
  private Future<Void> push(ListName list, List<String> texts) {
    if (texts.size() <= MOST_PER_CALL) {
      return pushSome(list, texts);
    }
    return pushSome(list, texts.subList(0, MOST_PER_CALL))
        .compose(pushed -> push(list, texts.subList(MOST_PER_CALL, texts.size())));
  }

  private Future<Void> pushSome(ListName list, List<String> texts) {
    List<String> args = new ArrayList<>();
    args.add(Long.toString(KEPT_SECONDS));
    args.add(Integer.toString(link.settings().mostTickets()));
    args.addAll(texts);
    return link.run(PUSH, key(list), args)
        .map(
            over -> {
              dropped.count(DroppedTickets.OVERFLOWN, over == null ? 0 : over.toInteger());
              return null;
            });
  }

  private Future<List<Ticket>> pop(ListName list, int most) {
    List<String> args = List.of(Integer.toString(most), Integer.toString(TicketSeal.MOST_CHARS));
    return orNothing(list, link.run(POP, key(list), args))
        .map(texts -> texts == null ? List.of() : open(list, texts));
  }

  private Future<List<Ticket>> popInTurn(List<ListName> lists, List<Long> lengths, int most) {
    List<Future<List<Ticket>>> pops = new ArrayList<>();
    int[] shares = Shares.of(lengths, most);
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        pops.add(pop(lists.get(i), shares[i]));
      }
    }
    /* What was popped is not to be lost because another list's answer did not come. */
    return Future.join(pops)
        .transform(
            done -> {
              if (done.failed() && pops.stream().allMatch(Future::failed)) {
                return Future.failedFuture(done.cause());
              }
              return Future.succeededFuture(
                  pops.stream()
                      .filter(Future::succeeded)
                      .flatMap(p -> p.result().stream())
                      .toList());
            });
  }

  private Future<List<Long>> lengths(List<ListName> lists) {
    return Future.all(
            lists.stream()
                .map(list -> orNothing(list, link.call(Request.cmd(Command.LLEN).arg(key(list)))))
                .toList())
        .map(
            done ->
                IntStream.range(0, lists.size())
                    .mapToObj(i -> done.<@Nullable Response>resultAt(i))
                    .map(length -> length == null ? 0L : length.toLong())
                    .toList());
  }

  /* A key of a list that holds something else does not stop the other lists. */
  private Future<@Nullable Response> orNothing(ListName list, Future<@Nullable Response> answer) {
    return answer.recover(
        failure -> {
          if (String.valueOf(failure.getMessage()).contains("WRONGTYPE")) {
            LOG.error("{} is no list: something else writes to this Redis", key(list));
            return Future.succeededFuture();
          }
          return Future.failedFuture(failure);
        });
  }

  private static Queue.Depth depth(@Nullable Response answer) {
    if (answer == null) {
      return new Queue.Depth(0, Optional.empty());
    }
    Response head = answer.get(1);
    return new Queue.Depth(
        answer.get(0).toLong(),
        head == null ? Optional.empty() : Optional.ofNullable(Envelope.claimedAt(head.toString())));
  }
}
