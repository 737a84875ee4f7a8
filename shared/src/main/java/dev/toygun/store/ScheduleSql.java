package dev.toygun.store;

/** The statements of schedules. */
final class ScheduleSql {
  /** Their columns, as {@link PgSchedules#row} takes them. */
  static final String SEEN =
      """
      SELECT resource_uuid, name, spec, next_at, due_at, last_at, note, failed_at
        FROM schedules
       WHERE resource_uuid = ANY ($1::uuid[])
       ORDER BY resource_uuid, name
      """;

  /**
   * Has a clock look at those schedules of these resources, by their types' definitions, that it
   * knows nothing of yet, or that are other ones by now.
   */
  static final String ENROL =
      """
      INSERT INTO schedules AS s (resource_uuid, name, due_at)
      SELECT r.uuid, w.name, now()
        FROM unnest($1::uuid[]) AS i(uuid)
       CROSS JOIN LATERAL (
         SELECT r.uuid, r.type, r.schema_version FROM resources r
          WHERE r.uuid = i.uuid AND r.active
         OFFSET 0) AS r
        JOIN resource_types t ON t.name = r.type AND t.version = r.schema_version
       CROSS JOIN LATERAL jsonb_each_text(t.schedules) AS w(name, spec)
        LEFT JOIN LATERAL (
         SELECT b.spec FROM schedules b WHERE b.resource_uuid = r.uuid AND b.name = w.name
         OFFSET 0) AS b ON true
       WHERE b.spec IS DISTINCT FROM w.spec
       ORDER BY r.uuid, w.name
          ON CONFLICT (resource_uuid, name) DO UPDATE
         SET due_at = least(s.due_at, excluded.due_at)
      """;

  /**
   * A type whose schedules have changed, and whose resources have not all been seen to: any of
   * them, or the first would keep all others waiting until it is through.
   */
  static final String ENROLLING =
      """
      SELECT name, version, enrols_after, enrols_uuid
        FROM resource_types
       WHERE enrols_after IS NOT NULL
       ORDER BY random()
       LIMIT 1
         FOR NO KEY UPDATE SKIP LOCKED
      """;

  /** The next resources of a type, of any version, by age. */
  static final String NEXT =
      """
      SELECT uuid, created_at
        FROM resources
       WHERE type = $1 AND (created_at, uuid) > ($2, $3)
       ORDER BY created_at, uuid
       LIMIT $4
      """;

  /*
   * $5 whether there may be more. Who made one as the schedules changed may not have seen that, and
   * may have committed after this passed it: so it is gone through again, until that is long ago.
   */
  static final String ENROLLED =
      """
      UPDATE resource_types
         SET enrols_after = CASE WHEN $5::boolean THEN $3::timestamptz
                                 WHEN updated_at > now() - interval '30 s'
                                 THEN '-infinity'::timestamptz END,
             enrols_uuid = CASE WHEN $5 THEN $4::uuid
                                ELSE '00000000-0000-0000-0000-000000000000'::uuid END
       WHERE name = $1 AND version = $2
      """;

  /** What these resources owe, and was put off, is looked at now. */
  static final String OWED =
      """
      UPDATE schedules
         SET due_at = now()
       WHERE resource_uuid = ANY ($1::uuid[]) AND due_at > now() AND next_at <= now()
      """;

  static final String DUE =
      """
      SELECT resource_uuid, name
        FROM schedules
       WHERE due_at <= now()
       ORDER BY due_at, resource_uuid, name
       LIMIT $1
      """;

  /** Those of these resources that are due, with what the definitions say of them. */
  static final String DUE_OF =
      """
      SELECT s.resource_uuid, s.name, s.spec, s.next_at, s.due_at, s.last_at, s.note,
             s.failed_at,
             (SELECT t.schedules ->> s.name
                FROM resources r
                JOIN resource_types t ON t.name = r.type AND t.version = r.schema_version
               WHERE r.uuid = s.resource_uuid)
        FROM schedules s
       WHERE s.resource_uuid = ANY ($1::uuid[]) AND s.due_at <= now()
       ORDER BY s.resource_uuid, s.name
         FOR UPDATE OF s
      """;

  static final String WRITE =
      """
      UPDATE schedules AS s
         SET spec = i.spec, next_at = i.next_at, due_at = i.due_at, last_at = i.last_at,
             note = i.note, failed_at = i.failed_at
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[],
                    $6::timestamptz[], $7::text[], $8::timestamptz[])
          AS i (resource_uuid, name, spec, next_at, due_at, last_at, note, failed_at)
       WHERE s.resource_uuid = i.resource_uuid AND s.name = i.name
      """;

  static final String REMOVE =
      """
      DELETE FROM schedules AS s
       USING unnest($1::uuid[], $2::text[]) AS i (resource_uuid, name)
       WHERE s.resource_uuid = i.resource_uuid AND s.name = i.name
      """;

  /** What the database refuses to start is left for a minute. */
  static final String PUT_OFF =
      """
      UPDATE schedules
         SET due_at = now() + interval '1 min', note = $2, failed_at = coalesce(failed_at, now())
       WHERE resource_uuid = $1 AND due_at <= now()
      """;

  private ScheduleSql() {}
}
