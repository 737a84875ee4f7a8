package dev.toygun.queue;

import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Leases in Redis: 256 hashes, one script call for the leases of one hash, by the clock of Redis.
 * Every future fails with {@link RedisFailure} where Redis does not answer in time; what was asked
 * may then have happened. Safe for use from any thread.
 */
public final class RedisLeases implements Leases {
  private static final int HASHES = 256;
  private static final Taken FRESH = new Taken(Map.of());
  private static final Duration KEPT = Duration.ofHours(1);

  /* Lua unpacks some thousand values at most, and Redis serves nobody else during a script. */
  private static final int MOST_FIELDS = 256;

  /* How many hashes are gone through at once; between them Redis serves the others. */
  private static final int HASHES_AT_ONCE = 32;

  private final RedisLink link;
  private final String leaseTime;

  private RedisLeases(RedisLink link) {
    this.link = link;
    this.leaseTime = Long.toString(link.settings().leaseTime().toMillis());
  }

  /**
   * Leases in the Redis at this address. Connects when first used, and again whenever it must.
   *
   * @param url {@code redis://[[user]:password@]host[:port][/db]}, or {@code rediss://} for TLS
   * @throws IllegalArgumentException if the address is of no such form
   */
  public static RedisLeases connect(Vertx vertx, String url, Time time, RedisSettings settings) {
    return new RedisLeases(new RedisLink(vertx, url, time, settings));
  }

  @Override
  public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
    List<String> head =
        List.of(LeaseText.owner(owner), leaseTime, Integer.toString(LeaseScripts.MOST_AGAIN));
    return onEachHash(
            LeaseScripts.TAKE,
            head,
            wants.keySet(),
            lease -> {
              Want want = want(wants, lease);
              return List.of(
                  lease.toString(),
                  want.poll() ? "1" : "0",
                  LeaseText.subjects(want.subjects()),
                  LeaseText.unread(want.subjects()));
            })
        .map(
            answers -> {
              Map<UUID, Taken> taken = new HashMap<>();
              wants.keySet().forEach(lease -> taken.put(lease, FRESH));
              for (int i = 0; i + 1 < answers.size(); i += 2) {
                UUID lease = UUID.fromString(answers.get(i));
                Map<UUID, Lost> lost = LeaseText.ticking(answers.get(i + 1));
                if (lost.isEmpty()) {
                  taken.remove(lease);
                } else {
                  taken.put(lease, new Taken(lost));
                }
              }
              return taken;
            });
  }

  @Override
  public Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking) {
    return onEachHash(
            LeaseScripts.RENEW,
            List.of(LeaseText.owner(owner), leaseTime),
            ticking.keySet(),
            lease ->
                List.of(lease.toString(), LeaseText.ticking(ticking.getOrDefault(lease, Map.of()))))
        .map(
            gone -> {
              Set<UUID> held = new HashSet<>(ticking.keySet());
              held.removeAll(uuids(gone));
              return held;
            });
  }

  @Override
  public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> leases) {
    return onEachHash(
            LeaseScripts.RELEASE,
            List.of(LeaseText.owner(owner), leaseTime),
            leases,
            lease -> List.of(lease.toString()))
        .map(
            answers -> {
              Map<UUID, Set<SubjectKey>> kept = new HashMap<>();
              for (int i = 0; i + 1 < answers.size(); i += 2) {
                kept.put(UUID.fromString(answers.get(i)), LeaseText.subjects(answers.get(i + 1)));
              }
              return kept;
            });
  }

  @Override
  public Future<Set<UUID>> expire(String owner) {
    return expireFrom(0, LeaseText.owner(owner), new HashSet<>());
  }

  @Override
  public Future<Map<UUID, Holder>> holders(Set<UUID> leases) {
    return onEachHash(LeaseScripts.HELD, List.of(), leases, lease -> List.of(lease.toString()))
        .map(
            answers -> {
              Map<UUID, Holder> holders = new HashMap<>();
              for (int i = 0; i + 2 < answers.size(); i += 3) {
                Set<UUID> ticking = LeaseText.ticking(answers.get(i + 2)).keySet();
                holders.put(
                    UUID.fromString(answers.get(i)), new Holder(answers.get(i + 1), ticking));
              }
              return holders;
            });
  }

  /** Closes the connections. */
  public Future<Void> close() {
    return link.close();
  }

  private Future<Set<UUID>> expireFrom(int first, String owner, Set<UUID> ended) {
    if (first >= HASHES) {
      return Future.succeededFuture(ended);
    }
    List<String> args = List.of(owner, Long.toString(KEPT.toMillis()));
    return Future.all(
            IntStream.range(first, first + HASHES_AT_ONCE)
                .mapToObj(hash -> link.run(LeaseScripts.EXPIRE, key(hash), args))
                .toList())
        .compose(
            all -> {
              all.<@Nullable Response>list().forEach(one -> ended.addAll(uuids(texts(one))));
              return expireFrom(first + HASHES_AT_ONCE, owner, ended);
            });
  }

  /* One call for each hash, or several where there are very many leases; the answers together. */
  private Future<List<String>> onEachHash(
      RedisScript script,
      List<String> head,
      Collection<UUID> leases,
      Function<UUID, List<String>> argsOf) {
    Map<Integer, List<UUID>> byHash = new HashMap<>();
    for (UUID lease : leases) {
      byHash.computeIfAbsent(Leases.hashOf(lease), hash -> new ArrayList<>()).add(lease);
    }
    List<Future<@Nullable Response>> calls = new ArrayList<>();
    byHash.forEach(
        (hash, those) -> {
          for (int from = 0; from < those.size(); from += MOST_FIELDS) {
            List<String> args = new ArrayList<>(head);
            those
                .subList(from, Math.min(those.size(), from + MOST_FIELDS))
                .forEach(lease -> args.addAll(argsOf.apply(lease)));
            calls.add(link.run(script, key(hash), args));
          }
        });
    return Future.all(calls)
        .map(
            done -> {
              List<String> answers = new ArrayList<>();
              done.<@Nullable Response>list().forEach(one -> answers.addAll(texts(one)));
              return answers;
            });
  }

  private String key(int hash) {
    return link.key("leases:" + hash);
  }

  private static Want want(Map<UUID, Want> wants, UUID lease) {
    return wants.getOrDefault(lease, new Want(Set.of(), true));
  }

  private static List<String> texts(@Nullable Response response) {
    return response == null ? List.of() : response.stream().map(Response::toString).toList();
  }

  private static Set<UUID> uuids(List<String> texts) {
    Set<UUID> all = new HashSet<>();
    texts.forEach(text -> all.add(UUID.fromString(text)));
    return all;
  }
}
