package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.contract.BreakerContract;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What breakers cost on Postgres, and what is said of what they keep. */
class BreakerPlansTest {
  private static final String ERRORS =
      """
      insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker,
                          build, at, breaker)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Down', '', 'first', 1, 1, 'w',
             'b', now() - i * interval '1 s', %s
        from generate_series(1, 20000) i
      """;

  @Test
  void whatALookCostsFollowsWhatFailsAndNotWhatFailed() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      postgres.execute(ERRORS.formatted("null"));
      postgres.execute(ERRORS.formatted("'ledger'"));
      postgres.execute("analyze errors");
      look(postgres, "other").looksAt(40);
      look(postgres, "ledger").looksAt(140);
    }
  }

  private static Plan look(PostgresFixture postgres, String name) {
    return Plan.ran(postgres, "BreakerSql.LOOK", new String[] {name}, new Long[] {30L});
  }

  @Test
  void whoIsToBeAProbeIsFoundInTheListsAndNotAmongAllThereIs() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      UUID hold = postgres.uuid();
      postgres.execute(
          """
          insert into holds (uuid, scope, name, reason, actor, effective_at, tasks, probes, spread_s)
          values ('%1$s', 'breaker', 'ledger', 'why', 'system', now(), '{fleet/task9}', '{}', 30);
          insert into breakers (name, state, version, since, until, times, hold, actor, reason)
          values ('ledger', 'open', 1, now(), now(), 1, '%1$s', 'system', 'why')
          """
              .formatted(hold));
      Plan.ran(postgres, "BreakerSql.PROBES", hold, 3L).looksAt(2_500);
      Plan.ran(postgres, "BreakerSql.WAITING").looksAt(2_500);
    }
  }

  @Test
  void whatIsKeptIsHeldByItsBreakerAndIsNotLate() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Contract contract = new Contract(postgres);
      ListName list = contract.guarded(1, null);
      SubjectKey kept = contract.broken(list, 1).get(0);
      postgres.execute(
          "update tasks set due_at = now() - interval '10 min' where due_at is not null");
      assertThat(
              postgres.get(new Explanations(postgres.store().database()).of(kept.resource(), null)))
          .filteredOn(e -> e.uuid().equals(kept.uuid()))
          .singleElement()
          .satisfies(
              e -> {
                assertThat(e.reason()).isEqualTo(Liveness.Reason.HELD);
                assertThat(String.valueOf(e.hold())).contains("1 tries failed within 60 s");
              });
      Accounts.Account account = postgres.get(new Liveness(postgres.store().database()).account());
      assertThat(account.late()).isEmpty();
      assertThat(account.leftOver()).isEmpty();
      assertThat(postgres.get(new SystemWatch(postgres.store().database()).look()).overdue())
          .isEmpty();
    }
  }

  /** The rows of {@link BreakerContract}, on this database. */
  private record Contract(PostgresFixture postgres) implements BreakerContract {
    @Override
    public Store store() {
      return postgres.store();
    }

    @Override
    public Set<String> systemAlarms() {
      return Set.of();
    }

    @Override
    public dev.toygun.testing.contract.StoreHistory history() {
      return postgres;
    }

    @Override
    public <T> T get(Future<T> future) {
      return postgres.get(future);
    }
  }
}
