package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Leases.Want;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.contract.LeasesContract;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLeasesTest extends LeasesContract {
  private final RedisRig rig = new RedisRig();
  private final RedisLeases leases = rig.leases(rig.settings);

  @Override
  protected Leases leases() {
    return leases;
  }

  @Override
  protected Time time() {
    return rig.time;
  }

  @Override
  protected <T> T get(Future<T> future) {
    return Waiting.get(future);
  }

  /* The clock of Redis cannot be moved; so what it is compared with is. */
  @Override
  protected void runOut() {
    for (int hash = 0; hash < 256; hash++) {
      List<String> all = rig.server.command("HGETALL", key(hash));
      for (int i = 0; i + 1 < all.size(); i += 2) {
        String past = all.get(i + 1).replaceFirst("\\|\\d+\\|", "|1000000000000|");
        rig.server.command("HSET", key(hash), all.get(i), past);
      }
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aLeaseRunsOutByTheClockOfRedis() {
    RedisLeases brief = rig.leases(rig.settings.withLeaseTime(Duration.ofMillis(150)));
    UUID resource = rig.time.uuid();
    Map<UUID, Want> want =
        Map.of(resource, new Want(Set.of(SubjectKey.ofResource(resource)), false));
    assertThat(get(brief.take("ann", want))).containsKey(resource);
    assertThat(get(brief.take("bob", want))).isEmpty();
    Waiting.until(() -> !get(brief.take("bob", want)).isEmpty());
    assertThat(get(brief.renew("ann", Map.of(resource, Map.of())))).isEmpty();
  }

  @Test
  void aLeaseHoldsForTenSeconds() {
    UUID resource = rig.time.uuid();
    get(leases.take("ann", Map.of(resource, new Want(Set.of(), true))));
    String entry =
        rig.server.command("HGET", key(Leases.hashOf(resource)), resource.toString()).get(0);
    List<String> now = rig.server.command("TIME");
    long left = Long.parseLong(entry.split("\\|", -1)[1]) - Long.parseLong(now.get(0)) * 1000;
    assertThat(left).isBetween(7_000L, 11_000L);
  }

  @Test
  void aScribbleInALeaseIsRepairedByTheNextWhoTakesIt() {
    UUID resource = rig.time.uuid();
    rig.server.command("HSET", key(Leases.hashOf(resource)), resource.toString(), "scribble");
    assertThat(get(leases.held(Set.of(resource)))).isEmpty();
    assertThat(get(leases.renew("ann", Map.of(resource, Map.of())))).isEmpty();
    assertThat(get(leases.release("ann", Set.of(resource)))).isEmpty();
    assertThat(get(leases.take("ann", Map.of(resource, new Want(Set.of(), true)))))
        .containsKey(resource);
  }

  @Test
  void whatNobodyTookOverIsForgottenAfterAnHour() {
    UUID left = rig.time.uuid();
    get(leases.take("ann", Map.of(left, new Want(Set.of(), true))));
    runOut(); // long ago
    assertThat(get(leases.expire("bob"))).isEmpty();
    assertThat(rig.server.command("HLEN", key(Leases.hashOf(left)))).containsExactly("0");
  }

  @Test
  void askedForAgainAndAgainAnEntryStaysBounded() {
    UUID resource = rig.time.uuid();
    get(leases.take("ann", Map.of(resource, new Want(Set.of(), true))));
    Set<SubjectKey> many = new HashSet<>();
    IntStream.range(0, 400).forEach(i -> many.add(new SubjectKey(resource, rig.time.uuid())));
    get(leases.take("bob", Map.of(resource, new Want(many, false))));
    assertThat(get(leases.release("ann", Set.of(resource))).get(resource))
        .hasSize(LeaseScripts.MOST_AGAIN)
        .isSubsetOf(many);
  }

  @Test
  void scriptsAreSentAgainToARedisThatForgotThem() {
    UUID resource = rig.time.uuid();
    rig.server.command("SCRIPT", "FLUSH");
    assertThat(get(leases.take("ann", Map.of(resource, new Want(Set.of(), true))))).hasSize(1);
  }

  private String key(int hash) {
    return rig.settings.prefix() + "leases:" + hash;
  }
}
