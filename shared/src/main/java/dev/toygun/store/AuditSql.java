package dev.toygun.store;

/** The statements of {@link Audit}. */
final class AuditSql {
  /*
   * An entry whose status is not known is not waited for on the disk: the commit of what it is
   * about, and that of its status, come after it in the log, so neither is there without it.
   */
  static final String WRITE =
      """
      INSERT INTO audit (actor, role, action, resource_uuid, subject_uuid, target, allowed, status, reason, remote, trace, attrs)
      SELECT $1::text, $2::text, $3::text, $4::uuid, $5::uuid, $6::text, $7::boolean, $8::integer, $9::text, $10::text, $11::text,
             $12::text::jsonb
        FROM set_config('synchronous_commit',
                        CASE WHEN $8::integer IS NULL THEN 'off' ELSE current_setting('synchronous_commit') END,
                        true)
      RETURNING seq
      """;

  static final String RESULT =
      """
      UPDATE audit SET status = $2, resource_uuid = coalesce(resource_uuid, $3)
       WHERE seq = $1
      """;

  /*
   * What is not asked is folded away when the statement is planned with its values: then actor,
   * action, subject and what was denied each have an index in this order.
   */
  static final String ROWS =
      """
      SELECT a.seq, a.at, a.actor, a.role, a.action, a.resource_uuid, a.subject_uuid, a.target, a.allowed,
             a.status, a.reason, a.remote, a.trace, a.attrs::text AS details
        FROM audit a
       WHERE ($1::text IS NULL OR a.actor = $1)
         AND ($2::text IS NULL OR a.action = $2)
         AND ($3::uuid IS NULL OR coalesce(a.resource_uuid, a.subject_uuid) = $3)
         AND ($4::boolean IS NULL OR a.allowed = $4)
         AND ($5::timestamptz IS NULL OR a.at >= $5)
         AND ($6::timestamptz IS NULL OR a.at < $6)
         AND ($7::timestamptz IS NULL OR (a.at, a.seq) < ($7, $8::bigint))
       ORDER BY a.at DESC, a.seq DESC
       LIMIT $9
      """;

  private AuditSql() {}
}
