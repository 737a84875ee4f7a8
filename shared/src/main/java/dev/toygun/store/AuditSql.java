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
   * What is not asked is folded away when the statement is planned with its values: then subject,
   * what was denied, actor and action each have an index in this order, and the first of those that
   * are asked for is the one that leads. Of what that has so many rows are looked at ($10), and the last
   * one is there too where there are so many, so that the next page goes on behind it.
   */
  static final String ROWS =
      """
      SELECT r.seq, r.at, r.actor, r.role, r.action, r.resource_uuid, r.subject_uuid, r.target, r.allowed,
             r.status, r.reason, r.remote, r.trace, r.attrs::text AS details, r.meant, r.n = $10::bigint AS looked_through
        FROM (SELECT a.*, row_number() OVER (ORDER BY a.at DESC, a.seq DESC) AS n,
                     ($1::text IS NULL OR a.actor = $1)
                       AND ($2::text IS NULL OR a.action = $2)
                       AND ($4::boolean IS NULL OR a.allowed = $4) AS meant
                FROM audit a
               WHERE ($3::uuid IS NULL OR coalesce(a.resource_uuid, a.subject_uuid) = $3)
                 AND ($3::uuid IS NOT NULL OR $4::boolean IS NULL OR $4 OR NOT a.allowed)
                 AND ($3::uuid IS NOT NULL OR $4::boolean IS FALSE OR $1::text IS NULL OR a.actor = $1)
                 AND ($3::uuid IS NOT NULL OR $4::boolean IS FALSE OR $1::text IS NOT NULL
                      OR $2::text IS NULL OR a.action = $2)
                 AND ($5::timestamptz IS NULL OR a.at >= $5)
                 AND ($6::timestamptz IS NULL OR a.at < $6)
                 AND ($7::timestamptz IS NULL OR (a.at, a.seq) < ($7, $8::bigint))
               ORDER BY a.at DESC, a.seq DESC
               LIMIT $10::bigint) AS r
       WHERE r.meant OR r.n = $10::bigint
       ORDER BY r.at DESC, r.seq DESC
       LIMIT $9
      """;

  private AuditSql() {}
}
