package dev.toygun.store;

/**
 * The statements of bulk runs. What finds and does items is bounded by its page, however many
 * resources or items there are.
 */
final class BulkSql {
  /** Its columns, as {@link BulkRows#bulk} takes them. */
  private static final String COLUMNS =
      """
      uuid, type, schema_version, filter, label, states, parent_uuid, availability, fields, action,
      task, signal, content, rate, per_s, canary, watch_s, halt_after, halt_share, actor, reason,
      trace_id, state, note, gathered_at, gathered_uuid, complete, proven, halts_at, free_at, due_at,
      waiting, begun, done, skipped, failed, version, created_at, updated_at, ended_at, under_uuid\
      """;

  /**
   * That the resource {@code r} is what the filter of {@code b} asks for, as lists have it; of an
   * action on a run, that there is such a run.
   */
  private static final String MATCHES =
      """
      r.type = b.type
           AND (b.label IS NULL OR r.label = b.label)
           AND (b.states IS NULL OR r.state = ANY (b.states))
           AND (b.parent_uuid IS NULL OR r.parent_uuid = b.parent_uuid)
           AND (b.under_uuid IS NULL OR b.under_uuid = ANY (r.path || r.uuid))
           AND (b.availability IS NULL OR r.availability = b.availability)
           AND %s
           AND CASE
                 WHEN b.action = 'retry' AND b.task IS NULL
                 THEN r.state IN ('__panic__', '__timeout__')
                 WHEN b.action IN ('stop', 'abort', 'retry', 'signal') AND b.task IS NOT NULL
                 THEN EXISTS (
                   SELECT FROM tasks t
                    WHERE t.resource_uuid = r.uuid AND t.name = b.task AND t.active
                      AND (b.action <> 'retry' OR t.state IN ('__panic__', '__timeout__')))
                 ELSE true
               END\
      """
          .formatted(IndexSql.has("b.fields"));

  static final String INSERT =
      """
      INSERT INTO bulks (%1$s)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, now(), now(), $30, $31, $32, $33, $34,
              1, now(), now(), NULL, $35)
          ON CONFLICT (uuid) DO NOTHING
      """
          .formatted(COLUMNS);

  static final String ONE =
      """
      SELECT %s FROM bulks WHERE uuid = $1
      """
          .formatted(COLUMNS);

  static final String LOCK =
      """
      SELECT %s, now() FROM bulks WHERE uuid = $1 FOR NO KEY UPDATE
      """
          .formatted(COLUMNS);

  /** The same, if a clock is to look at it, and no other one does. */
  static final String LOCK_DUE =
      """
      SELECT %s, now() FROM bulks WHERE uuid = $1 AND due_at <= now() FOR NO KEY UPDATE SKIP LOCKED
      """
          .formatted(COLUMNS);

  /**
   * $1 types, or null; $2 the last one of the page before, or null; $3 how many; $4 below which, or
   * null.
   */
  static final String LIST =
      """
      SELECT %s FROM bulks
       WHERE ($1::text[] IS NULL OR type = ANY ($1)) AND ($2::uuid IS NULL OR uuid < $2)
         AND ($4::uuid IS NULL OR EXISTS (
               SELECT FROM resources r WHERE r.uuid = under_uuid AND $4 = ANY (r.path || r.uuid)))
       ORDER BY uuid DESC
       LIMIT $3
      """
          .formatted(COLUMNS);

  static final String DUE =
      """
      SELECT uuid FROM bulks WHERE due_at <= now() ORDER BY due_at, uuid LIMIT $1
      """;

  /** What a clock or a person changes of one. */
  static final String WRITE =
      """
      UPDATE bulks
         SET state = $2, note = $3, gathered_at = $4, gathered_uuid = $5, complete = $6, proven = $7,
             halts_at = $8, free_at = $9, due_at = $10, waiting = $11, begun = $12, done = $13,
             skipped = $14, failed = $15, ended_at = $16, version = version + 1, updated_at = now()
       WHERE uuid = $1
      RETURNING %s
      """
          .formatted(COLUMNS);

