package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.store.BreakerBook;
import dev.toygun.store.BreakerChange;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Standing;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
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
    assertThat(judged(list).state()).as("one of two").isEqualTo(State.HALF_OPEN);
    Standing s = standing(list);
    Instant until = Objects.requireNonNull(s.row().until());
    Standing over =
        new Standing(s.declared(), s.row(), s.kept(), s.failed(), s.good(), s.letGo(), until);
    BreakerChange closes = BreakerBook.judge(over).orElseThrow();
    assertThat(closes.state()).as("as many as could be let go").isEqualTo(State.CLOSED);
  }

  @Test
  default void aPersonMayOpenItForATimeAfterWhichItIsTriedAndIsToldWhereThatFails() {
    ListName list = guarded(1, null);
    SubjectKey run = due(list);
    due(list);
    assertThatThrownBy(() -> get(operations().open(list.type(), now().minusSeconds(1), ANN)))
        .hasMessageContaining("is past");
    BreakerRow open = get(operations().open(list.type(), now().plusSeconds(60), ANN)).row();
    assertThat(open.isByHand()).isFalse();
    assertThat(Objects.requireNonNull(open.until())).isAfter(now().plusSeconds(50));
    assertThat(get(operations().waiting())).containsEntry(list.type(), 2L);
    assertThat(judged(list).state()).isEqualTo(State.OPEN);
    assertThat(systemAlarms()).doesNotContain("breaker:" + list.type());
    probed(list);
    assertThat(get(operations().waiting())).as("they are let go").doesNotContainKey(list.type());
    fails(run, list.type());
    assertThat(judged(list).state()).isEqualTo(State.OPEN);
    assertThat(systemAlarms()).contains("breaker:" + list.type());
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
