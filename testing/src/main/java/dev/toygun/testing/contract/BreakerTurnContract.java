package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import org.junit.jupiter.api.Test;

/** An open breaker keeps nobody from having their turn: of those that have it some are let go. */
public interface BreakerTurnContract extends AdmissionContract, BreakerContract {
  @Test
  default void whoWaitsIsLetInThoughItsBreakerIsOpenAndIsKeptFromThenOn() {
    ListName list = guarded(1, null);
    broken(list, 1);
    SubjectKey run = waiting(list);
    assertThat(letIn(list)).containsExactly(run);
    assertThat(found(list)).doesNotContain(run);
  }
}
