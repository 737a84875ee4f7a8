package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.testing.contract.AdmissionContract;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that wait for their turn, on Postgres: what they cost, and how they are accounted for. */
class AdmissionsTest {
  /** Of the task {@code task9} of resources from here on. */
  private static final String SOME =
      "name = 'task9' and active and resource_uuid in (select uuid from resources where type = 'fleet' and label ~ '^r[0-9]+$' order by uuid limit %d offset %d)";

  @Test
  void whatItCostsFollowsWhoWaitsAndNotWhatExists() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      publish(
          postgres, new LimitsDefinition(60, new RateDefinition(500, 3_600), null, false, null));
      Plan.ran(postgres, "AdmissionSql.WAITING").looksAt(5);
      admits(postgres); // A session looks at the catalog once.
      admits(postgres).looksAt(10);

      move(postgres, "admission = 'admitted', admission_at = now()", 50, 0);
      move(
          postgres,
          "admission = 'waits', admission_at = created_at, state = '__new__', step = 0, entered = 0",
          100,
          50);
      Plan.ran(postgres, "AdmissionSql.WAITING").looksAt(120);
      admits(postgres).looksAt(600).leaves("CTE Scan on sharing");
      assertThat(postgres.get(postgres.store().admissions().waiting()))
          .singleElement()
          .satisfies(line -> assertThat(line.runs()).isEqualTo(90));
    }
  }

  @Test
  void aLineThatIsHeldAsAWholeIsNotLookedThrough() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      publish(postgres, new LimitsDefinition(60, null, null, false, null));
      move(
          postgres,
          "admission = 'waits', admission_at = created_at, state = '__new__', step = 0, entered = 0",
          1_000,
          0);
      new Contract(postgres).hold(Hold.Scope.TASK, "task9");
      admits(postgres).looksAt(40);
    }
  }

  @Test
  void ofManyWhoAreHeldSomeAreLookedAtAndWhoIsBehindThemIsLetInAllTheSame() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 6_000);
      publish(postgres, new LimitsDefinition(60, null, null, false, null));
      move(
          postgres,
          "admission = 'waits', admission_at = now() + (('x' || right(uuid::text, 5))::bit(20)::int) * interval '1 ms', state = '__new__', step = 0, entered = 0, queue = 'slow'",
          6_000,
          0);
      postgres.execute("vacuum analyze tasks");
      Contract contract = new Contract(postgres);
      contract.hold(Hold.Scope.QUEUE, "slow");
      // 2,000 of them, and up to 5,000 on the way: where it looks behind the oldest is drawn by
      // lot.
      admits(postgres).looksAt(20_000);
      postgres.execute(
          "update tasks set queue = 'default' where uuid = (select uuid from tasks where admission = 'waits' order by admission_at offset 1500 limit 1)");
      List<Committed.Woken> in = new ArrayList<>();
      for (int round = 0; round < 1_000 && in.isEmpty(); round++) {
        in.addAll(letIn(postgres));
      }
      assertThat(in).hasSize(1);
    }
  }

  private static List<Committed.Woken> letIn(PostgresFixture postgres) {
    Due.Pass pass =
        postgres
            .get(postgres.store().claim(Admissions.PASS, "me", Duration.ofMinutes(1)))
            .orElseThrow();
    return postgres.get(postgres.store().admissions().admit("me", pass, 10));
  }

  @Test
  void whereOnlyARateIsLimitedWhoIsUnderWayIsNotCounted() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      publish(
          postgres, new LimitsDefinition(null, new RateDefinition(5, 3_600), null, false, null));
      move(postgres, "admission = 'admitted', admission_at = now() - interval '2 h'", 1_000, 0);
      move(
          postgres,
          "admission = 'waits', admission_at = created_at, state = '__new__', step = 0, entered = 0",
          10,
          1_000);
      move(postgres, "admission = 'admitted', admission_at = now()", 5, 1_010);
      admits(postgres).looksAt(40);
    }
  }

  private static void publish(PostgresFixture postgres, LimitsDefinition limits) {
    new Contract(postgres).publish(new ListName("default", "fleet", 1, 5), limits, "task9");
  }

  private static Plan admits(PostgresFixture postgres) {
    Due.Pass pass =
        postgres
            .get(postgres.store().claim(Admissions.PASS, "me", Duration.ofMinutes(1)))
            .orElseThrow();
    return Plan.ran(
        postgres, "AdmissionSql.ADMIT", "me", pass.upto().atOffset(ZoneOffset.UTC), 100L);
  }

  private static void move(PostgresFixture postgres, String to, int many, int from) {
    postgres.execute("update tasks set " + to + " where " + SOME.formatted(many, from));
  }

  @Test
  void whatWaitsForItsTurnWaitsAndNobodyCallsItLeftOver() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Contract contract = new Contract(postgres);
      ListName list = contract.limited(1, null);
      SubjectKey first = contract.waiting(list);
      SubjectKey second = contract.waiting(list);
      Database database = postgres.store().database();
      contract.letIn(list);
      contract.rest(first);
      Accounts.Account account = postgres.get(new Liveness(database).account());
      assertThat(account.leftOver()).extracting(Accounts.Waiting::subject).containsOnly(first);
      assertThat(postgres.get(new Explanations(database).of(second.resource(), null)))
          .filteredOn(e -> e.uuid().equals(second.uuid()))
          .extracting(Explained::reason)
          .containsExactly(Liveness.Reason.WAITING);
    }
  }

  @Test
  void whyItWaitsIsSaidAsThingsAre() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Contract contract = new Contract(postgres);
      ListName list = contract.limited(1, new RateDefinition(1, 60));
      contract.waiting(list);
      contract.waiting(list);
      SubjectKey last = contract.waiting(list);
      contract.letIn(list);
      Turn turn =
          postgres.get(new ViewsPg(postgres.store().database()).turns(last.resource())).get(0);
      assertThat(turn.run()).isEqualTo(last.uuid());
      assertThat(turn.running()).isOne();
      assertThat(turn.concurrency()).isOne();
      assertThat(turn.begun()).isOne();
      assertThat(turn.nextAt())
          .isBetween(contract.now().plusSeconds(50), contract.now().plusSeconds(60));
      assertThat(turn.ahead()).isOne();
    }
  }

  /** The rows of {@link AdmissionContract}, on this database. */
  private record Contract(PostgresFixture postgres) implements AdmissionContract {
    void hold(Hold.Scope scope, String name) {
      get(store().hold(new Hold.Request(uuid(), scope, null, name, "why", null), operator()));
    }

    void publish(ListName list, LimitsDefinition limits, String task) {
      publish(list, limits);
      postgres.execute(
          "update resource_types set definition = replace(definition::text, '\"work\"', '\"%s\"')::jsonb"
              .formatted(task));
    }

    @Override
    public Store store() {
      return postgres.store();
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
