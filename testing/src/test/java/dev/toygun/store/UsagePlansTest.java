package dev.toygun.store;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it costs to ask who used most. */
class UsagePlansTest {
  /** A week of 20 tasks of 5 types, and of each minute 50 resources of the samples. */
  @Test
  void onlyTheMinutesThatAreAskedForAreLookedAt() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 1_000);
      postgres.execute(
          """
          insert into usage (minute, type, task, resource_uuid, ticks, ran_s, waited_s, committed_s)
          select date_trunc('minute', now()) - m * interval '1 min', 'type' || t %% 5, 'task' || t,
                 '00000000-0000-0000-0000-000000000000', 1, 1, 1, 1
            from generate_series(0, 10080) as m, generate_series(1, 20) as t
           union all
          select date_trunc('minute', now()) - m * interval '1 min', 'fleet', 'task9',
                 ('00000000-0000-7000-8000-' || lpad(to_hex(m %% 20 * 50 + r), 12, '0'))::uuid,
                 1, 1, 1, 1
            from generate_series(0, 10080) as m, generate_series(1, 50) as r
          """
              .replace("%%", "%"));
      postgres.execute("vacuum analyze usage");
      UUID root = Fleet.resource(7);
      Plan.ran(postgres, "UsageSql.USED", 3_600L, "type", null, null, 20)
          .uses("Index")
          .looksAt(200);
      Plan.ran(postgres, "UsageSql.USED", 3_600L, "task", null, new String[] {"type1"}, 20)
          .looksAt(200);
      Plan.ran(postgres, "UsageSql.USED", 3_600L, "resource", null, null, 20).looksAt(8_000);
      Plan.ran(postgres, "UsageSql.USED", 3_600L, "tree", root, null, 20).looksAt(8_000);
      Plan.ran(
              postgres,
              "QuotaSql.JUDGE",
              new String[] {"fleet"},
              new Double[] {1e6},
              new Long[] {600L},
              0.8,
              100L)
          .uses("Index")
          .looksAt(5_000);
      postgres.execute("insert into heavy (resource_uuid, type) values ('" + root + "', 'fleet')");
      Plan.ran(postgres, "RelistSql.SINKING", 600L, 0.1, 500L).uses("Index").looksAt(3_000);
    }
  }
}
