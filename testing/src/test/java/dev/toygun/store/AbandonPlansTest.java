package dev.toygun.store;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a subtree is abandoned where there are many resources, and were many holds. */
class AbandonPlansTest {
  /**
   * Two thousand resources, one of which has five thousand children; and ten thousand old holds.
   */
  private static void fill(PostgresFixture postgres) {
    Fleet.fill(postgres, 1_000);
    postgres.execute(
        """
        set session_replication_role = replica;
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
        select gen_random_uuid(), '00000000-0000-7000-8000-000000000001'::uuid,
               array['00000000-0000-7000-8000-000000000001'::uuid], 'c' || n, 'fleet', 1, 'watched', 1
          from generate_series(1, 5000) as n;
        insert into holds (uuid, scope, resource_uuid, reason, actor, effective_at, abandons, settled_at)
        select ('00000000-0000-7000-c000-' || lpad(to_hex(n), 12, '0'))::uuid, 'subtree',
               ('00000000-0000-7000-8000-' || lpad(to_hex(1 + n % 1000), 12, '0'))::uuid, 'x', 'test', now(),
               n % 2 = 0, case when n <= 10000 then now() end
          from generate_series(1, 10004) as n;
        """);
    postgres.execute("vacuum analyze resources");
    postgres.execute("vacuum analyze holds");
  }

  @Test
  void whatIsAbandonedIsLookedForFromItsRootAndAPageAtATime() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      UUID[] few = {Fleet.resource(1), Fleet.resource(500), Fleet.resource(900)};
      Plan.ran(postgres, "AbandonSql.ABANDONING", (Object) few).looksAt(60);
      Plan.ran(postgres, "AbandonSql.CHILDREN", few, 200L).goesByIndex().looksAt(220);
      Plan.ran(postgres, "AbandonSql.ROOT", Fleet.resource(500)).goesByIndex().looksAt(10);
      Plan.ran(postgres, "AbandonSql.OVER", new UUID(0x7000, 0xc000_0000_0000_0000L + 10_002))
          .goesByIndex()
          .looksAt(60);
    }
  }

  @Test
  void onNewTablesItGoesByIndexesToo() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Plan.kept(postgres, "AbandonSql.CHILDREN").goesByIndex();
      Plan.kept(postgres, "AbandonSql.ROOT").goesByIndex();
      Plan.kept(postgres, "AbandonSql.OVER").goesByIndex();
    }
  }
}
