package dev.toygun.testing.contract;

import static dev.toygun.testing.contract.OutboxFixture.uuids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.store.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every outbox does besides: messages are tried again, caught up with, and deleted. */
public interface OutboxUpkeepContract extends OutboxFixture {
  private void refuses(UUID delivery, Refusal.Code code, String what) {
    assertThatThrownBy(() -> get(outbox().retry(delivery)))
        .hasMessageContaining(what)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  default void whatHasFailedIsTriedAgainWhenSomebodyAsksAndFromTheFirstTry() {
    sink("ops");
    UUID message = write("ops", new UUID(10, 1), false);
    get(outbox().later(claim(1).get(0), Duration.ZERO, "it answered 500"));
    get(outbox().failed(claim(1).get(0), "no such page"));
    get(outbox().retry(message));
    assertThat(state(message)).isEqualTo("pending: no such page");
    get(outbox().retry(message));
    Claimed again = claim(1).get(0);
    assertThat(again.uuid()).isEqualTo(message);
    assertThat(again.tries()).isEqualTo(3);
    assertThat(again.attempt()).isEqualTo(1);
    // Under way: nobody sends it beside whoever does.
    get(outbox().retry(message));
    assertThat(claim(1)).isEmpty();
    get(outbox().sent(again));
    assertThat(state(message)).startsWith("sent");
  }

  @Test
  default void whatWaitsForItsNextTryIsTriedAtOnceAndItsTriesGoOn() {
    sink("ops");
    UUID message = write("ops", new UUID(11, 1), false);
    get(outbox().later(claim(1).get(0), Duration.ofHours(1), "it answered 500"));
    get(outbox().retry(message));
    assertThat(claim(1)).extracting(Claimed::attempt).containsExactly(2);
  }

  @Test
  default void whatCannotBeTriedAgainIsRefusedAndStaysAsItIs() {
    sink("ops");
    sink("mail");
    UUID nothing = new UUID(12, 0);
    refuses(nothing, Refusal.Code.NOT_FOUND, nothing.toString());
    UUID sent = write("ops", new UUID(12, 1), false);
    get(outbox().sent(claim(1).get(0)));
    refuses(sent, Refusal.Code.WRONG_STATE, "was sent");
    UUID lost = write("mail", new UUID(12, 2), false);
    remove("mail");
    refuses(lost, Refusal.Code.WRONG_STATE, "mail");
    assertThat(state(lost)).isEqualTo("failed: the sink was removed");
    sink("mail");
    get(outbox().retry(lost));
    assertThat(uuids(claim(1))).containsExactly(lost);
  }

  @Test
  default void thatItHasBegunIsNotSaidToWhoWasToldThatItIsOver() {
    sink("ops");
    UUID alarm = new UUID(13, 1);
    UUID open = write("ops", alarm, false);
    UUID over = write("ops", alarm, true);
    get(outbox().failed(claim(1).get(0), "no such page"));
    Claimed telling = claim(1).get(0);
    refuses(open, Refusal.Code.WRONG_STATE, "is over");
    get(outbox().failed(telling, "no such page either"));
    // Both failed: both are said, one after the other.
    get(outbox().retry(over));
    get(outbox().retry(open));
    Claimed first = claim(10).get(0);
    assertThat(first.uuid()).isEqualTo(open);
    get(outbox().sent(first));
    get(outbox().sent(claim(10).get(0)));
    refuses(over, Refusal.Code.WRONG_STATE, "was sent");
    assertThat(state(over)).startsWith("sent");
  }

  private int catchesUp(int most) {
    int pages = 1;
    while (get(outbox().catchUp(most))) {
      pages++;
    }
    return pages;
  }

  @Test
  default void aNewSinkIsToldOfWhatIsOpenAndOfNothingThatIsQuiet() {
    sink("old");
    pass(Duration.ofMinutes(2));
    catchesUp(10);
    UUID open = alarm("open", Severity.ERROR);
    for (String quiet :
        List.of("pending", "climbing", "acknowledged", "snoozed", "ignored", "folded", "held")) {
      alarm(quiet, Severity.ERROR);
    }
    alarm("closed", Severity.ERROR);
    alarm("open", Severity.WARNING);
    sink("new", Severity.ERROR);
    assertThat(get(outbox().catchUp(10))).isFalse();
    Claimed told = claim(10).get(0);
    assertThat(told.sink()).isEqualTo("new");
    assertThat(told.resolve()).isFalse();
    assertThat(claim(10)).isEmpty();
    assertThat(size()).isOne();
    // Nobody is told twice, and nobody who was there before.
    get(outbox().sent(told));
    catchesUp(10);
    assertThat(size()).isOne();
    sink("other");
    write("other", open, false);
    catchesUp(10);
    assertThat(claim(10)).hasSize(2);
  }

  @Test
  default void aNewSinkIsToldPageByPage() {
    for (int i = 0; i < 5; i++) {
      alarm("open", Severity.ERROR);
    }
    sink("ops");
    sink("mail");
    assertThat(get(outbox().catchUp(2))).isTrue();
    assertThat(size()).isEqualTo(4);
    assertThat(catchesUp(2)).isEqualTo(2);
    assertThat(size()).isEqualTo(10);
  }

  @Test
  default void whatIsOldIsDeletedUnlessItsAlarmIsNotClosed() {
    sink("ops");
    catchesUp(10);
    UUID closed = alarm("closed", Severity.ERROR);
    UUID open = alarm("open", Severity.ERROR);
    UUID sent = write("ops", closed, false);
    UUID failed = write("ops", closed, true);
    UUID kept = write("ops", open, false);
    UUID waits = write("ops", new UUID(14, 1), false);
    for (Claimed one : claim(1000)) {
      if (one.uuid().equals(sent) || one.uuid().equals(kept)) {
        get(outbox().sent(one));
      } else {
        get(outbox().later(one, Duration.ofDays(365), "it answered 500"));
      }
    }
    get(outbox().failed(claim(1000).get(0), "no such page"));
    assertThat(purge(1000)).isZero();
    pass(Duration.ofDays(11));
    assertThat(purge(1000)).as("what was sent").isOne();
    assertThat(state(failed)).startsWith("failed");
    pass(Duration.ofDays(10));
    assertThat(purge(1000)).as("what has failed").isOne();
    pass(Duration.ofDays(100));
    assertThat(purge(1000)).isZero();
    assertThat(state(kept)).startsWith("sent");
    assertThat(state(waits)).startsWith("pending");
    assertThat(size()).isEqualTo(2);
  }

  private int purge(int most) {
    return get(outbox().purge(Duration.ofDays(10), Duration.ofDays(20), most));
  }

  @Test
  default void whatIsOldIsDeletedSoManyAtATime() {
    sink("ops");
    for (int i = 0; i < 5; i++) {
      write("ops", new UUID(15, i), false);
    }
    claim(10).forEach(one -> get(outbox().sent(one)));
    pass(Duration.ofDays(11));
    assertThat(purge(2)).isEqualTo(2);
    assertThat(purge(2)).isEqualTo(2);
    assertThat(purge(2)).isOne();
    assertThat(size()).isZero();
  }

  @Test
  default void aMessageToASinkThatIsNotThereFails() {
    UUID message = write("nobody", new UUID(16, 1), false);
    assertThat(purge(10)).isZero();
    assertThat(state(message)).isEqualTo("failed: the sink was removed");
  }
}
