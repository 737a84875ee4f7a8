package dev.toygun.store;

import java.util.UUID;

/**
 * Many rows, made by the server itself: resources, each with a child of one label, ten active tasks
 * (the first due on every hundredth resource, six that poll every minute) and ten ended runs.
 */
final class Fleet {
  static final ListName LIST = new ListName("default", "fleet", 1, 5);

  private Fleet() {}

  static UUID resource(int n) {
    return new UUID(0x7000, 0x8000_0000_0000_0000L + n);
  }

  /** A task of a resource: 1 to 10. */
  static SubjectKey task(int resource, int task) {
    return new SubjectKey(
        resource(resource), new UUID(0x7000, 0x9000_0000_0000_0000L + resource * 32L + task));
  }

  /*
   * Indexes are made anew after the rows, by their own definitions: a million entries are sorted faster
   * than they are put in one by one.
   */
  static void fill(PostgresFixture postgres, int resources) {
    postgres.execute(
        """
        alter table tasks set (autovacuum_enabled = off);
        alter table resources set (autovacuum_enabled = off);
        set session_replication_role = replica;
        set maintenance_work_mem = '256MB';
        create temp table indexes as
          select indexname, indexdef from pg_indexes
           where tablename in ('tasks', 'resources') and indexname not like '%pkey';
        do $$ declare i text; begin
          for i in select indexname from indexes loop execute 'drop index ' || i; end loop;
        end $$;
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid, null::uuid,
               '{}'::uuid[], 'r' || r, 'fleet', 1, 'watched', 1
          from generate_series(1, :resources) as r
         union all
        select ('00000000-0000-7000-a000-' || lpad(to_hex(r), 12, '0'))::uuid,
               ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid,
               array[('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid], 'db', 'fleet',
               1, 'watched', 1
          from generate_series(1, :resources) as r;
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, entered,
                           attrs, started_by, cause, due_at, every_s, bucket, active, ended_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid,
               ('00000000-0000-7000-9000-' || lpad(to_hex(r * 32 + t), 12, '0'))::uuid,
               case when t <= 10 then 'task' || t else 'task1' end,
               case when t = 1 then 11 when t > 10 then t - 10 else 1 end,
               'fleet', 1, case when t <= 10 then 'watch' else '__stop__' end, 1, 1, '{"n":1}',
               'resource', 'clock',
               case when t = 1 and r % 100 = 0 then now() - interval '1 second' * (r % 600) end,
               case when t between 2 and 7 then 60 end,
               case when t between 2 and 7 then (r * 32 + t) % 60 end, t <= 10,
               case when t > 10 then now() end
          from generate_series(1, :resources) as r, generate_series(1, 20) as t;
        do $$ declare i text; begin
          for i in select indexdef from indexes loop execute i; end loop;
        end $$;
        """
            .replace(":resources", String.valueOf(resources)));
    postgres.execute("vacuum analyze tasks");
    postgres.execute("vacuum analyze resources");
  }
}
