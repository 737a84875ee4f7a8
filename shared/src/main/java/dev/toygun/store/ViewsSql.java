package dev.toygun.store;

import dev.toygun.store.Views.Order;

/** The statements of {@link Views}. */
final class ViewsSql {
  private ViewsSql() {}

  static final String TYPES =
      """
      SELECT t.definition::text AS definition,
             ARRAY(SELECT v.version FROM resource_types v WHERE v.name = t.name ORDER BY v.version) AS versions,
             ARRAY(SELECT b.build FROM type_builds b WHERE b.name = t.name AND b.version = t.version
                    ORDER BY b.seen_at DESC LIMIT 20) AS builds,
             (SELECT max(b.seen_at) FROM type_builds b WHERE b.name = t.name AND b.version = t.version) AS last_seen
        FROM resource_types t
       WHERE NOT EXISTS (SELECT FROM resource_types n WHERE n.name = t.name AND n.version > t.version)
       ORDER BY t.name
       LIMIT 1000
      """;

  /** Whether any version of any type has a task $1: older ones have rows as well. */
  static final String HAS_TASK =
      """
      SELECT EXISTS (
        SELECT FROM resource_types t, jsonb_array_elements(t.definition -> 'tasks') AS task
         WHERE task ->> 'name' = $1) AS found
      """;

  static final String TYPE =
      """
      SELECT t.definition::text AS definition,
             ARRAY(SELECT v.version FROM resource_types v WHERE v.name = t.name ORDER BY v.version) AS versions,
             ARRAY(SELECT b.build FROM type_builds b WHERE b.name = t.name AND b.version = t.version
                    ORDER BY b.seen_at DESC LIMIT 20) AS builds,
             (SELECT max(b.seen_at) FROM type_builds b WHERE b.name = t.name AND b.version = t.version) AS last_seen
        FROM resource_types t
       WHERE t.name = $1
         AND t.version = coalesce($2::int, (SELECT max(version) FROM resource_types WHERE name = $1))
      """;

  /* The four orders of a list are four statements. */
  static final String RESOURCES_BY_CREATED_AT =
      ListSql.resources("", "resources r", Order.CREATED_AT);
  static final String RESOURCES_BY_CREATED_AT_DESC =
      ListSql.resources("", "resources r", Order.CREATED_AT_DESC);
  static final String RESOURCES_BY_LABEL = ListSql.resources("", "resources r", Order.LABEL);
  static final String RESOURCES_BY_LABEL_DESC =
      ListSql.resources("", "resources r", Order.LABEL_DESC);

  static final String RESOURCE_COUNTS =
      """
      SELECT state, count(*) AS n
        FROM resources
       WHERE type = $1 AND active
       GROUP BY state
       ORDER BY state
      """;

  static final String CHILDREN =
      """
      SELECT count(*) AS n
        FROM (SELECT FROM resources
               WHERE parent_uuid = $1 AND active AND ($2::text[] IS NULL OR type = ANY ($2))
               LIMIT 100000) AS c
      """;

  /* uuids are in order of time. */
  static final String ELDEST =
      """
      SELECT r.uuid, r.type, r.label, r.state
        FROM resources r
       WHERE r.parent_uuid = $1 AND r.active AND ($2::text[] IS NULL OR r.type = ANY ($2))
       ORDER BY r.uuid
       LIMIT 10
      """;

  static final String PLACES =
      """
      SELECT r.uuid, r.type, r.label, r.active, r.path
        FROM unnest($1::uuid[]) AS i (uuid)
       CROSS JOIN LATERAL (
         SELECT o.uuid, o.type, o.label, o.active, o.path FROM resources o WHERE o.uuid = i.uuid LIMIT 1) AS r
      """;

  /**
   * Alarms, and what their resources are called.
   *
   * @param from what has them, as {@code a}, and which
   */
  static String alarms(String from) {
    return """
        SELECT a.uuid, a.resource_uuid, a.subject_uuid, a.type, a.name, a.task, a.state, a.version, a.severity,
               a.message, a.error, a.acknowledged, a.snoozed_until, a.under, a.attrs ->> 'runbook' AS runbook,
               a.created_at, a.opened_at, a.updated_at, a.ended_at,
               (SELECT r.label FROM resources r WHERE r.uuid = a.resource_uuid) AS label
          FROM %s
        """
        .formatted(from);
  }

  static final String ALARMS_OF =
      alarms(
          """
          alarms a
          WHERE a.resource_uuid = $1 AND a.active
          ORDER BY a.created_at DESC, a.uuid DESC
          LIMIT 100
          """);

