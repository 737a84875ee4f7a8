package dev.toygun.queue;

import dev.toygun.crypto.Envelope;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /* What stands in an answer for a key that is no list. */
  private static final int NO_LIST = -1;

  /* Takes one ticket of each list that has any, and again while there is room: of lists of one
  priority that follow each other before those behind them. Which have any is found by halving: a
  list that is empty is not there, so that many lists with nothing are one question. Lua unpacks some
  thousand values at most.

  An oversized ticket comes back as its length: whoever puts a gigabyte into a list does not get it
  carried into a worker's memory. ARGV: how many, the most bytes of one, the place of the last list of
  each priority. Answers the place of a list and its ticket, and so on. */
  private static final RedisScript POP =
      RedisScript.of(
          """
          local room, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
          local taken, again = {}, {}
          local function take(i)
            local ticket = room > 0 and redis.pcall('LPOP', KEYS[i])
            if not ticket then return end
            if type(ticket) == 'table' then
              if not string.find(ticket.err, 'WRONGTYPE') then error(ticket.err) end
              ticket = -1
            else
              room = room - 1
              again[#again + 1] = i
              if #ticket > longest then ticket = #ticket end
            end
            taken[#taken + 1] = i
            taken[#taken + 1] = ticket
          end
          local function there(first, last)
            return redis.call('EXISTS', unpack(KEYS, first, last))
          end
          local function find(first, last, full)
            if full == 0 or room == 0 then return end
            if full == last - first + 1 then
              for i = first, last do take(i) end
              return
            end
            local middle = math.floor((first + last) / 2)
            local before = there(first, middle)
            find(first, middle, before)
            find(middle + 1, last, full - before)
          end
          local first = 1
          for class = 3, #ARGV do
            local last = tonumber(ARGV[class])
            if room == 0 then return taken end
            again = {}
            while first <= last do
              local upto = math.min(first + 999, last)
              find(first, upto, there(first, upto))
              first = upto + 1
            end
            while room > 0 and #again > 0 do
              local turn = again
              again = {}
              for _, i in ipairs(turn) do take(i) end
            end
          end
          return taken
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

  /**
   * Takes tickets off the heads: one of each list that has any, the first first, and again; of one
   * priority after the other.
   */
  Future<List<Ticket>> pop(List<ListName> wanted, int most) {
    if (wanted.isEmpty() || most < 1) {
      return Future.succeededFuture(List.of());
    }
    List<ListName> lists = List.copyOf(wanted);
    List<String> args = new ArrayList<>();
    args.add(Integer.toString(most));
    args.add(Integer.toString(TicketSeal.MOST_CHARS));
    List<Integer> classes = Shares.classes(lists);
    classes.subList(1, classes.size()).forEach(first -> args.add(first.toString()));
    args.add(Integer.toString(lists.size()));
    return link.run(POP, lists.stream().map(this::key).toList(), args)
        .map(answer -> answer == null ? List.of() : open(lists, answer));
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
  Optional<Ticket> open(ListName list, Response text) {
    if (text.type() != ResponseType.NUMBER) {
      return seal.open(list, text.toString(), link.time().now());
    }
    if (text.toLong() == NO_LIST) {
      noList(list);
    } else {
      dropped.count(DroppedTickets.OVERSIZED, 1);
    }
    return Optional.empty();
  }

  private List<Ticket> open(List<ListName> lists, Response answer) {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i + 1 < answer.size(); i += 2) {
      ListName list = lists.get(answer.get(i).toInteger() - 1);
      open(list, answer.get(i + 1)).ifPresent(tickets::add);
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

  /* A key of a list that holds something else does not stop the other lists. */
  private Future<@Nullable Response> orNothing(ListName list, Future<@Nullable Response> answer) {
    return answer.recover(
        failure -> {
          if (String.valueOf(failure.getMessage()).contains("WRONGTYPE")) {
            noList(list);
            return Future.succeededFuture();
          }
          return Future.failedFuture(failure);
        });
  }

  private void noList(ListName list) {
    LOG.error("{} is no list: something else writes to this Redis", key(list));
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