  /* One that begins by reading all may go on by an index: both have the same order. */
  /**
   * The next resources of its type, by age: $1 which, $2 how many are looked at; of those that an
   * index finds, if a field that it asks for has one.
   */
  static final String GATHER =
      """
      WITH %s,
      looked AS MATERIALIZED (
        SELECT r.uuid, r.created_at
          FROM bulks b
         CROSS JOIN LATERAL (
           SELECT r.uuid, r.created_at FROM resources r
            WHERE r.type = b.type AND r.created_at <= b.created_at
              AND (r.created_at, r.uuid) > (coalesce(b.gathered_at, '-infinity'), b.gathered_uuid)
            ORDER BY r.created_at, r.uuid
            LIMIT $2) AS r
         WHERE b.uuid = $1 AND NOT EXISTS (SELECT FROM indexed)
         UNION ALL
        SELECT i.resource_uuid, i.created_at
          FROM bulks b
         CROSS JOIN LATERAL (
           SELECT i.resource_uuid, i.created_at FROM field_index i
            WHERE %s
              AND i.created_at <= b.created_at
              AND (i.created_at, i.resource_uuid)
                  > (coalesce(b.gathered_at, '-infinity'), b.gathered_uuid)
            ORDER BY i.created_at, i.resource_uuid
            LIMIT $2) AS i
         WHERE b.uuid = $1),
      found AS (
        INSERT INTO bulk_items (bulk_uuid, resource_uuid)
        SELECT b.uuid, r.uuid
          FROM bulks b
         CROSS JOIN looked l
         CROSS JOIN LATERAL (SELECT * FROM resources r WHERE r.uuid = l.uuid OFFSET 0) AS r
         WHERE b.uuid = $1 AND r.active
           AND %s
            ON CONFLICT DO NOTHING
        RETURNING resource_uuid)
      SELECT l.created_at, l.uuid, (SELECT count(*) FROM looked), (SELECT count(*) FROM found)
        FROM looked l
       ORDER BY l.created_at DESC, l.uuid DESC
       LIMIT 1
      """
          .formatted(
              IndexSql.indexed(
                  "(SELECT type, fields FROM bulks WHERE uuid = $1) AS o,",
                  "o.fields",
                  "o.type",
                  "true"),
              IndexSql.found("b.type"),
              MATCHES);

  /** Of these resources, those that are what it asks for still. */
  static final String STILL =
      """
      SELECT r.uuid
        FROM bulks b
       CROSS JOIN LATERAL (SELECT * FROM resources r WHERE r.uuid = ANY ($2::uuid[]) OFFSET 0) AS r
       WHERE b.uuid = $1
         AND %s
      """
          .formatted(MATCHES);

  /**
   * What a list with this filter has now: $1 to $8 as in a row, $9 how many are shown, $10 below
   * which.
   */
  static final String PREVIEW =
      """
      WITH b AS (
        SELECT $1::text AS type, $2::text AS label, $3::text[] AS states, $4::uuid AS parent_uuid,
               $5::text AS availability, $6::text AS fields, $7::text AS action, $8::text AS task,
               $10::uuid AS under_uuid),
      %1$s,
      found AS MATERIALIZED (
        SELECT r.uuid
          FROM b
          JOIN resources r ON r.type = $1
         WHERE ($6::text = '[]' OR NOT EXISTS (SELECT FROM indexed)) AND r.active
           AND %3$s
         UNION ALL
        SELECT r.uuid
          FROM b
          JOIN field_index i ON $6::text <> '[]' AND %2$s
          JOIN resources r ON r.uuid = i.resource_uuid
         WHERE r.active
           AND %3$s
         LIMIT 100001)
      SELECT r.uuid, r.label, r.state, (SELECT count(*) FROM found)
        FROM (SELECT uuid FROM found ORDER BY uuid LIMIT $9) AS f
        JOIN resources r ON r.uuid = f.uuid
       ORDER BY r.uuid
      """
          .formatted(
              IndexSql.indexed("", "$6::text", "$1", "false"), IndexSql.found("$1"), MATCHES);

