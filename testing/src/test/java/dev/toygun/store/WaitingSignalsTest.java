package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A resource to which signals were sent all day while it was on hold. */
class WaitingSignalsTest {
  private static final int WAITING = 200_000;

  /** As many signals of each of two types, of the first the oldest last by key. */
  private static void fill(PostgresFixture postgres, SubjectKey key) {
    postgres.execute(
        """
        insert into signals (resource_uuid, subject_uuid, uuid, type, sender, sent_at)
        select '%s', '%s', gen_random_uuid(), 'type' || n %% 2, 'key:ops', now() - n * interval '1 ms'
          from generate_series(1, %d) as n
        """
            .formatted(key.resource(), key.uuid(), WAITING));
    postgres.execute("vacuum analyze signals");
  }

  @Test
  void aLoadReadsTheOldestOfEachTypeHoweverManyWait() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      ResourceRow flooded = postgres.root();
      ResourceRow beside = postgres.root();
      SubjectKey task = postgres.running(beside, "task", false);
      SignalRow signal = postgres.signal(task, "go");
      postgres.done(postgres.outcome(task, postgres.operator(), d -> d.signal(signal)));
      fill(postgres, flooded.key());
      UUID[] both = {flooded.uuid(), beside.uuid()};
      List<Family> families =
          postgres.get(postgres.store().load(List.of(both), Work.Sees.ITSELF)).families();
      assertThat(families.stream().flatMap(family -> family.signals().stream()))
          .extracting(SignalRow::type)
          .containsExactlyInAnyOrder("type0", "type1", "go");
      Plan.ran(postgres, "LoadSql.FAMILIES", (Object) both)
          .goesByIndex()
          .uses("Tid Scan on signals")
          .looksAt(80);
      Plan.ran(postgres, "HistorySql.CONSUME", both, new UUID[] {signal.uuid()})
          .uses("using signals_pkey")
          .looksAt(40);
    }
  }

  @Test
  void whatHasManyOfThemIsAbandonedAllTheSame() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow root = postgres.root();
      fill(postgres, root.key());
      Hold hold =
          postgres.get(
              postgres
                  .store()
                  .abandon(
                      new Abandonment(postgres.uuid(), root.uuid(), OptionalLong.empty(), "why"),
                      postgres.operator()));
      postgres.get(postgres.store().endAbandoned(hold, postgres.tick()));
      assertThat(postgres.machine(root.key()).active()).isFalse();
    }
  }
}
