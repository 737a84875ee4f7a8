package dev.toygun.store;

/** Why the machines of all resources wait: {@link Liveness}. */
final class LivenessSql {
  /*
   * A page of resources and a page of tasks, each machine explained as it is in this one snapshot.
   * $1, $2, $3: the parent, type and label after which the resources come; $4, $5: the resource and
   * name after which the tasks come; $6: how many of each.
   *
   * A resource may wait for a task or a child, whatever that waits for: it is looked at for itself.
   * Such waiting leads down the tree and so to an end, and what is there waits for a time or a
   * message, or is left over.
   *
   * sound  no check of the tables has seen to it: each would cost every move
   */
  static final String PAGE =
      """
      WITH some_resources AS MATERIALIZED (
        SELECT r.uuid, coalesce(r.parent_uuid, '00000000-0000-0000-0000-000000000000') AS parent, r.label,
               r.version, r.queue, r.type, r.schema_version, r.state, r.tries, r.due_at, r.every_s, r.deadline_at,
               r.waits, toygun_sound(r) AS sound
          FROM resources r
         WHERE r.active
           AND (coalesce(r.parent_uuid, '00000000-0000-0000-0000-000000000000'), r.type, r.label) > ($1::uuid, $2::text, $3::text)
         ORDER BY coalesce(r.parent_uuid, '00000000-0000-0000-0000-000000000000'), r.type, r.label
         LIMIT $6
      ),
      some_tasks AS MATERIALIZED (
        SELECT t.resource_uuid, t.uuid, t.name, t.version, t.queue, t.type, t.schema_version, t.state, t.tries,
               t.due_at, t.every_s, t.deadline_at,
               t.waits OR (t.admission IN ('waits', 'asks') AND t.state = '__new__') AS waits,
               toygun_sound(t) AND EXISTS (SELECT FROM resources o WHERE o.uuid = t.resource_uuid OFFSET 0) AS sound
          FROM tasks t
         WHERE t.active AND (t.resource_uuid, t.name) > ($4::uuid, $5::text)
         ORDER BY t.resource_uuid, t.name
         LIMIT $6
      ),
      machines AS (
        SELECT r.uuid, r.uuid AS resource_uuid, '' AS task, r.version, r.queue, r.type, r.schema_version, r.state,
               r.tries, r.due_at, r.every_s, r.deadline_at, r.waits, r.sound
          FROM some_resources r
         UNION ALL
        SELECT t.uuid, t.resource_uuid, t.name, t.version, t.queue, t.type, t.schema_version, t.state,
               t.tries, t.due_at, t.every_s, t.deadline_at, t.waits, t.sound
          FROM some_tasks t
      ),
      %s,
      explained AS MATERIALIZED (
        SELECT m.*,
               CASE
                 WHEN NOT m.sound THEN 'left_over'
                 WHEN m.due_at > now() AND m.every_s IS NOT NULL THEN 'polling'
                 WHEN m.due_at > now() AND m.tries = 0 AND m.due_at = m.deadline_at THEN 'waiting'
                 WHEN m.due_at > now() THEN 'due_later'
                 WHEN m.due_at > now() - interval '60 s' THEN 'due'
                 WHEN m.every_s IS NOT NULL THEN 'polling'
                 WHEN EXISTS (
                   SELECT FROM holds h
                    WHERE h.settled_at IS NULL
                      AND %s) THEN 'held'
                 WHEN m.state IN ('__panic__', '__timeout__') AND EXISTS (
                   SELECT FROM alarms a
                    WHERE a.resource_uuid = m.resource_uuid AND a.subject_uuid = m.uuid AND a.active
                    OFFSET 0)
                   THEN 'panicked'
                 WHEN m.due_at IS NOT NULL AND EXISTS (
                   SELECT FROM alarms a
                    WHERE a.resource_uuid = m.resource_uuid AND a.subject_uuid = m.uuid AND a.name = 'stuck'
                      AND a.active
                    OFFSET 0)
                   THEN 'stuck'
                 WHEN m.due_at IS NOT NULL THEN 'late'
                 WHEN m.state IN ('__panic__', '__timeout__') THEN 'left_over'
                 WHEN m.deadline_at IS NOT NULL THEN 'waiting'
                 WHEN m.task <> '' AND m.waits THEN 'waiting'
                 WHEN m.task <> '' THEN 'left_over'
                 WHEN m.type = '__system__' OR (m.type, m.schema_version, m.state) IN (
                   SELECT r.type, r.version, r.state FROM resting r) THEN 'resting'
                 WHEN EXISTS (SELECT FROM tasks t WHERE t.resource_uuid = m.uuid AND t.active OFFSET 0)
                   OR EXISTS (SELECT FROM resources c WHERE c.parent_uuid = m.uuid AND c.active OFFSET 0) THEN 'waiting'
                 WHEN %s
                   THEN 'held'
                 ELSE 'left_over'
               END AS reason
          FROM machines m
      ),
      last_resource AS (
        SELECT parent, type, label FROM some_resources ORDER BY parent DESC, type DESC, label DESC LIMIT 1
      ),
      last_task AS (
        SELECT resource_uuid, name FROM some_tasks ORDER BY resource_uuid DESC, name DESC LIMIT 1
      )
      SELECT reason, count(*) AS n, NULL::uuid AS resource_uuid, NULL::uuid AS uuid, NULL::bigint AS version,
             NULL::text AS queue, NULL::text AS type, NULL::integer AS schema_version, NULL::timestamptz AS due_at, NULL::timestamptz AS seen_at,
             (SELECT parent FROM last_resource) AS after_parent,
             (SELECT type FROM last_resource) AS after_type,
             (SELECT label FROM last_resource) AS after_label,
             (SELECT resource_uuid FROM last_task) AS after_resource,
             (SELECT name FROM last_task) AS after_name
        FROM explained
       GROUP BY reason
       UNION ALL
      (SELECT reason, 0, resource_uuid, uuid, version, queue, type, schema_version, due_at, now(), NULL, NULL, NULL, NULL, NULL
         FROM (SELECT *, row_number() OVER (PARTITION BY queue, type, schema_version ORDER BY uuid) AS nth
                 FROM explained
                WHERE reason = 'late') AS late
        WHERE nth <= 100)
       UNION ALL
      (SELECT reason, 0, resource_uuid, uuid, version, queue, type, schema_version, NULL, now(), NULL, NULL, NULL, NULL, NULL
         FROM explained
        WHERE reason = 'left_over'
        ORDER BY uuid
        LIMIT 100)
      """
          .formatted(
              resting(),
              HeldSql.machine(
                  "h.resource_uuid = m.resource_uuid OR h.resource_uuid = ANY ("
                      + "(SELECT r.path FROM resources r WHERE r.uuid = m.resource_uuid)::uuid[])",
                  "m.type",
                  "m.queue",
                  "m.task",
                  HeldSql.kept(
                      "m.type",
                      "m.task",
                      "m.state",
                      "m.uuid",
                      "(SELECT r.deleting FROM resources r WHERE r.uuid = m.resource_uuid)")),
              stopped("m.uuid"));

  /** The states in which nothing is to happen, by type and version. */
  static String resting() {
    return """
    resting AS MATERIALIZED (
      SELECT t.name AS type, t.version, named.state
        FROM resource_types t, jsonb_array_elements(t.definition -> 'states') s
       CROSS JOIN LATERAL (
         SELECT s ->> 'name' UNION ALL SELECT jsonb_array_elements_text(s -> 'formerly')) AS named(state)
       WHERE (s ->> 'rests')::boolean
    )\
    """;
  }

  /** That a person stopped the latest run of a task of this resource. */
  static String stopped(String resource) {
    return """
    EXISTS (
                   SELECT FROM tasks t
                    WHERE t.resource_uuid = %1$s AND NOT t.active AND t.outcome IN ('stopped', 'aborted')
                      AND NOT EXISTS (
                        SELECT FROM tasks later
                         WHERE later.resource_uuid = t.resource_uuid AND later.name = t.name AND later.run > t.run)
                    OFFSET 0)\
    """
        .formatted(resource);
  }

  private LivenessSql() {}
}