  static final String TASKS =
      ListSql.bounded(
          """
          SELECT t.*, octet_length(t.attrs::text) + octet_length(t.args::text) AS bytes
            FROM tasks t
           WHERE t.resource_uuid = $1
             AND ($2::uuid IS NULL OR t.uuid < $2)
           ORDER BY t.uuid DESC
           LIMIT $3
          """,
          "p.attrs::text AS attrs_text, p.args::text AS args_text",
          "");

  static final String TASK =
      """
      SELECT t.*, t.attrs::text AS attrs_text, t.args::text AS args_text
        FROM tasks t
       WHERE t.uuid = $1
      """;

  static final String HISTORY =
      """
      SELECT step, from_state, to_state, message, error, changed, cause, actor, worker, build, trace, at
        FROM transitions
       WHERE resource_uuid = $1 AND subject_uuid = $2 AND step > $3
       ORDER BY step
       LIMIT $4
      """;

  static final String HISTORY_BACK =
      """
      SELECT step, from_state, to_state, message, error, changed, cause, actor, worker, build, trace, at
        FROM transitions
       WHERE resource_uuid = $1 AND subject_uuid = $2 AND step < $3
       ORDER BY step DESC
       LIMIT $4
      """;

  static final String NOTES =
      """
      SELECT n.step, n.message, n.cause, n.actor, n.worker, n.at
        FROM unnest($3::bigint[]) AS s (step)
       CROSS JOIN LATERAL (
         SELECT l.step, l.message, l.cause, l.actor, l.worker, l.at, l.seq
           FROM log l
          WHERE l.resource_uuid = $1 AND l.subject_uuid = $2 AND l.step = s.step
          ORDER BY l.seq DESC
          LIMIT 20) AS n
       ORDER BY n.seq
      """;

  static final String STATE_AT =
      """
      SELECT to_state
        FROM transitions
       WHERE resource_uuid = $1 AND subject_uuid = $2 AND step = $3
      """;

  /**
   * Errors, and what they are of; nothing of what was removed since.
   *
   * @param from what has them, as {@code e}, and which
   */
  static String errors(String from) {
    return """
        SELECT e.*, e.attrs::text AS attrs_text,
               (SELECT r.type FROM resources r WHERE r.uuid = e.resource_uuid) AS type,
               (SELECT r.label FROM resources r WHERE r.uuid = e.resource_uuid) AS label,
               (SELECT t.name FROM tasks t
                 WHERE t.resource_uuid = e.resource_uuid AND t.uuid = e.subject_uuid) AS task
          FROM %s
        """
        .formatted(from);
  }

  /* uuids are in order of time, and (uuid, at) is the key. */
  static final String ERRORS =
      errors(
          """
          errors e
          WHERE ($1::uuid IS NULL OR e.resource_uuid = $1)
            AND ($2::text IS NULL OR e.kind = $2)
            AND ($3::text IS NULL OR e.stack_hash = $3)
            AND ($4::uuid IS NULL OR e.uuid < $4)
          ORDER BY e.uuid DESC
          LIMIT $5
          """);

  static final String ERROR = errors("errors e WHERE e.uuid = $1");

  static final String ALARMS =
      alarms(
          """
          alarms a
          WHERE ($1::uuid IS NULL OR a.resource_uuid = $1)
            AND (a.active OR $2::boolean)
            AND ($3::text IS NULL OR a.state = $3)
            AND ($4::text IS NULL OR (a.created_at, a.uuid) < ($4::text::timestamptz, $5::uuid))
            AND ($7::text[] IS NULL OR a.type = ANY ($7))
          ORDER BY a.created_at DESC, a.uuid DESC
          LIMIT $6
          """);

  static final String ALARM = alarms("alarms a WHERE a.uuid = $1");

  static final String HOPS =
      """
      SELECT level, resource_uuid, decision, reason, at, due_at, decided_at
        FROM hops
       WHERE error_uuid = $1
       ORDER BY level
       LIMIT 100
      """;

  /*
   * What happens again and again: errors of one kind from one place in the code. At most the last
   * 10,000 are looked at, so that it costs the same on a bad day.
   */
  static final String ERROR_GROUPS =
      """
      SELECT kind, stack_hash, count(*) AS n, count(DISTINCT resource_uuid) AS resources, min(at) AS first_at,
             max(at) AS last_at, (array_agg(uuid ORDER BY uuid DESC))[1] AS last_uuid,
             (array_agg(message ORDER BY uuid DESC))[1] AS message
        FROM (SELECT uuid, kind, stack_hash, resource_uuid, message, at
                FROM errors
               ORDER BY uuid DESC
               LIMIT 10000) AS recent
       WHERE at > now() - make_interval(secs => $1)
         AND ($3::text[] IS NULL OR EXISTS (
               SELECT FROM resources r WHERE r.uuid = recent.resource_uuid AND r.type = ANY ($3)))
       GROUP BY kind, stack_hash
       ORDER BY count(*) DESC, max(at) DESC
       LIMIT $2
      """;
}
