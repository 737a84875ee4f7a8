package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Quotas.Line;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who opens an alarm of the system closes it, whatever people say to it meanwhile. */
class SystemWatchTest {
  @Test
  void whatIsClosedAtOnceIsClosedThoughSomebodyWroteItAfterThatBegan() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      SystemWatch watch = new SystemWatch(postgres.store().database());
      postgres.get(watch.open(UUID.randomUUID(), "late", Severity.WARNING, "why"));
      // As by whoever commits after the transaction that closes it began.
      postgres.execute("update alarms set updated_at = now() + interval '1 s'");
      assertThat(postgres.get(watch.close("late", Duration.ofSeconds(1)))).isFalse();
      assertThat(postgres.get(watch.close("late", Duration.ZERO))).isTrue();
      assertThat(postgres.get(watch.active())).isEmpty();
    }
  }

  @Test
  void oneThatAPersonClosedWhileItIsTrueIsOpenedAgain() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      SystemWatch watch = new SystemWatch(postgres.store().database());
      ResourceRow customer = postgres.root();
      postgres.execute(
          """
          insert into usage (minute, type, task, resource_uuid, ticks, ran_s, waited_s, committed_s)
          values (date_trunc('minute', now()), '%s', '', '%s', 1, 9, 0, 0)
          """
              .formatted(customer.type(), customer.uuid()));
      List<Line> lines = List.of(new Line(customer.type(), 5, 600));
      for (int i = 0; i < 2; i++) {
        postgres.get(postgres.store().usages().quotas().judge(lines, UUID::randomUUID));
        assertThat(postgres.get(watch.active())).hasSize(1);
        postgres.execute(
            "update alarms set state = 'closed', active = false, due_at = null, ended_at = now()");
      }
    }
  }
}
