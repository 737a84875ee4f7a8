package dev.toygun.store;

import org.junit.jupiter.api.Test;

/** How it is looked up what a resource takes with it, where there are many others. */
class TeardownPlansTest {
  @Test
  void whatGoesIsLookedUpFromItsRootHoweverMuchElseThereIs() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 1_000);
      postgres.execute(
          """
          set session_replication_role = replica;
          insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
          select gen_random_uuid(), '00000000-0000-7000-8000-000000000001'::uuid,
                 array['00000000-0000-7000-8000-000000000001'::uuid], 'c' || n, 'fleet', 1, 'watched', 1
            from generate_series(1, 5000) as n;
          """);
      postgres.execute("vacuum analyze resources");
      Plan.ran(postgres, "PlanSql.TEARDOWN", Fleet.resource(500), 10_001, null, 100).looksAt(60);
      Plan.ran(postgres, "PlanSql.TEARDOWN", Fleet.resource(1), 200, null, 100).looksAt(4_000);
    }
  }
}
