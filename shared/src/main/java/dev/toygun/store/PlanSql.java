package dev.toygun.store;

/** The statement that says what a resource takes with it when it goes. */
final class PlanSql {
  /*
   * One statement, so of one snapshot. As many resources are walked as are asked for, and no more:
   * the recursion is read one by one. What is said of each is looked up by its key.
   *
   * The token is of who is there and how far: which resources, at which step, which tasks in which
   * state, which alarms. Fields that are written, polls, and tasks that stay where they are do not
   * change it, else no plan would hold while anything runs.
   */
  /** $1: the root; $2: how many at most; $3: types that are shown, null for all; $4: how many. */
  static final String TEARDOWN =
      """
      WITH RECURSIVE tree AS (
        SELECT r.uuid, 0 AS depth
          FROM resources r
         WHERE r.uuid = $1 AND r.active
        UNION ALL
        SELECT c.uuid, t.depth + 1
          FROM tree t
         CROSS JOIN LATERAL (
           SELECT k.uuid FROM resources k WHERE k.parent_uuid = t.uuid AND k.active OFFSET 0) AS c),
      walked AS MATERIALIZED (
        SELECT t.uuid, t.depth FROM tree t LIMIT $2),
      gone AS MATERIALIZED (
        SELECT w.depth, r.uuid, r.parent_uuid, r.type, r.label, r.state, r.step, r.deleting,
               ($3::text[] IS NULL OR r.type = ANY ($3)) AS shown
          FROM walked w
         CROSS JOIN LATERAL (
           SELECT o.uuid, o.parent_uuid, o.type, o.label, o.state, o.step, o.deleting
             FROM resources o WHERE o.uuid = w.uuid LIMIT 1) AS r),
      running AS MATERIALIZED (
        SELECT g.depth, g.type, g.label, g.shown, t.uuid, t.resource_uuid, t.name, t.state
          FROM gone g
         CROSS JOIN LATERAL (
           SELECT o.uuid, o.resource_uuid, o.name, o.state
             FROM tasks o WHERE o.resource_uuid = g.uuid AND o.active OFFSET 0) AS t),
      ringing AS MATERIALIZED (
        SELECT g.depth, g.type, g.label, g.shown, a.uuid, a.resource_uuid, a.name, a.task, a.state,
               a.severity
          FROM gone g
         CROSS JOIN LATERAL (
           SELECT o.uuid, o.resource_uuid, o.name, o.task, o.state, o.severity
             FROM alarms o WHERE o.resource_uuid = g.uuid AND o.active OFFSET 0) AS a)
      SELECT (SELECT count(*) FROM gone) AS walked,
             (SELECT count(*) FROM gone WHERE shown) AS resources,
             (SELECT coalesce(json_agg(json_build_object(
                       'uuid', s.uuid, 'type', s.type, 'label', s.label, 'parent', s.parent_uuid,
                       'depth', s.depth, 'state', s.state, 'deleting', s.deleting <> 'no')), '[]')::text
                FROM (SELECT * FROM gone WHERE shown ORDER BY depth DESC, type, label, uuid LIMIT $4) AS s)
               AS resource_items,
             (SELECT count(*) FROM running WHERE shown) AS tasks,
             (SELECT coalesce(json_agg(json_build_object(
                       'uuid', s.uuid, 'resource', s.resource_uuid, 'type', s.type, 'label', s.label,
                       'name', s.name, 'state', s.state)), '[]')::text
                FROM (SELECT * FROM running WHERE shown
                       ORDER BY depth DESC, type, label, name, uuid LIMIT $4) AS s)
               AS task_items,
             (SELECT count(*) FROM ringing WHERE shown) AS alarms,
             (SELECT coalesce(json_agg(json_build_object(
                       'uuid', s.uuid, 'resource', s.resource_uuid, 'type', s.type, 'label', s.label,
                       'name', s.name, 'task', s.task, 'state', s.state, 'severity', s.severity)), '[]')::text
                FROM (SELECT * FROM ringing WHERE shown
                       ORDER BY depth DESC, type, label, name, uuid LIMIT $4) AS s)
               AS alarm_items,
             encode(sha256(convert_to(concat_ws('|',
                      (SELECT string_agg(concat_ws(' ', uuid, step, deleting), ',' ORDER BY uuid) FROM gone),
                      (SELECT string_agg(concat_ws(' ', uuid, state), ',' ORDER BY uuid) FROM running),
                      (SELECT string_agg(uuid::text, ',' ORDER BY uuid) FROM ringing)), 'UTF8')), 'hex')
               AS token
      """;

  private PlanSql() {}
}
