package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An open breaker keeps nobody from having their turn: of those that have it some are let go, and
 * mostly others than the last time.
 */
public interface BreakerTurnContract extends AdmissionContract, BreakerContract {
  @Test
  default void whoWaitsIsLetInThoughItsBreakerIsOpenAndIsKeptFromThenOn() {
    ListName list = guarded(1, null);
    broken(list, 1);
    SubjectKey run = waiting(list);
    assertThat(letIn(list)).containsExactly(run);
    assertThat(found(list)).doesNotContain(run);
  }

  @Test
  default void oneThatAlwaysFailsIsNotLetGoAgainWhileAnotherWaitsWhoseGoodTryClosesIt() {
    ListName list = guarded(1, null);
    SubjectKey bad = broken(list, 1).get(0);
    SubjectKey good = due(list);
    probed(list);
    assertThat(found(list)).containsExactlyInAnyOrder(bad, good);
    fails(bad, list.type());
    assertThat(judged(list).times()).isEqualTo(2);
    probed(list);
    assertThat(found(list)).containsExactly(good);
    get(store().tried(Map.of(list.type(), 1)));
    assertThat(judged(list).state()).as("as many as were let go").isEqualTo(State.CLOSED);
  }

  @Test
  default void oneThatAlwaysFailsIsLetGoWhereNobodyElseWaits() {
    ListName list = guarded(1, null);
    SubjectKey bad = broken(list, 1).get(0);
    probed(list);
    fails(bad, list.type());
    assertThat(judged(list).state()).isEqualTo(State.OPEN);
    probed(list);
    assertThat(found(list)).containsExactly(bad);
  }
}
