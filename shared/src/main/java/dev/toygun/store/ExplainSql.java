package dev.toygun.store;

/**
 * Why the machines of one resource wait: the same classes as {@link Liveness} has for all. Of one
 * that is held it says so first, since nothing else of it comes about before.
 */
final class ExplainSql {
  /** $1: the resource, $2: which children count. It comes first, then its tasks by name. */
  static final String MACHINES =
      """
      WITH machines AS (
        SELECT r.uuid, '' AS task, r.path || r.uuid AS line, r.queue, r.type, r.schema_version, r.state,
               r.due_at, r.every_s, r.deadline_at, r.waits, r.deleting, toygun_sound(r) AS sound
          FROM resources r
         WHERE r.uuid = $1 AND r.active
         UNION ALL
        SELECT t.uuid, t.name, r.path || r.uuid, t.queue, t.type, t.schema_version, t.state,
               t.due_at, t.every_s, t.deadline_at,
               t.waits OR (coalesce(t.admission, '') IN ('waits', 'asks') AND t.state = '__new__'), r.deleting,
               toygun_sound(t)
          FROM tasks t
          JOIN resources r ON r.uuid = t.resource_uuid
         WHERE t.resource_uuid = $1 AND t.active
      ),
      around AS (
        SELECT m.*, held.uuid AS hold, held.abandons, held.actor AS held_by, held.reason AS held_because,
               (SELECT a.uuid FROM alarms a
                 WHERE a.resource_uuid = $1 AND a.subject_uuid = m.uuid AND a.active
                 ORDER BY a.name IN ('panic', 'timeout', 'stuck') DESC, a.created_at DESC
                 LIMIT 1) AS alarm,
               EXISTS (SELECT FROM alarms a
                        WHERE a.resource_uuid = $1 AND a.subject_uuid = m.uuid AND a.name = 'stuck'
                          AND a.active) AS stuck,
               m.state IN ('__panic__', '__timeout__') AS broken,
               m.task = '' AND (m.type = '__system__' OR EXISTS (
                 SELECT FROM resource_types t, jsonb_array_elements(t.definition -> 'states') s
                  WHERE t.name = m.type AND t.version = m.schema_version
                    AND (s ->> 'name' = m.state OR jsonb_exists(s -> 'formerly', m.state))
                    AND (s ->> 'rests')::boolean)) AS rests,
               (SELECT count(*) FROM (SELECT FROM tasks t
                 WHERE t.resource_uuid = $1 AND t.active LIMIT 1000) AS s) AS tasks,
               (SELECT count(*) FROM (SELECT FROM resources c
                 WHERE c.parent_uuid = $1 AND c.active AND ($2::text[] IS NULL OR c.type = ANY ($2))
                 LIMIT 1000) AS s) AS children,
               EXISTS (SELECT FROM resources c WHERE c.parent_uuid = $1 AND c.active) AS has_children,
               (SELECT t.name FROM tasks t
                 WHERE t.resource_uuid = $1 AND NOT t.active AND t.outcome IN ('stopped', 'aborted')
                   AND NOT EXISTS (SELECT FROM tasks later
                     WHERE later.resource_uuid = $1 AND later.name = t.name AND later.run > t.run)
                 ORDER BY t.ended_at DESC
                 LIMIT 1) AS stopped,
               (SELECT max(b.seen_at) FROM type_builds b
                 WHERE b.name = m.type AND b.version = m.schema_version) AS published
          FROM machines m
          LEFT JOIN LATERAL (
            SELECT h.uuid, h.abandons, h.actor, h.reason
              FROM holds h
             WHERE h.settled_at IS NULL
               AND %s
             ORDER BY h.abandons DESC, h.created_at
             LIMIT 1) AS held ON true
      )
      SELECT uuid, task, state, queue, type, schema_version, due_at, every_s, deadline_at, waits, hold, alarm,
             tasks, children, stopped, published, now() AS now,
             CASE
               WHEN hold IS NOT NULL THEN 'held'
               WHEN NOT sound THEN 'left_over'
               WHEN due_at > now() THEN 'due_later'
               WHEN due_at > now() - interval '60 s' THEN 'due'
               WHEN every_s IS NOT NULL THEN 'polling'
               WHEN broken AND alarm IS NOT NULL THEN 'panicked'
               WHEN due_at IS NOT NULL AND stuck THEN 'stuck'
               WHEN due_at IS NOT NULL THEN 'late'
               WHEN broken THEN 'left_over'
               WHEN deadline_at IS NOT NULL OR (task <> '' AND waits) THEN 'waiting'
               WHEN rests THEN 'resting'
               WHEN task = '' AND (tasks > 0 OR has_children) THEN 'waiting'
               WHEN task = '' AND stopped IS NOT NULL THEN 'held'
               ELSE 'left_over'
             END AS reason,
             abandons, held_by, held_because
        FROM around
       ORDER BY task
       LIMIT 1000
      """
          .formatted(
              HeldSql.machine(
                  "h.resource_uuid = ANY (m.line)",
                  "m.type",
                  "m.queue",
                  "m.task",
                  HeldSql.kept("m.type", "m.task", "m.state", "m.uuid", "m.deleting")));

  private ExplainSql() {}
}