  /**
   * The next items of $1, in the order in which they are done: $2 how many at most, and not more
   * than come to $4 bytes, with $3 that are sent to each; but one.
   */
  static final String NEXT =
      """
      WITH RECURSIVE next AS (
        (SELECT resource_uuid, 1::bigint AS n, 0::bigint AS bytes
           FROM bulk_items
          WHERE bulk_uuid = $1 AND result = 'waiting'
          ORDER BY resource_uuid
          LIMIT 1)
        UNION ALL
        SELECT i.resource_uuid, l.n + 1, l.bytes + $3::bigint + s.bytes
          FROM next l
         CROSS JOIN LATERAL (
           SELECT coalesce((SELECT octet_length(r.attrs::text) FROM resources r
                             WHERE r.uuid = l.resource_uuid), 0)
                + coalesce((SELECT sum(octet_length(t.attrs::text) + octet_length(t.args::text))
                              FROM (SELECT t.attrs, t.args FROM tasks t
                                     WHERE t.resource_uuid = l.resource_uuid
                                     LIMIT 100) AS t), 0)::bigint AS bytes) AS s
         CROSS JOIN LATERAL (
           SELECT i.resource_uuid FROM bulk_items i
            WHERE i.bulk_uuid = $1 AND i.result = 'waiting' AND i.resource_uuid > l.resource_uuid
            ORDER BY i.resource_uuid
            LIMIT 1) AS i
         WHERE l.n < $2 AND l.bytes + $3::bigint + s.bytes < $4::bigint)
      SELECT resource_uuid FROM next ORDER BY n
      """;

  /** Those that are watched and are to be looked at, and how what they began stands. */
  static final String BEGUN =
      """
      SELECT i.resource_uuid, i.subject_uuid, i.message, i.at, i.due_at,
             coalesce(t.state, r.state), coalesce(t.active, r.active), t.outcome
        FROM (SELECT * FROM bulk_items
               WHERE bulk_uuid = $1 AND result = 'begun' AND due_at <= now()
               ORDER BY due_at, resource_uuid
               LIMIT $2) AS i
        LEFT JOIN LATERAL (
          SELECT t.state, t.active, t.outcome FROM tasks t
           WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.subject_uuid OFFSET 0) AS t ON true
        LEFT JOIN LATERAL (
          SELECT r.state, r.active FROM resources r WHERE r.uuid = i.subject_uuid OFFSET 0) AS r ON true
      """;

  static final String WRITE_ITEMS =
      """
      UPDATE bulk_items AS i
         SET result = n.result, subject_uuid = n.subject_uuid, code = n.code, message = n.message,
             at = n.at, due_at = n.due_at
        FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[],
                    $8::timestamptz[])
          AS n (resource_uuid, result, subject_uuid, code, message, at, due_at)
       WHERE i.bulk_uuid = $1 AND i.resource_uuid = n.resource_uuid
      """;

  /** $1 which, $2 a result, or null; $3 the last one of the page before, or null; $4 how many. */
  static final String ITEMS =
      """
      SELECT i.resource_uuid, i.result, i.subject_uuid, i.code, i.message, i.at, i.due_at, r.label
        FROM bulk_items i
        LEFT JOIN resources r ON r.uuid = i.resource_uuid
       WHERE i.bulk_uuid = $1 AND i.resource_uuid > $2
       ORDER BY i.resource_uuid
       LIMIT $3
      """;

  static final String ITEMS_OF_RESULT =
      """
      SELECT i.resource_uuid, i.result, i.subject_uuid, i.code, i.message, i.at, i.due_at, r.label
        FROM bulk_items i
        LEFT JOIN resources r ON r.uuid = i.resource_uuid
       WHERE i.bulk_uuid = $1 AND i.result = $4 AND i.resource_uuid > $2
       ORDER BY i.resource_uuid
       LIMIT $3
      """;

  /** The definitions of a type in these versions. */
  static final String TYPES =
      """
      SELECT definition::text FROM resource_types WHERE name = $1 AND version = ANY ($2::integer[])
      """;

  private BulkSql() {}
}
