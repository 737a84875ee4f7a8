package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.End;
import dev.toygun.store.Bulk.Command;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.Bulk.State;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Going;
import dev.toygun.store.ListName;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How fast bulk runs go, and what halts them. */
public interface BulkHaltContract extends BulkFixture {
  /** The first two, then the rest. */
  Going CANARY = new Going(null, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 1, null);

  private void panic(ResourceRow resource) {
    SubjectKey key = begins(resource);
    done(key, d -> d.panic(error(key, "Broken"), "__panic__"));
  }

  private void finish(ResourceRow resource) {
    SubjectKey key = begins(resource);
    done(key, d -> d.ends(End.FINISHED, false));
  }

  private void later(UUID bulk) {
    history().later(bulk, Duration.ofSeconds(10));
    go(bulk);
  }

  @Test
  default void theRestFollowsOnceTheCanaryHasTurnedOutWell() {
    ListName fleet = fleet();
    List<ResourceRow> five = resources(fleet, 5);
    UUID bulk = ask(order(fleet, Action.START, "task0", CANARY));
    go(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.CANARY);
    assertCounts(bulk, Map.of(Result.BEGUN, 2, Result.WAITING, 3));
    finish(five.get(0));
    later(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.BEGUN, 1, Result.WAITING, 3));
    finish(five.get(1));
    later(bulk);
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.RUNNING);
    assertCounts(bulk, Map.of(Result.DONE, 2, Result.BEGUN, 3));
  }

  @Test
  default void aCanaryThatFailsHaltsItUntilSomebodyHasItGoOn() {
    ListName fleet = fleet();
    List<ResourceRow> five = resources(fleet, 5);
    UUID bulk = ask(order(fleet, Action.START, "task0", CANARY));
    go(bulk);
    finish(five.get(0));
    panic(five.get(1));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
    assertThat(bulk(bulk).note()).contains("canary");
    later(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.FAILED, 1, Result.WAITING, 3));
    assertThat(say(bulk, Command.RESUME).state()).isEqualTo(State.RUNNING);
    go(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.RUNNING);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.FAILED, 1, Result.BEGUN, 3));
    panic(five.get(2));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
  }

  @Test
  default void whatFailsWhileItIsPausedHaltsIt() {
    ListName fleet = fleet();
    List<ResourceRow> five = resources(fleet, 5);
    UUID bulk = ask(order(fleet, Action.START, "task0", CANARY));
    go(bulk);
    say(bulk, Command.PAUSE);
    panic(five.get(0));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
  }

  @Test
  default void theLookThatSeesWhatHaltsItBeginsNothing() {
    ListName fleet = fleet();
    List<ResourceRow> five = resources(fleet, 5);
    Going slow = new Going(1, Duration.ofSeconds(5), 0, Duration.ofMinutes(1), 1, null);
    UUID bulk = ask(order(fleet, Action.START, "task0", slow));
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 1, Result.WAITING, 4));
    panic(five.get(0));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
    assertCounts(bulk, Map.of(Result.FAILED, 1, Result.WAITING, 4));
  }

  @Test
  default void aPersonNeedNotWaitForTheCanary() {
    ListName fleet = fleet();
    resources(fleet, 5);
    UUID bulk = ask(order(fleet, Action.START, "task0", CANARY));
    go(bulk);
    say(bulk, Command.RESUME);
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 5));
  }

  @Test
  default void aShareOfFailuresHaltsIt() {
    ListName fleet = fleet();
    List<ResourceRow> ten = resources(fleet, 10);
    Going share = new Going(null, Duration.ofSeconds(1), 0, Duration.ofMinutes(1), null, 20);
    UUID bulk = ask(order(fleet, Action.START, "task0", share));
    go(bulk);
    panic(ten.get(0));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.RUNNING);
    panic(ten.get(1));
    later(bulk);
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
    assertThat(bulk(bulk).note()).contains("2 failed");
  }

  @Test
  default void noMoreAreDoneThanTheRateAllows() {
    ListName fleet = fleet();
    resources(fleet, 5);
    Going rate = new Going(6, Duration.ofMinutes(1), 0, Duration.ZERO, 1, null);
    UUID bulk = ask(order(fleet, Action.START, "task0", rate));
    go(bulk);
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.WAITING, 4));
    later(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 2, Result.WAITING, 3));
    // What it has not done in time it does not make up for.
    history().later(bulk, Duration.ofMinutes(5));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 3, Result.WAITING, 2));
  }

  @Test
  default void whatWasSkippedCostsNoWait() {
    ListName fleet = fleet();
    List<ResourceRow> some = resources(fleet, 40);
    some.subList(0, 30).forEach(one -> running(one, "task0", false));
    Going slow = new Going(6, Duration.ofMinutes(1), 0, Duration.ZERO, 1, null);
    UUID bulk = ask(order(fleet, Action.START, "task0", slow));
    assertThat(go(bulk)).isLessThan(6);
    assertCounts(bulk, Map.of(Result.SKIPPED, 30, Result.DONE, 1, Result.WAITING, 9));
    some.subList(31, 36).forEach(one -> running(one, "task0", false));
    UUID canary = ask(order(fleet, Action.START, "task0", CANARY));
    assertThat(go(canary)).isLessThan(6);
    assertThat(bulk(canary).count(Result.BEGUN)).isEqualTo(2);
  }

  @Test
  default void whatHasNotBegunIsLookedAtLessAndLessOften() {
    ListName fleet = fleet();
    ResourceRow one = resources(fleet, 1).get(0);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    go(bulk);
    assertThat(nextLook(bulk)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    for (int i = 0; i < 8; i++) {
      history().later(bulk, nextLook(bulk).plusSeconds(1));
      go(bulk);
    }
    assertThat(nextLook(bulk)).isBetween(Duration.ofSeconds(290), Duration.ofMinutes(5));
    assertThat(items(bulk).get(0).message()).isEqualTo("it has not begun");
    begins(one);
    history().later(bulk, Duration.ofMinutes(5));
    go(bulk);
    assertThat(items(bulk).get(0).result()).as("from when that is seen").isEqualTo(Result.BEGUN);
    assertThat(nextLook(bulk)).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  private Duration nextLook(UUID bulk) {
    return Duration.between(now(), java.util.Objects.requireNonNull(items(bulk).get(0).dueAt()));
  }

  @Test
  default void whatItHadNotDoneAsItWasPausedIsNotMadeUpFor() {
    ListName fleet = fleet();
    resources(fleet, 8);
    Going rate = new Going(3, Duration.ofSeconds(1), 0, Duration.ZERO, 1, null);
    UUID bulk = ask(order(fleet, Action.START, "task0", rate));
    step(bulk, 100);
    say(bulk, Command.PAUSE);
    history().later(bulk, Duration.ofMinutes(5));
    say(bulk, Command.RESUME);
    step(bulk, 100);
    assertThat(bulk(bulk).count(Result.DONE)).isOne();
  }

  @Test
  default void nothingIsDoneOfOneThatIsPaused() {
    ListName fleet = fleet();
    resources(fleet, 2);
    UUID bulk = ask(order(fleet, Action.DELETE, null, PLAIN));
    assertThat(say(bulk, Command.PAUSE).state()).isEqualTo(State.PAUSED);
    go(bulk);
    assertCounts(bulk, Map.of());
    say(bulk, Command.RESUME);
    step(bulk, 100);
    say(bulk, Command.PAUSE);
    go(bulk);
    assertCounts(bulk, Map.of(Result.WAITING, 2));
    assertThatThrownBy(() -> say(bulk, Command.PAUSE))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(Refusal.Code.WRONG_STATE));
    say(bulk, Command.RESUME);
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 2));
  }

  @Test
  default void oneThatIsCancelledIsOver() {
    ListName fleet = fleet();
    resources(fleet, 2);
    UUID bulk = ask(order(fleet, Action.DELETE, null, PLAIN));
    step(bulk, 100);
    assertThat(say(bulk, Command.CANCEL).state()).isEqualTo(State.CANCELLED);
    go(bulk);
    assertCounts(bulk, Map.of(Result.WAITING, 2));
    assertThat(bulk(bulk).endedAt()).isNotNull();
    assertThatThrownBy(() -> say(bulk, Command.RESUME))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(Refusal.Code.ENDED));
  }

  @Test
  default void whatIsWatchedIsLookedAtWhileItIsPaused() {
    ListName fleet = fleet();
    List<ResourceRow> three = resources(fleet, 3);
    UUID bulk = ask(order(fleet, Action.START, "task0", CANARY));
    go(bulk);
    say(bulk, Command.PAUSE);
    finish(three.get(0));
    later(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.BEGUN, 1, Result.WAITING, 1));
  }
}
