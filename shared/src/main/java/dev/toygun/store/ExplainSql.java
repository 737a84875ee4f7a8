package dev.toygun.store;

/**
 * Why machines wait: the same classes as {@link Liveness} has for all. Of one that is held it says
 * so first, since nothing else of it comes about before.
 */
final class ExplainSql {
  /**
   * $1: resources, $2: which children count, $3: which of these and their tasks, null for all. A
   * resource comes first, then its tasks by name.
   */
  static final String MACHINES =
      """
      WITH machines AS (
        SELECT r.uuid, r.uuid AS resource, r.label, '' AS task, r.path || r.uuid AS line, r.queue, r.type,
               r.schema_version, r.state, r.step, r.tries, r.error, r.due_at, r.every_s, r.deadline_at,
               NULL::timestamptz AS run_deadline_at, r.waits, NULL AS admission, r.deleting, toygun_sound(r) AS sound
          FROM resources r
         WHERE r.uuid = ANY ($1::uuid[]) AND r.active AND ($3::uuid[] IS NULL OR r.uuid = ANY ($3))
         UNION ALL
        SELECT t.uuid, r.uuid, r.label, t.name, r.path || r.uuid, t.queue, t.type, t.schema_version, t.state,
               t.step, t.tries, t.error, t.due_at, t.every_s, t.deadline_at,
               t.run_deadline_at, t.waits OR (coalesce(t.admission, '') IN ('waits', 'asks') AND t.state = '__new__'),
               CASE WHEN t.state = '__new__' THEN t.admission END, r.deleting, toygun_sound(t)
          FROM tasks t
          JOIN resources r ON r.uuid = t.resource_uuid
         WHERE t.resource_uuid = ANY ($1) AND t.active AND ($3 IS NULL OR t.uuid = ANY ($3))
      ),
      around AS (
        SELECT m.*, held.uuid AS hold, held.abandons, held.actor AS held_by, held.reason AS held_because,
               (SELECT a.uuid FROM alarms a
                 WHERE a.resource_uuid = m.resource AND a.subject_uuid = m.uuid AND a.active
                 ORDER BY a.name IN ('panic', 'timeout', 'stuck') DESC, a.created_at DESC
                 LIMIT 1) AS alarm,
               EXISTS (SELECT FROM alarms a
                        WHERE a.resource_uuid = m.resource AND a.subject_uuid = m.uuid AND a.name = 'stuck'
                          AND a.active) AS stuck,
               m.state IN ('__panic__', '__timeout__') AS broken,
               m.task = '' AND (m.type = '__system__' OR EXISTS (
                 SELECT FROM resource_types t, jsonb_array_elements(t.definition -> 'states') s
                  WHERE t.name = m.type AND t.version = m.schema_version
                    AND (s ->> 'name' = m.state OR jsonb_exists(s -> 'formerly', m.state))
                    AND (s ->> 'rests')::boolean)) AS rests,
               (SELECT count(*) FROM (SELECT FROM tasks t
                 WHERE t.resource_uuid = m.resource AND t.active LIMIT 1000) AS s) AS tasks,
               (SELECT count(*) FROM (SELECT FROM resources c
                 WHERE c.parent_uuid = m.uuid AND c.active AND ($2::text[] IS NULL OR c.type = ANY ($2))
                 LIMIT 1000) AS s) AS children,
               EXISTS (SELECT FROM resources c WHERE c.parent_uuid = m.uuid AND c.active) AS has_children,
               (SELECT t.name FROM tasks t
                 WHERE m.task = '' AND t.resource_uuid = m.uuid AND NOT t.active
                   AND t.outcome IN ('stopped', 'aborted')
                   AND NOT EXISTS (SELECT FROM tasks later
                     WHERE later.resource_uuid = m.uuid AND later.name = t.name AND later.run > t.run)
                 ORDER BY t.ended_at DESC
                 LIMIT 1) AS stopped,
               (SELECT max(b.seen_at) FROM type_builds b
                 WHERE b.name = m.type AND b.version = m.schema_version) AS published,
               said.message AS said, moved.at AS moved_at,
               failed.kind, failed.message AS failure, failed.at AS failed_at
          FROM machines m
          LEFT JOIN LATERAL (
            SELECT h.uuid, h.abandons, h.actor, h.reason
              FROM holds h
             WHERE h.settled_at IS NULL
               AND %s
             ORDER BY h.abandons DESC, h.created_at
             LIMIT 1) AS held ON true
          LEFT JOIN LATERAL (
            SELECT h.message, h.at
              FROM transitions h
             WHERE h.resource_uuid = m.resource AND h.subject_uuid = m.uuid AND h.step = m.step
             LIMIT 1) AS moved ON true
          LEFT JOIN LATERAL (
            SELECT coalesce(
                     (SELECT l.message FROM log l
                       WHERE l.resource_uuid = m.resource AND l.subject_uuid = m.uuid AND l.step = m.step
                       ORDER BY l.seq DESC LIMIT 1),
                     moved.message, '') AS message) AS said ON true
          LEFT JOIN LATERAL (
            SELECT e.kind, e.message, e.at
              FROM errors e
             WHERE e.uuid = m.error AND (m.tries > 0 OR m.state IN ('__panic__', '__timeout__'))
             LIMIT 1) AS failed ON true
      )
      SELECT uuid, task, state, queue, type, schema_version, due_at, every_s, deadline_at, waits, hold, alarm,
             tasks, children, stopped, published, now() AS now,
             CASE
               WHEN hold IS NOT NULL THEN 'held'
               WHEN NOT sound THEN 'left_over'
               WHEN due_at > now() AND every_s IS NOT NULL THEN 'polling'
               WHEN due_at > now() AND tries = 0 AND due_at = deadline_at THEN 'waiting'
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
             abandons, held_by, held_because, resource, label, deleting, tries, admission, said, moved_at,
             error, kind, failure, failed_at, run_deadline_at
        FROM around
       ORDER BY resource, task
       LIMIT 1000
      """
          .formatted(
              HeldSql.machine(
                  "h.resource_uuid = ANY (m.line)",
                  "m.type",
                  "m.queue",
                  "m.task",
                  HeldSql.kept("m.type", "m.task", "m.state", "m.uuid", "m.deleting")));

