package dev.toygun.store;

import org.junit.jupiter.api.Test;

/** What clocks and services look at while a hold takes in whole lists of what is due. */
class HeldPlansTest {
  @Test
  void aListThatIsHeldAsAWholeIsNotLookedThrough() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 2_000);
      postgres.execute(
          """
          insert into resource_dues (uuid, queue, type, schema_version, priority, due_at)
          select uuid, queue, type, schema_version, priority, now() - interval '16 s' from resources
           where type = 'fleet'
              on conflict do nothing;
          update tasks set due_at = now() - interval '16 s' where active;
          insert into holds (uuid, scope, name, reason, actor, effective_at)
          values (gen_random_uuid(), 'type', 'fleet', 'why', 'test', now());
          """);
      postgres.execute("vacuum analyze resource_dues");
      postgres.execute("vacuum analyze tasks");
      Object[] due = {"default", "fleet", 1, 5, null, null, 0L, 100L};
      Plan.ran(postgres, "UnheldSql.RESOURCES", due).looksAt(20);
      Plan.ran(postgres, "UnheldSql.TASKS", due).looksAt(20);
      Object[] polled = {"default", "fleet", 1, 5, 60, 0, Fleet.resource(0), 59, 100L};
      Plan.ran(postgres, "UnheldSql.POLLED_TASKS", polled).looksAt(20);
      Plan.ran(postgres, "WatchSql.OVERDUE_RESOURCES").looksAt(60);
      Plan.ran(postgres, "WatchSql.OVERDUE_TASKS").looksAt(60);
    }
  }
}
