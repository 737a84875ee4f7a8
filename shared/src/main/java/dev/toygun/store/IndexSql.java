package dev.toygun.store;

/**
 * The statements of indexed fields. What is in the index is kept by triggers, so that no statement
 * can forget to; here is who looks there, and how what is older gets there.
 */
final class IndexSql {
  private IndexSql() {}

  /**
   * That the resource {@code r} has these values, as JSON.
   *
   * @param fields as {@link Views.ResourceQuery} has them
   */
  static String has(String fields) {
    return """
        NOT EXISTS (
               SELECT FROM jsonb_array_elements(%s::jsonb) f
                WHERE coalesce(
                        (SELECT r.attrs -> name FROM jsonb_array_elements_text(f -> 'names') name
                          WHERE r.attrs -> name IS NOT NULL LIMIT 1),
                        f -> 'unset')
                      IS DISTINCT FROM f -> 'is')\
        """
        .formatted(fields);
  }

  /*
   * What has its value by being unset is in no index. Names may be another version's: then all are
   * read.
   */
  /**
   * That of these values by whose index the fewest resources are found, or none: a query that
   * others use as {@code indexed}.
   *
   * @param from what has the two, and a comma; nothing where they are arguments
   * @param fields the values, as {@link Views.ResourceQuery} has them
   * @param type whose
   * @param many whether an index is gone by that finds a thousand or more: what else is asked for
   *     may be narrower, and what is not in the order of time is read as a whole
   */
  static String indexed(String from, String fields, String type, String many) {
    return """
        indexed AS MATERIALIZED (
          SELECT x.field, k.value
            FROM %1$s jsonb_array_elements(%2$s::jsonb) f
           CROSS JOIN indexed_fields x
           CROSS JOIN LATERAL (SELECT toygun_index_key(f -> 'is') AS value OFFSET 0) AS k
           CROSS JOIN LATERAL (
             SELECT count(*) AS entries
               FROM (SELECT FROM field_index e
                      WHERE e.type = x.type AND e.field = x.field AND e.value = k.value
                      LIMIT 1000) AS e) AS e
           WHERE %2$s <> '[]' AND f -> 'unset' = 'null' AND f -> 'is' <> 'null'
             AND x.type = %3$s AND x.state = 'ready' AND x.names = f -> 'names'
             AND (e.entries < 1000 OR %4$s)
           ORDER BY e.entries
           LIMIT 1)\
        """
        .formatted(from, fields, type, many);
  }

  /** That an entry {@code i} of the index of this type is one of what was found. */
  static String found(String type) {
    return """
        i.type = %s AND i.field = (SELECT field FROM indexed)
               AND i.value = (SELECT value FROM indexed)\
        """
        .formatted(type);
  }

  /**
   * As the newest version of each type has them; what has other names than before begins anew, and
   * what none has any more is on its way out.
   */
  static final String DECLARE =
      """
      WITH declared AS MATERIALIZED (
        SELECT t.name AS type, f ->> 'name' AS field,
               jsonb_build_array(f -> 'name') || coalesce(f -> 'formerly', '[]') AS names
          FROM resource_types t
         CROSS JOIN LATERAL jsonb_array_elements(t.definition -> 'fields') f
         WHERE f -> 'indexed' = 'true'
           AND NOT EXISTS (SELECT FROM resource_types n WHERE n.name = t.name AND n.version > t.version)),
      gone AS (
        UPDATE indexed_fields x SET state = 'gone'
         WHERE x.state <> 'gone'
           AND NOT EXISTS (SELECT FROM declared d WHERE d.type = x.type AND d.field = x.field))
      INSERT INTO indexed_fields AS x (type, field, names)
      SELECT type, field, names FROM declared
          ON CONFLICT (type, field) DO UPDATE
         SET names = excluded.names, state = 'new'
       WHERE x.state = 'gone' OR x.names <> excluded.names
      """;

  /*
   * A transaction that inserts a resource looks whether its type has indexed fields, and may have
   * done so before there were any: what is older is gone through once all such have ended.
   */
  /**
   * Any that has something to be done, so that one which cannot go on holds up no other; what comes
   * from another server begins anew.
   */
  static final String LOCK =
      """
      SELECT type, field,
             CASE WHEN state = 'filling' AND inserts_by > pg_snapshot_xmax(pg_current_snapshot())
                  THEN 'new' ELSE state END,
             filled_at, filled_uuid
        FROM indexed_fields
       WHERE state IN ('new', 'gone')
          OR state = 'filling' AND (inserts_by <= pg_snapshot_xmin(pg_current_snapshot())
                                    OR inserts_by > pg_snapshot_xmax(pg_current_snapshot()))
       ORDER BY random()
       LIMIT 1
         FOR UPDATE SKIP LOCKED
      """;

  static final String BEGIN =
      """
      UPDATE indexed_fields
         SET state = 'filling', inserts_by = pg_current_xact_id(),
             filled_at = '-infinity', filled_uuid = '00000000-0000-0000-0000-000000000000'
       WHERE type = $1 AND field = $2
      """;

  /** $1 the type, $2, $3 the last one of the page before, $4 how many. */
  static final String OLDER =
      """
      SELECT uuid, created_at
        FROM resources
       WHERE type = $1 AND (created_at, uuid) > ($2, $3)
       ORDER BY created_at, uuid
       LIMIT $4
      """;

  static final String LOCK_RESOURCES =
      """
      SELECT uuid FROM resources WHERE uuid = ANY ($1::uuid[]) ORDER BY uuid FOR NO KEY UPDATE
      """;

  static final String MARK =
      """
      UPDATE resources SET indexed = true WHERE uuid = ANY ($1::uuid[]) AND NOT indexed
      """;

  static final String WRITE =
      """
      SELECT count(toygun_index(r)) FROM resources r WHERE r.uuid = ANY ($1::uuid[])
      """;

  /** $1 the type, $2 the field, $3 whether that was all, $4, $5 the last one of the page. */
  static final String WRITTEN =
      """
      UPDATE indexed_fields
         SET state = CASE WHEN $3::boolean THEN 'ready' ELSE state END,
             filled_at = coalesce($4, filled_at), filled_uuid = coalesce($5, filled_uuid)
       WHERE type = $1 AND field = $2
      """;

  /** $1 the type, $2 the field, $3 how many. */
  static final String EMPTY =
      """
      DELETE FROM field_index
       WHERE (resource_uuid, field) IN (
               SELECT i.resource_uuid, i.field FROM field_index i
                WHERE i.type = $1 AND i.field = $2 LIMIT $3)
      """;

  static final String FORGET =
      """
      DELETE FROM indexed_fields WHERE type = $1 AND field = $2
      """;
}