  /** That {@code r} is taken down, and has tasks that have to end before its children. */
  private static final String OCCUPIED =
      """
      r.deleting <> 'no' AND EXISTS (
                    SELECT FROM tasks t WHERE t.resource_uuid = r.uuid AND t.active OFFSET 0)\
      """;

  /*
   * From a resource down to what keeps it from going on, as far as rows alone tell: eight levels, and of
   * each the five that tell most. Of a subtree a thousand resources are looked at, level by level; the
   * recursion is read one by one. Children are not asked to go before all tasks have ended, so what is
   * taken down waits for none of them until then.
   *
   * rank  0 it has stopped, 1 nobody takes it, 2 somebody holds it, or stopped its task, 3 it fails, 4 it
   *       waits for its turn; 5 a task goes on, 6 a resource waits, 7 it rests, or is below one that does
   */
  /** $1: the resource, $2: types that count, null for all, $3: a task that does not, or null. */
  static final String WAY =
      """
      WITH RECURSIVE %1$s,
      below AS (
        SELECT r.uuid, 0 AS depth, false AS rests,
               r.deleting = 'no' AND (r.type, r.schema_version, r.state) IN (SELECT * FROM resting) AS calm,
               %2$s AS is_occupied
          FROM resources r
         WHERE r.uuid = $1 AND r.active
         UNION ALL
        SELECT c.uuid, b.depth + 1, c.rests, c.deleting = 'no' AND (b.calm OR c.rests), c.is_occupied
          FROM below b
         CROSS JOIN LATERAL (
           SELECT r.uuid, r.deleting,
                  (r.type, r.schema_version, r.state) IN (SELECT * FROM resting) AS rests,
                  %2$s AS is_occupied
             FROM resources r
            WHERE r.parent_uuid = b.uuid AND r.active AND ($2::text[] IS NULL OR r.type = ANY ($2))
           OFFSET 0) AS c
         WHERE b.depth < 6 AND NOT b.is_occupied
      ),
      walked AS MATERIALIZED (SELECT * FROM below LIMIT 1000),
      machines AS (
        SELECT w.depth, w.calm, r.uuid, r.uuid AS resource, r.parent_uuid AS above, r.path || r.uuid AS line,
               '' AS task, r.queue, r.type, r.schema_version, r.state, r.tries, r.due_at, r.every_s,
               false AS in_line, r.deleting,
               NOT w.rests AND num_nonnulls(r.due_at, r.every_s, r.deadline_at) = 0 AS is_idle
          FROM walked w
         CROSS JOIN LATERAL (SELECT o.* FROM resources o WHERE o.uuid = w.uuid LIMIT 1) AS r
         UNION ALL
        SELECT w.depth + 1, w.calm, t.uuid, r.uuid, r.uuid, r.path || r.uuid || t.uuid,
               t.name, t.queue, t.type, t.schema_version, t.state, t.tries, t.due_at, t.every_s,
               coalesce(t.admission, '') IN ('waits', 'asks') AND t.state = '__new__', r.deleting, false
          FROM walked w
         CROSS JOIN LATERAL (SELECT o.* FROM resources o WHERE o.uuid = w.uuid LIMIT 1) AS r
         CROSS JOIN LATERAL (
           SELECT o.* FROM tasks o WHERE o.resource_uuid = w.uuid AND o.active AND o.uuid IS DISTINCT FROM $3
           OFFSET 0) AS t
      ),
      ranked AS MATERIALIZED (
        SELECT m.uuid, m.resource, m.above, m.line, m.depth,
               CASE
                 WHEN m.state IN ('__panic__', '__timeout__') THEN 0
                 WHEN m.is_held THEN 2
                 WHEN m.is_idle AND m.is_alone
                   AND NOT EXISTS (SELECT FROM resources c WHERE c.parent_uuid = m.uuid AND c.active OFFSET 0)
                   AND %4$s
                   THEN 2
                 WHEN m.every_s IS NULL AND m.due_at < now() - interval '60 s' THEN 1
                 WHEN m.tries > 0 THEN 3
                 WHEN m.in_line THEN 4
                 WHEN m.calm THEN 7
                 WHEN m.task <> '' THEN 5
                 ELSE 6
               END AS rank
          FROM (SELECT m.*, count(*) OVER (PARTITION BY m.resource) = 1 AS is_alone, EXISTS (
                         SELECT FROM holds h
                          WHERE h.settled_at IS NULL
                            AND %3$s) AS is_held
                  FROM machines m) AS m
      ),
      culprit AS MATERIALIZED (
        SELECT * FROM ranked
         WHERE uuid <> $1
         ORDER BY rank, CASE WHEN rank < 5 THEN depth ELSE -depth END, uuid
         LIMIT 1
      ),
      way AS MATERIALIZED (
        SELECT w.uuid, w.nth - array_position(c.line, $1) AS level, w.nth = cardinality(c.line) AS ends
          FROM culprit c
         CROSS JOIN LATERAL unnest(c.line) WITH ORDINALITY AS w (uuid, nth)
         WHERE w.nth >= array_position(c.line, $1)
      )
      SELECT s.level, s.resource, s.uuid, s.n, (SELECT rank FROM culprit) < 5 AS is_in_trouble
        FROM (SELECT w.level + 1 AS level, m.resource, m.uuid, count(*) OVER (PARTITION BY w.level) AS n,
                     row_number() OVER (
                       PARTITION BY w.level
                       ORDER BY m.uuid IN (SELECT uuid FROM way) DESC, m.rank, m.uuid) AS nth
                FROM way w
                JOIN ranked m ON m.above = w.uuid
               WHERE NOT w.ends) AS s
       WHERE s.nth <= 5
       ORDER BY s.level, s.nth
      """
          .formatted(
              LivenessSql.resting(),
              OCCUPIED,
              HeldSql.machine(
                  "h.resource_uuid = ANY (m.line)",
                  "m.type",
                  "m.queue",
                  "m.task",
                  HeldSql.kept("m.type", "m.task", "m.state", "m.uuid", "m.deleting")),
              LivenessSql.stopped("m.uuid"));

  /** Since when the availability of $1 is what it is; no row where nothing has ever observed it. */
  static final String OBSERVED =
      """
      SELECT at FROM observations WHERE resource_uuid = $1 ORDER BY at DESC, version DESC LIMIT 1
      """;

  /** These alarms $1. */
  static final String ALARMS =
      ViewsSql.alarms(
          """
          unnest($1::uuid[]) AS i (uuid)
          CROSS JOIN LATERAL (SELECT o.* FROM alarms o WHERE o.uuid = i.uuid LIMIT 1) AS a
          """);

  /** The alarms that are not closed of the run $2 of the resource $1. */
  static final String ALARMS_OF_RUN =
      ViewsSql.alarms(
          """
          alarms a
          WHERE a.resource_uuid = $1 AND a.subject_uuid = $2 AND a.active
          ORDER BY a.created_at DESC, a.uuid DESC
          LIMIT 20
          """);

  private ExplainSql() {}
}
