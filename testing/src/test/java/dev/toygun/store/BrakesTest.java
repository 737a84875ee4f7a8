package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.TypeDefinition.BrakeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.testing.contract.BrakeContract;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Brakes on Postgres: what they cost, and what a run says that one keeps waiting. */
class BrakesTest {
  private static final String SOME =
      "name = 'task9' and active and resource_uuid in (select uuid from resources where type = 'fleet' and label ~ '^r[0-9]+$' order by uuid limit %d offset %d)";

  @Test
  void whatItCostsFollowsWhoWantsTheTaskAndNotWhatExists() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 20_000);
      publish(postgres, new BrakeDefinition(20, false));
      Plan.ran(postgres, "BrakeSql.HOLDING").looksAt(20);
      Plan.ran(postgres, "BrakeSql.RELEASED", 100, new UUID[0]).looksAt(5);

      move(
          postgres,
          "admission = 'waits', admission_at = created_at, state = '__new__', step = 0, entered = 0",
          100,
          50);
      // Of 40,000 as many are counted as say that 100 are few.
      Plan.ran(postgres, "BrakeSql.HOLDING").looksAt(800);
      publish(postgres, new BrakeDefinition(20, true));
      Plan.ran(postgres, "BrakeSql.HOLDING").looksAt(1_500);
      admits(postgres).looksAt(3_000);
      postgres.get(postgres.store().admissions().brake(UUID::randomUUID, postgres.operator()));
      Plan.ran(postgres, "BrakeSql.RELEASED", 100, new UUID[0]).looksAt(1_500);
    }
  }

  private static void publish(PostgresFixture postgres, BrakeDefinition brake) {
    new Contract(postgres)
        .publish(
            new ListName("default", "fleet", 1, 5),
            new LimitsDefinition(null, null, brake, false, null));
    postgres.execute(
        "update resource_types set definition = replace(definition::text, '\"work\"', '\"task9\"')::jsonb");
  }

  private static Plan admits(PostgresFixture postgres) {
    Due.Pass pass =
        postgres
            .get(postgres.store().claim(Admissions.PASS, "me", Duration.ofMinutes(1)))
            .orElseThrow();
    return Plan.ran(
        postgres, "AdmissionSql.ADMIT", "me", pass.upto().atOffset(ZoneOffset.UTC), 10L);
  }

  private static void move(PostgresFixture postgres, String to, int many, int from) {
    postgres.execute("update tasks set " + to + " where " + SOME.formatted(many, from));
  }

  @Test
  void aRunThatABrakeKeepsWaitingSaysHowManyWantIt() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Contract contract = new Contract(postgres);
      ListName list = contract.braked(20, false);
      List<ResourceRow> fleet = contract.fleet(list, 10);
      contract.want(fleet.subList(0, 2));
      assertThat(turn(postgres, fleet).brake()).isNull();
      contract.waiting(fleet.get(2));
      assertThat(turn(postgres, fleet).brake()).isEqualTo(new Turn.Braking(3, 10, 20));
    }
  }

  private static Turn turn(PostgresFixture postgres, List<ResourceRow> fleet) {
    return postgres.get(new ViewsPg(postgres.store().database()).turns(fleet.get(0).uuid())).get(0);
  }

  /** The rows of {@link BrakeContract}, on this database. */
  private record Contract(PostgresFixture postgres) implements BrakeContract {
    @Override
    public Store store() {
      return postgres.store();
    }

    @Override
    public StoreHistory history() {
      return postgres;
    }

    @Override
    public <T> T get(Future<T> future) {
      return postgres.get(future);
    }
  }
}
