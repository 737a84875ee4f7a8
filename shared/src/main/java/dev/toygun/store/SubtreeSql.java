package dev.toygun.store;

import dev.toygun.store.Views.Order;

/**
 * The statements of {@link Subtrees}. No index has what is above a resource: each move of a
 * resource would write it. So what is below a root that has little below it is found by walking
 * down, by {@code resources_children}; below one that has much, nearly any row will do that a list
 * comes to in its own order, so it is read in that, and what is elsewhere is passed over by its
 * path. The planner knows the ancestors that are in most paths, so it does not read all and sort.
 */
final class SubtreeSql {
  /** The walk. An index has its children, and another one each of what is found. */
  static String below(String root, String which) {
    return """
        WITH RECURSIVE below AS (
          SELECT %s::uuid AS uuid
           UNION ALL
          SELECT c.uuid
            FROM below b
           CROSS JOIN LATERAL (
             SELECT k.uuid FROM resources k WHERE k.parent_uuid = b.uuid AND %s OFFSET 0) AS c)
        """
        .formatted(root, which);
  }

  /** $1 the root, $2 how many are counted; ended ones too. */
  static final String HOW_MANY =
      below("$1", "true")
          + """
          SELECT count(*) AS n FROM (SELECT FROM below LIMIT $2) AS b
          """;

  static final String FEW_BY_CREATED_AT = few(Order.CREATED_AT);
  static final String FEW_BY_CREATED_AT_DESC = few(Order.CREATED_AT_DESC);
  static final String FEW_BY_LABEL = few(Order.LABEL);
  static final String FEW_BY_LABEL_DESC = few(Order.LABEL_DESC);
  static final String MANY_BY_CREATED_AT = many(Order.CREATED_AT);
  static final String MANY_BY_CREATED_AT_DESC = many(Order.CREATED_AT_DESC);
  static final String MANY_BY_LABEL = many(Order.LABEL);
  static final String MANY_BY_LABEL_DESC = many(Order.LABEL_DESC);

  private static String few(Order order) {
    return ListSql.resources(walk(), few(), order);
  }

  private static String many(Order order) {
    return ListSql.resources("", many(), order);
  }

  /** The walk of a page of resources, whose root is $13. */
  static String walk() {
    return below("$13", "(k.active OR $7::boolean)");
  }

  /** What has those that were walked to, as {@code r}. */
  static String few() {
    return """
        below b
        CROSS JOIN LATERAL (SELECT o.* FROM resources o WHERE o.uuid = b.uuid LIMIT 1) AS r\
        """;
  }

  /** What has those that the root is above, as {@code r}. */
  static String many() {
    return "(SELECT o.* FROM resources o WHERE %s) AS r".formatted(within("o"));
  }

  /** That a resource is the root, or below it. */
  static String within(String resource) {
    return "(%1$s.uuid = $13::uuid OR $13 = ANY (%1$s.path))".formatted(resource);
  }

  /** $1 the root, $2 the type. */
  static final String FEW_COUNTS =
      below("$1", "k.active")
          + """
          SELECT r.state, count(*) AS n
            FROM below b
           CROSS JOIN LATERAL (
             SELECT o.state FROM resources o
              WHERE o.uuid = b.uuid AND o.type = $2 AND o.active LIMIT 1) AS r
           GROUP BY r.state
           ORDER BY r.state
          """;

  static final String MANY_COUNTS =
      """
      SELECT r.state, count(*) AS n
        FROM resources r
       WHERE r.type = $2 AND r.active AND (r.uuid = $1::uuid OR $1 = ANY (r.path))
       GROUP BY r.state
       ORDER BY r.state
      """;

  /**
   * $1 the root, $2 types, $3 whether closed ones too, $4 a state, $5 and $6 after, $7 how many.
   */
  static final String FEW_ALARMS =
      below("$1", "true")
          + alarms(
              """
              below b
              CROSS JOIN LATERAL (
                SELECT o.* FROM alarms o
                 WHERE o.resource_uuid = b.uuid AND (o.active OR $3::boolean) OFFSET 0) AS a\
              """);

