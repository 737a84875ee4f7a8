package dev.toygun.store;

/** What holds secrets, a page at a time, and writing it back: {@link SecretRows}. */
final class SecretSql {
  /*
   * What has no secret comes without its text, so that a page is a page of rows, however few of them
   * hold any. $1, $2: the row after which they come; $3: how many.
   */
  static final String RESOURCES =
      """
      SELECT uuid, uuid, CASE WHEN attrs::text LIKE '%{"Secret": [%' THEN attrs::text END, NULL
        FROM resources
       WHERE uuid > $2 AND $1::uuid IS NOT NULL
       ORDER BY uuid
       LIMIT $3
      """;

  static final String TASKS =
      """
      SELECT resource_uuid, uuid, CASE WHEN attrs::text LIKE '%{"Secret": [%' THEN attrs::text END,
             CASE WHEN args::text LIKE '%{"Secret": [%' THEN args::text END
        FROM tasks
       WHERE (resource_uuid, uuid) > ($1, $2)
       ORDER BY resource_uuid, uuid
       LIMIT $3
      """;

  static final String SIGNALS =
      """
      SELECT resource_uuid, uuid, CASE WHEN attrs::text LIKE '%{"Secret": [%' THEN attrs::text END, NULL
        FROM signals
       WHERE (resource_uuid, uuid) > ($1, $2)
       ORDER BY resource_uuid, uuid
       LIMIT $3
      """;

  static final String SINKS =
      """
      SELECT uuid, uuid, CASE WHEN settings::text LIKE '%{"Secret": [%' THEN settings::text END, NULL
        FROM sinks
       WHERE uuid > $2 AND $1::uuid IS NOT NULL
       ORDER BY uuid
       LIMIT $3
      """;

  /*
   * Only where nobody has written it since: what a worker writes meanwhile has what it had read, and
   * is met by the next round. A row that somebody has locked is, too.
   */
  static final String RENEW_RESOURCES =
      """
      WITH free AS (
        SELECT r.uuid, i.after
          FROM unnest($1::uuid[], $2::text[], $3::text[]) AS i (uuid, before, after)
          JOIN resources r ON r.uuid = i.uuid AND r.attrs = i.before::jsonb
         ORDER BY r.uuid
           FOR NO KEY UPDATE OF r SKIP LOCKED)
      UPDATE resources r SET attrs = f.after::jsonb FROM free f WHERE r.uuid = f.uuid
      """;

  static final String RENEW_TASKS =
      """
      WITH free AS (
        SELECT t.resource_uuid, t.uuid, i.attrs_after, i.args_after
          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
            AS i (resource_uuid, uuid, attrs_before, attrs_after, args_before, args_after)
          JOIN tasks t
            ON t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid
           AND (i.attrs_before IS NULL OR t.attrs = i.attrs_before::jsonb)
           AND (i.args_before IS NULL OR t.args = i.args_before::jsonb)
         ORDER BY t.uuid
           FOR NO KEY UPDATE OF t SKIP LOCKED)
      UPDATE tasks t
         SET attrs = coalesce(f.attrs_after::jsonb, t.attrs), args = coalesce(f.args_after::jsonb, t.args)
        FROM free f
       WHERE t.resource_uuid = f.resource_uuid AND t.uuid = f.uuid
      """;

  static final String RENEW_SIGNALS =
      """
      WITH free AS (
        SELECT s.resource_uuid, s.uuid, i.after
          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
            AS i (resource_uuid, uuid, before, after)
          JOIN signals s
            ON s.resource_uuid = i.resource_uuid AND s.uuid = i.uuid AND s.attrs = i.before::jsonb
         ORDER BY s.resource_uuid, s.uuid
           FOR NO KEY UPDATE OF s SKIP LOCKED)
      UPDATE signals s SET attrs = f.after::jsonb
        FROM free f
       WHERE s.resource_uuid = f.resource_uuid AND s.uuid = f.uuid
      """;

  static final String CONNECTED =
      """
      SELECT DISTINCT application_name
        FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'toygun-%'
       LIMIT 1000
      """;

  private SecretSql() {}
}
