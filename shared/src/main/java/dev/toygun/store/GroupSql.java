package dev.toygun.store;

/** The statements that write what a group comes to, on rows that it has locked. */
final class GroupSql {
  static final String WRITE_RESOURCES =
      """
      UPDATE resources AS r
         SET state = i.state, step = i.step, version = i.version, wakes = i.wakes,
             entered = i.entered, tries = i.tries, resume = i.resume,
             attrs = coalesce(i.attrs::jsonb, r.attrs), schema_version = i.schema_version,
             due_at = i.due_at, every_s = i.every_s, bucket = i.bucket,
             deadline_at = i.deadline_at, waits = i.waits, active = i.active, error = i.error,
             deleting = i.deleting, availability = i.availability, misses = i.misses,
             planned_until = i.planned_until, observers = string_to_array(i.observers, ','),
             updated_at = now(), ended_at = CASE WHEN i.active THEN r.ended_at ELSE now() END
        FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                    $7::int[], $8::text[], $9::text[], $10::int[], $11::timestamptz[], $12::int[],
                    $13::int[], $14::timestamptz[], $15::boolean[], $16::boolean[], $17::uuid[],
                    $18::text[], $19::text[], $20::int[], $21::timestamptz[], $22::text[])
          AS i (uuid, state, step, version, wakes, entered,
                tries, resume, attrs, schema_version, due_at, every_s,
                bucket, deadline_at, waits, active, error,
                deleting, availability, misses, planned_until, observers)
       WHERE r.uuid = i.uuid
      """;

  static final String WAKE_RESOURCES =
      """
      UPDATE resources AS r
         SET wakes = i.wakes, due_at = i.due_at
        FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS i (uuid, wakes, due_at)
       WHERE r.uuid = i.uuid
      """;

  static final String WRITE_TASKS =
      """
      UPDATE tasks AS t
         SET state = i.state, step = i.step, version = i.version, wakes = i.wakes,
             entered = i.entered, tries = i.tries, resume = i.resume,
             attrs = coalesce(i.attrs::jsonb, t.attrs), schema_version = i.schema_version,
             due_at = i.due_at, every_s = i.every_s, bucket = i.bucket,
             deadline_at = i.deadline_at, waits = i.waits, active = i.active, error = i.error,
             outcome = i.outcome, run_deadline_at = i.run_deadline_at, updated_at = now(),
             ended_at = CASE WHEN i.active THEN t.ended_at ELSE now() END
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[],
                    $7::bigint[], $8::int[], $9::text[], $10::text[], $11::int[],
                    $12::timestamptz[], $13::int[], $14::int[], $15::timestamptz[], $16::boolean[],
                    $17::boolean[], $18::uuid[], $19::text[], $20::timestamptz[])
          AS i (resource_uuid, uuid, state, step, version, wakes,
                entered, tries, resume, attrs, schema_version,
                due_at, every_s, bucket, deadline_at, waits,
                active, error, outcome, run_deadline_at)
       WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid
      """;

  static final String WAKE_TASKS =
      """
      UPDATE tasks AS t
         SET wakes = i.wakes, due_at = i.due_at
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[])
          AS i (resource_uuid, uuid, wakes, due_at)
       WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid
      """;

  /** What runs wait for from now on before they begin, each in its place by age. */
  static final String ADMISSIONS =
      """
      UPDATE tasks AS t
         SET admission = i.admission, admission_at = t.created_at
        FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS i (resource_uuid, uuid, admission)
       WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid
      """;

  /** Active tasks follow their resource to its schema version. */
  static final String LIFT =
      """
      UPDATE tasks AS t
         SET schema_version = i.schema_version, version = t.version + 1, updated_at = now()
        FROM unnest($1::uuid[], $2::int[]) AS i (resource_uuid, schema_version)
       CROSS JOIN LATERAL (
         SELECT a.uuid FROM tasks a
          WHERE a.resource_uuid = i.resource_uuid AND a.active
            AND a.schema_version <> i.schema_version
         OFFSET 0) AS a
       WHERE t.resource_uuid = i.resource_uuid AND t.uuid = a.uuid
      """;

  static final String NEW_TASKS =
      """
      INSERT INTO tasks (resource_uuid, uuid, name, run, queue, type, schema_version, priority, attrs,
                         args, started_by, cause, streak, due_at)
      SELECT i.resource_uuid, i.uuid, i.name, i.run, i.queue, i.type, i.schema_version, i.priority,
             i.attrs::jsonb, i.args::jsonb, i.started_by, i.cause, i.streak, i.due_at
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[],
                    $7::int[], $8::int[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::int[], $14::timestamptz[])
          AS i (resource_uuid, uuid, name, run, queue, type,
                schema_version, priority, attrs, args, started_by, cause,
                streak, due_at)
      """;

  static final String NEW_RESOURCES =
      """
      INSERT INTO resources (uuid, parent_uuid, path, label, queue, type, schema_version, priority,
                             state, attrs, due_at)
      SELECT i.uuid, i.parent_uuid, string_to_array(i.path, ',')::uuid[], i.label, i.queue, i.type,
             i.schema_version, i.priority, i.state, i.attrs::jsonb, now()
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::int[], $8::int[], $9::text[], $10::text[])
          AS i (uuid, parent_uuid, path, label, queue, type, schema_version, priority, state, attrs)
      """;

  private GroupSql() {}
}
