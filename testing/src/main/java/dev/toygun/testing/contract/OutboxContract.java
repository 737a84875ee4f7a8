package dev.toygun.testing.contract;

import static dev.toygun.testing.contract.OutboxFixture.uuids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Outbox.Claimed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every outbox keeps: a message is claimed, sent and settled. */
public interface OutboxContract extends OutboxFixture {
  @Test
  default void whatIsClaimedIsClaimedOnce() {
    sink("ops");
    UUID one = write("ops", new UUID(1, 1), false);
    UUID two = write("ops", new UUID(1, 2), false);
    assertThat(uuids(claim(10))).containsExactlyInAnyOrder(one, two);
    assertThat(claim(10)).isEmpty();
  }

  @Test
  default void manyWhoClaimAtOnceShareTheWork() {
    sink("ops");
    Set<UUID> written = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      written.add(write("ops", new UUID(2, i), false));
    }
    List<Future<List<Claimed>>> claims = new java.util.ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(outbox().claim(List.of(), 10, CLAIM));
    }
    List<Claimed> all = new java.util.ArrayList<>();
    claims.forEach(claim -> all.addAll(get(claim)));
    // Whom a lock kept from some now finds those that are left.
    all.addAll(claim(40));
    assertThat(uuids(all)).isEqualTo(written);
  }

  @Test
  default void eachSinkHasALaneOfItsOwn() {
    sink("ops");
    sink("mail");
    for (int i = 0; i < 5; i++) {
      write("ops", new UUID(3, i), false);
    }
    UUID mail = write("mail", new UUID(3, 0), false);
    assertThat(claim(2)).extracting(Claimed::sink).containsExactlyInAnyOrder("ops", "ops", "mail");
    UUID more = write("mail", new UUID(3, 9), false);
    List<Claimed> beside = get(outbox().claim(List.of("ops"), 10, CLAIM));
    assertThat(uuids(beside)).containsExactly(more).doesNotContain(mail);
  }

  @Test
  default void whoDiesWithAClaimIsMadeUpFor() {
    sink("ops");
    UUID message = write("ops", new UUID(4, 1), false);
    Claimed dead = claim(1).get(0);
    assertThat(dead.tries()).isEqualTo(1);
    pass(CLAIM.plusSeconds(1));
    Claimed next = claim(1).get(0);
    assertThat(next.uuid()).isEqualTo(message);
    assertThat(next.tries()).isEqualTo(2);
    // The one that was taken for dead comes back, and changes nothing.
    get(outbox().failed(dead, "late"));
    assertThat(state(message)).startsWith("pending");
    get(outbox().sent(next));
    assertThat(state(message)).startsWith("sent");
    get(outbox().later(dead, Duration.ZERO, "later still"));
    assertThat(state(message)).startsWith("sent");
  }

  @Test
  default void whatIsToBeTriedAgainWaits() {
    sink("ops");
    UUID message = write("ops", new UUID(5, 1), false);
    get(outbox().later(claim(1).get(0), Duration.ofMinutes(2), "it answered 500"));
    assertThat(state(message)).isEqualTo("pending: it answered 500");
    pass(Duration.ofSeconds(100));
    assertThat(claim(1)).isEmpty();
    pass(Duration.ofSeconds(30));
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  default void whatHasFailedIsKeptAndNotTriedAgain() {
    sink("ops");
    UUID message = write("ops", new UUID(6, 1), false);
    get(outbox().failed(claim(1).get(0), "no such page"));
    pass(Duration.ofHours(5));
    assertThat(claim(1)).isEmpty();
    assertThat(state(message)).isEqualTo("failed: no such page");
  }

  @Test
  default void thatItIsOverIsNotSaidBeforeThatItBegan() {
    sink("ops");
    sink("mail");
    UUID alarm = new UUID(7, 1);
    UUID open = write("ops", alarm, false);
    UUID over = write("ops", alarm, true);
    UUID elsewhere = write("mail", alarm, true);
    List<Claimed> first = claim(10);
    assertThat(uuids(first)).containsExactlyInAnyOrder(open, elsewhere);
    // Under way is not there yet.
    assertThat(claim(10)).isEmpty();
    Claimed begun = first.stream().filter(one -> one.uuid().equals(open)).findFirst().orElseThrow();
    get(outbox().later(begun, Duration.ofMinutes(2), "it answered 500"));
    pass(Duration.ofMinutes(1));
    assertThat(claim(10)).extracting(Claimed::uuid).doesNotContain(over);
    pass(Duration.ofMinutes(2));
    Claimed again =
        claim(10).stream().filter(one -> one.uuid().equals(open)).findFirst().orElseThrow();
    get(outbox().sent(again));
    Claimed last = claim(10).get(0);
    assertThat(last.uuid()).isEqualTo(over);
    assertThat(last.resolve()).isTrue();
  }

  @Test
  default void thatItIsOverIsSaidEvenIfThatItBeganCouldNotBe() {
    sink("ops");
    UUID alarm = new UUID(8, 1);
    write("ops", alarm, false);
    UUID over = write("ops", alarm, true);
    get(outbox().failed(claim(10).get(0), "no such page"));
    assertThat(uuids(claim(10))).containsExactly(over);
  }

  @Test
  default void aMessageToASinkThatIsNotThereIsClaimedByNobody() {
    write("nobody", new UUID(9, 1), false);
    assertThat(claim(10)).isEmpty();
  }
}
