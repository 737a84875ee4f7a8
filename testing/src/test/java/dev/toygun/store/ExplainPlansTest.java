package dev.toygun.store;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it costs to say why something waits, where there are many others. */
class ExplainPlansTest {
  @Test
  void whatKeepsAResourceIsLookedForAmongAThousandBelowItAndNoMore() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 1_000);
      postgres.execute(
          """
          set session_replication_role = replica;
          insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
          select gen_random_uuid(), '00000000-0000-7000-8000-000000000001'::uuid,
                 array['00000000-0000-7000-8000-000000000001'::uuid], 'c' || n, 'fleet', 1, 'watched', 1
            from generate_series(1, 20000) as n;
          insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, entered,
                             started_by, cause, due_at)
          select uuid, gen_random_uuid(), 'task1', 1, 'fleet', 1, 'watch', 1, 1, 'x', 'api', now()
            from resources where label like 'c%';
          """);
      postgres.execute("vacuum analyze resources");
      postgres.execute("vacuum analyze tasks");
      Plan.ran(postgres, "ExplainSql.WAY", Fleet.resource(500), null, null).looksAt(100);
      Plan.ran(postgres, "ExplainSql.WAY", Fleet.resource(1), null, null).looksAt(12_000);
      UUID[] one = {Fleet.resource(500)};
      Plan.ran(postgres, "ExplainSql.MACHINES", one, null, null).looksAt(500);
      postgres.execute(
          """
          set session_replication_role = replica;
          update tasks set active = false, outcome = 'stopped', ended_at = now(), state = '__stop__', due_at = null
           where resource_uuid in (select uuid from resources where label like 'c%');
          """);
      postgres.execute("vacuum analyze tasks");
      Plan.ran(postgres, "ExplainSql.WAY", Fleet.resource(1), null, null).looksAt(20_000);
    }
  }

  @Test
  void theAlarmsOfARunAreFoundAmongThoseOfItsResourceAndOfAllOthers() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      postgres.execute(
          """
          set session_replication_role = replica;
          insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step)
          select '00000000-0000-7000-8000-000000000001'::uuid, gen_random_uuid(), gen_random_uuid(), 'panic',
                 'fleet', 1, 'open', 1
            from generate_series(1, 20000);
          """);
      postgres.execute("vacuum analyze alarms");
      UUID run =
          postgres.rows("select subject_uuid from alarms limit 1").iterator().next().getUUID(0);
      Plan.ran(postgres, "ExplainSql.ALARMS_OF_RUN", Fleet.resource(1), run)
          .uses("using alarms_active")
          .looksAt(20);
    }
  }
}