  static final String MANY_ALARMS =
      alarms(
          """
          (SELECT o.* FROM alarms o
            WHERE EXISTS (
              SELECT FROM resources r
               WHERE r.uuid = o.resource_uuid AND (r.uuid = $1::uuid OR $1 = ANY (r.path)) OFFSET 0)) AS a\
          """);

  private static String alarms(String from) {
    return ViewsSql.alarms(
        """
        %s
         WHERE (a.active OR $3::boolean)
           AND ($2::text[] IS NULL OR a.type = ANY ($2))
           AND ($4::text IS NULL OR a.state = $4)
           AND ($5::text IS NULL OR (a.created_at, a.uuid) < ($5::text::timestamptz, $6::uuid))
         ORDER BY a.created_at DESC, a.uuid DESC
         LIMIT $7
        """
            .formatted(from));
  }

  /** $1 the root, $2 types. As many are looked at as of all. */
  static final String OPEN_ALARMS =
      """
      SELECT o.severity, count(*) AS open
        FROM (SELECT severity, type, resource_uuid FROM alarms WHERE state = 'open' LIMIT 100000) AS o
       WHERE ($2::text[] IS NULL OR o.type = ANY ($2))
         AND EXISTS (
               SELECT FROM resources r
                WHERE r.uuid = o.resource_uuid AND (r.uuid = $1::uuid OR $1 = ANY (r.path)) OFFSET 0)
       GROUP BY o.severity
      """;

  /** Where what these alarms $1 are of is, by the uuid of the alarm. */
  static final String OF_ALARMS =
      """
      SELECT a.uuid AS alarm, r.uuid, r.type, r.label, r.active, r.path
        FROM unnest($1::uuid[]) AS i (uuid)
       CROSS JOIN LATERAL (
         SELECT o.uuid, o.resource_uuid FROM alarms o WHERE o.uuid = i.uuid LIMIT 1) AS a
       CROSS JOIN LATERAL (
         SELECT o.uuid, o.type, o.label, o.active, o.path FROM resources o
          WHERE o.uuid = a.resource_uuid LIMIT 1) AS r
      """;

  /** $1 the root, $2 a kind, $3 a place in the code, $4 after, $5 how many. */
  static final String FEW_ERRORS =
      below("$1", "true")
          + errors(
              """
              below b
              CROSS JOIN LATERAL (
                SELECT o.* FROM errors o
                 WHERE o.resource_uuid = b.uuid AND ($4::uuid IS NULL OR o.uuid < $4)
                   AND ($2::text IS NULL OR o.kind = $2)
                   AND ($3::text IS NULL OR o.stack_hash = $3)
                 ORDER BY o.uuid DESC
                 LIMIT $5) AS e\
              """);

  static final String MANY_ERRORS =
      errors(
          """
          (SELECT o.* FROM errors o
            WHERE EXISTS (
              SELECT FROM resources r
               WHERE r.uuid = o.resource_uuid AND (r.uuid = $1::uuid OR $1 = ANY (r.path)) OFFSET 0)) AS e\
          """);

  private static String errors(String from) {
    return ViewsSql.errors(
        """
        %s
         WHERE ($2::text IS NULL OR e.kind = $2)
           AND ($3::text IS NULL OR e.stack_hash = $3)
           AND ($4::uuid IS NULL OR e.uuid < $4)
         ORDER BY e.uuid DESC
         LIMIT $5
        """
            .formatted(from));
  }

  /**
   * As of all, of which the last 10,000 are looked at: $1 seconds, $2 how many, $3 types, $4 the
   * root.
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
         AND EXISTS (
               SELECT FROM resources r
                WHERE r.uuid = recent.resource_uuid AND (r.uuid = $4::uuid OR $4 = ANY (r.path))
                  AND ($3::text[] IS NULL OR r.type = ANY ($3)) OFFSET 0)
       GROUP BY kind, stack_hash
       ORDER BY count(*) DESC, max(at) DESC
       LIMIT $2
      """;

  private SubtreeSql() {}
}
