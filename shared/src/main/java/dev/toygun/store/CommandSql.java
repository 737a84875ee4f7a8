package dev.toygun.store;

/** The statements of requests that no group has. */
final class CommandSql {
  static final String INSERT =
      """
      INSERT INTO resources (uuid, label, queue, type, schema_version, priority, state, attrs, due_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, now())
          ON CONFLICT DO NOTHING
      RETURNING uuid, parent_uuid, path, label, type, schema_version, queue, priority, state, step,
                version, wakes, entered, tries, resume, attrs::text, due_at, every_s, deadline_at,
                waits, active, error, created_at, updated_at, ended_at, deleting, availability, misses,
                planned_until, observers
      """;

  /** Nothing comes back where the other one has another shape. */
  static final String PUBLISH =
      """
      INSERT INTO resource_types AS t (name, version, definition, shape, schedules)
      VALUES ($1, $2, $3::text::jsonb, $4, $5::text::jsonb)
          ON CONFLICT (name, version) DO UPDATE
         SET definition = excluded.definition, schedules = excluded.schedules,
             updated_at = CASE WHEN t.definition IS DISTINCT FROM excluded.definition THEN now()
                               ELSE t.updated_at END,
             enrols_after = CASE WHEN t.schedules IS DISTINCT FROM excluded.schedules
                                 THEN '-infinity'::timestamptz ELSE t.enrols_after END,
             enrols_uuid = CASE WHEN t.schedules IS DISTINCT FROM excluded.schedules
                                THEN '00000000-0000-0000-0000-000000000000'::uuid
                                ELSE t.enrols_uuid END
       WHERE t.shape = excluded.shape
      RETURNING name
      """;

  static final String PUBLISHED =
      """
      SELECT shape FROM resource_types WHERE name = $1 AND version = $2
      """;

  static final String PUBLISHED_BY =
      """
      INSERT INTO type_builds (name, version, build)
      VALUES ($1, $2, $3)
          ON CONFLICT (name, version, build) DO UPDATE
         SET seen_at = now()
      """;

  private CommandSql() {}
}
