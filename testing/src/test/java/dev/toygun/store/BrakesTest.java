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

  /** Each of 1,100 parents has 11 that want it where 10 may, of whom 10,000 waiting show 10. */
  @Test
  void whileMoreWaitThanAreCountedTheBrakeOfEachParentIsThatOfTheirType() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 12_100);
      postgres.execute(
          """
          update resources r set parent_uuid = p.uuid, path = array[p.uuid]
            from (select r.uuid as child,
                         ('00000000-0000-7000-a000-'
                          || lpad(to_hex(substr(label, 2)::int % 1100 + 1), 12, '0'))::uuid as uuid
                    from resources r where label ~ '^r[0-9]+$') as p
           where r.uuid = p.child
          """);
      postgres.execute(
          """
          update tasks t
             set admission = 'waits', state = '__new__', step = 0, entered = 0,
                 admission_at = now() + substr(r.label, 2)::int * interval '1 ms'
            from resources r
           where r.uuid = t.resource_uuid and t.name = 'task9' and t.active
          """);
      postgres.execute("vacuum analyze tasks");
      publish(postgres, new BrakeDefinition(95, true));
      assertThat(letIn(postgres)).isEmpty();
      Admissions admissions = postgres.store().admissions();
      assertThat(postgres.get(admissions.brake(UUID::randomUUID, postgres.operator()))).isOne();
      assertThat(postgres.openAlarms(SubjectKey.ofResource(new UUID(0, 0))))
          .containsExactly("brake:fleet:task9");
      admits(postgres).looksAt(70_000);

      postgres.execute(
          "update alarms set state = 'lifted', snoozed_until = now() + interval '1 h' where active");
      assertThat(letIn(postgres)).hasSize(10);
      postgres.execute(
          "update tasks set admission = 'admitted' where admission = 'waits' and uuid in (select uuid from tasks where admission = 'waits' limit 3000)");
      assertThat(letIn(postgres)).as("that of each parent holds").isEmpty();
      postgres.get(postgres.store().moveAlarms(postgres.operator(), 1_000));
      assertThat(postgres.openAlarms(SubjectKey.ofResource(new UUID(0, 0)))).isEmpty();
    }
  }

  private static List<Committed.Woken> letIn(PostgresFixture postgres) {
    Due.Pass pass =
        postgres
            .get(postgres.store().claim(Admissions.PASS, "me", Duration.ofMinutes(1)))
            .orElseThrow();
    return postgres.get(postgres.store().admissions().admit("me", pass, 10));
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
