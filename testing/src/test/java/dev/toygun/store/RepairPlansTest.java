package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What repairs cost follows what ended a moment ago and what is due, not what there was. */
class RepairPlansTest {
  private static final String[] TYPES = {"fleet", "fleet"};
  private static final String[] ALARMS = {"down", "slow"};
  private static final String[] TASKS = {"task1", "task1"};

  /**
   * A thousand resources with ten ended runs and five closed alarms each; a run of 100 is noted.
   */
  private static void fill(PostgresFixture postgres) {
    Fleet.fill(postgres, 1_000);
    postgres.execute(
        """
        update tasks set ended_at = now() - run * interval '1 h' where not active;
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, active,
                            opened_at, ended_at)
        select r.uuid, r.uuid, gen_random_uuid(), 'down', 'fleet', 1, 'closed', 2, false,
               now() - n * interval '2 h', now() - n * interval '1 h'
          from resources r, generate_series(1, 5) as n
         where r.parent_uuid is null and r.type = 'fleet';
        insert into repairs (resource_uuid, task_uuid, alarm_uuid, type, alarm, task, automatic, aborted,
                             began_at, ended_at, due_at)
        select t.resource_uuid, t.uuid, a.uuid, 'fleet', 'down', 'task1', true, false, a.opened_at, a.ended_at,
               case when t.run = 1 and t.resource_uuid < '00000000-0000-7000-8000-000000000065'
                    and a.ended_at > now() - interval '90 min' then now() end
          from tasks t
          join alarms a on a.resource_uuid = t.resource_uuid
         where not t.active;
        """);
    for (String table : new String[] {"tasks", "alarms", "repairs"}) {
      postgres.execute("vacuum analyze " + table);
    }
  }

  @Test
  void aRoundReadsNeitherHistoryNorWhatIsJudged() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      Instant from = postgres.now().minus(Duration.ofMinutes(1));
      Plan.ran(postgres, "RepairSql.NOTE", TYPES, ALARMS, TASKS, PgArrays.time(from), 500L)
          .looksAt(20);
      Plan.ran(postgres, "RepairSql.DUE", TYPES, ALARMS, TASKS, 500L).doesNotScan().looksAt(5_000);
      Plan.ran(
              postgres,
              "RepairSql.STANDING",
              new String[] {"fleet"},
              new String[] {"task1"},
              new Long[] {10L})
          .looksAt(40);
      Plan.ran(postgres, "RepairSql.FIGURES", TYPES, ALARMS, TASKS, 86_400.0 * 30, 1_000L)
          .looksAt(3_000);
      Plan.ran(postgres, "RepairSql.FORGET", 86_400.0 * 30, 500L).looksAt(20);
    }
  }
}
