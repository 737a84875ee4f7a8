package dev.toygun.store;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is removed is found by its owner or its age, however much there is that stays. */
class RetentionPlansTest {
  private static final long DAY = 86_400;

  /**
   * A thousand resources that live, each with an active task and twenty ended runs of half a month
   * each, of five moves and two changes; a thousand that ended, and a hundred thousand requests.
   */
  private static void fill(PostgresFixture postgres) {
    postgres.execute(
        """
        set session_replication_role = replica;
        insert into resources (uuid, label, type, schema_version, state, step, active, ended_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid, 'r' || r,
               case when r <= 1000 then 'fleet' else 'gone' end, 1, '__stop__', 1, r <= 1000,
               case when r > 1000 then now() - make_interval(days => r - 1000) end
          from generate_series(1, 2000) as r;
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, entered,
                           started_by, cause, active, ended_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid,
               ('00000000-0000-7000-9000-' || lpad(to_hex(r * 32 + t), 12, '0'))::uuid,
               'task', t, 'fleet', 1, '__stop__', 5, 5, 'resource', 'clock', t = 21,
               case when t < 21 then now() - make_interval(days => (21 - t) * 15) end
          from generate_series(1, 1000) as r, generate_series(1, 21) as t;
        insert into transitions (resource_uuid, subject_uuid, step, at, from_state, to_state, cause, actor, worker, build)
        select t.resource_uuid, t.uuid, s, coalesce(t.ended_at, now()), 'a', 'b', 'clock', 'system', 'w', 'b'
          from tasks t, generate_series(1, 5) as s;
        insert into changes (resource_uuid, subject_uuid, version, fields, at, cause, actor, worker, build)
        select t.resource_uuid, t.uuid, s, '{n}', coalesce(t.ended_at, now()), 'clock', 'system', 'w', 'b'
          from tasks t, generate_series(1, 2) as s;
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker, build, at)
        select gen_random_uuid(), t.resource_uuid, t.uuid, 'Broken', 'x', 'a', 1, 1, 'w', 'b', coalesce(t.ended_at, now())
          from tasks t;
        insert into signals (resource_uuid, subject_uuid, uuid, type, sender, state, ended_at)
        select t.resource_uuid, t.uuid, gen_random_uuid(), 'poke', 'x', 'consumed', coalesce(t.ended_at, now())
          from tasks t;
        insert into audit (at, actor, action, allowed)
        select now() - make_interval(secs => n * 600), 'key:ops', 'start', true from generate_series(1, 100000) as n;
        """);
    postgres.execute("select toygun_make_partitions(3, null)");
    for (String table :
        new String[] {
          "resources", "tasks", "transitions", "changes", "errors", "signals", "audit"
        }) {
      postgres.execute("vacuum analyze " + table);
    }
  }

  private static UUID resource(int n) {
    return new UUID(0x7000, 0x8000_0000_0000_0000L + n);
  }

  /* Runs of a hundred resources, each one's oldest. */
  private static UUID[][] oldest() {
    UUID[][] keys = new UUID[2][100];
    for (int i = 0; i < 100; i++) {
      keys[0][i] = resource(i + 1);
      keys[1][i] = new UUID(0x7000, 0x9000_0000_0000_0000L + (i + 1) * 32L + 1);
    }
    return keys;
  }

  private static UUID[] some(int first) {
    UUID[] some = new UUID[100];
    for (int i = 0; i < 100; i++) {
      some[i] = resource(first + i);
    }
    return some;
  }

  @Test
  void whereMuchStaysWhatGoesIsFoundAndNoTableIsRead() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      Plan.ran(postgres, "RetentionSql.TASKS", 10, 30 * DAY).goesByIndex().looksAt(40);
      Plan.ran(postgres, "RetentionSql.TYPES", 90 * DAY).goesByIndex().looksAt(40);
      Plan.ran(postgres, "RetentionSql.RUNS", "fleet", "task", 30 * DAY, 10L, null, null, 500L)
          .goesByIndex()
          .uses("tasks_ended")
          .looksAt(500 * 6);
      Plan.ran(postgres, "RetentionSql.RESOURCES", "gone", 90 * DAY, null, null, 500L)
          .goesByIndex()
          .uses("resources_ended")
          .looksAt(700);
      Plan.ran(postgres, "RetentionSql.LIVING", resource(100), 100L).goesByIndex().looksAt(120);
      UUID[][] runs = oldest();
      Plan.ran(postgres, "RetentionSql.LOCK_RUNS", runs[0], runs[1], 10L)
          .uses("tasks_uuid")
          .looksAt(100 * 20);
      UUID[] gone = some(1_001);
      Plan.ran(postgres, "RetentionSql.LOCK_RESOURCES", (Object) gone)
          .uses("resources_children")
          .looksAt(100 * 20);
      Plan.ran(postgres, "RetentionSql.ALARMS_OF_RUNS", runs[0], runs[1])
          .goesByIndex()
          .looksAt(500);
      Plan.ran(postgres, "RetentionSql.AUDIT", 400 * DAY, 2_000L).uses("audit_at").looksAt(15_000);
      Plan.ran(postgres, "RetentionSql.HOLDS", 400 * DAY, 2_000L).goesByIndex().looksAt(20);
    }
  }

  @Test
  void theHistoryOfARunIsFoundInEachMonthByItsKey() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      UUID[][] runs = oldest();
      UUID[] gone = some(1_001);
      for (String name :
          new String[] {"CHANGES", "LOG", "ERRORS", "SIGNALS", "HOPS", "ALARMS", "RUN"}) {
        Plan.ran(postgres, "RetentionSql." + name, runs[0], runs[1], 2_000L)
            .goesByIndex()
            .looksAt(12_000);
      }
      Plan.ran(postgres, "RetentionSql.MOVES", runs[0], runs[1], 2_000L)
          .goesByIndex()
          .looksAt(500 * 12 + 100 * 20 * 4);
      for (String name :
          new String[] {
            "ALL_MOVES",
            "ALL_CHANGES",
            "ALL_LOG",
            "ALL_ERRORS",
            "ALL_SIGNALS",
            "ALL_HOPS",
            "ALL_ALARMS",
            "OBSERVATIONS",
            "TRIGGERS",
            "SCHEDULES",
            "ALL_RUNS",
            "ITSELF"
          }) {
        Plan.ran(postgres, "RetentionSql." + name, gone, gone, 2_000L)
            .goesByIndex()
            .looksAt(100 * 20 * 4);
      }
    }
  }

  @Test
  void ofWhatHasNothingOldLittleIsRead() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      UUID[] living = some(1);
      Plan.ran(postgres, "RetentionSql.MACHINES", (Object) living).goesByIndex().looksAt(1_000);
      UUID[] resources = new UUID[200];
      UUID[] subjects = new UUID[200];
      for (int i = 0; i < 100; i++) {
        resources[i] = living[i];
        subjects[i] = living[i];
        resources[100 + i] = living[i];
        subjects[100 + i] = new UUID(0x7000, 0x9000_0000_0000_0000L + (i + 1) * 32L + 21);
      }
      for (String name :
          new String[] {
            "MOVES", "CHANGES", "LOG", "ERRORS", "HOPS", "SIGNALS", "OBSERVATIONS", "ALARMS"
          }) {
        Plan.ran(postgres, "ThinningSql." + name, resources, subjects, 400 * DAY, 2_000L)
            .looksAt(200 * 20 * 3);
      }
    }
  }
}
