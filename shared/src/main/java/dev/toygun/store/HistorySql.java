package dev.toygun.store;

/** The statements that write a group's history: moves, changes, sentences, errors and signals. */
final class HistorySql {
  static final String MOVES =
      """
      INSERT INTO transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor,
                               message, error, changed, worker, build, tick, trace, queued_us,
                               popped_us, leased_us, done_us)
      SELECT i.resource_uuid, i.subject_uuid, i.step, i.from_state, i.to_state, i.cause, i.actor,
             i.message, i.error, string_to_array(i.changed, ','), i.worker, i.build, i.tick,
             i.trace, i.queued_us, i.popped_us, i.leased_us, i.done_us
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[],
                    $13::uuid[], $14::text[], $15::bigint[], $16::bigint[], $17::bigint[],
                    $18::bigint[])
          AS i (resource_uuid, subject_uuid, step, from_state, to_state, cause,
                actor, message, error, changed, worker, build,
                tick, trace, queued_us, popped_us, leased_us, done_us)
      """;

  static final String CHANGES =
      """
      INSERT INTO changes (resource_uuid, subject_uuid, version, fields, cause, actor, worker, build,
                           tick, trace)
      SELECT i.resource_uuid, i.subject_uuid, i.version, string_to_array(i.fields, ','), i.cause,
             i.actor, i.worker, i.build, i.tick, i.trace
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::uuid[], $10::text[])
          AS i (resource_uuid, subject_uuid, version, fields, cause, actor,
                worker, build, tick, trace)
      """;

  /*
   * What a tick says that the last one of this step said too is no news. What a person says is kept
   * each time.
   */
  static final String SAID =
      """
      INSERT INTO log (resource_uuid, subject_uuid, step, level, message, cause, actor, worker, trace)
      SELECT i.resource_uuid, i.subject_uuid, i.step, 'info', i.message, i.cause, i.actor, i.worker,
             i.trace
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::uuid[])
          AS i (resource_uuid, subject_uuid, step, message, cause, actor, worker, trace, tick)
       WHERE i.tick IS NULL
          OR i.message IS DISTINCT FROM
             (SELECT l.message
                FROM log l
               WHERE l.resource_uuid = i.resource_uuid AND l.subject_uuid = i.subject_uuid
                 AND l.step = i.step
               ORDER BY l.seq DESC
               LIMIT 1)
      """;

  /* When an error was is when its tick began, so by that nobody finds those that are new. */
  static final String ERRORS =
      """
      WITH written AS (
        INSERT INTO errors (uuid, resource_uuid, subject_uuid, kind, message, attrs, stack, stack_hash,
                            state, step, try, worker, build, at, breaker)
        SELECT i.uuid, i.resource_uuid, i.subject_uuid, i.kind, i.message, i.attrs::jsonb, i.stack,
               i.stack_hash, i.state, i.step, i.try, i.worker, i.build, i.at,
               i.breaker
          FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                      $7::text[], $8::text[], $9::text[], $10::bigint[], $11::int[], $12::text[],
                      $13::text[], $14::timestamptz[], $15::text[])
            AS i (uuid, resource_uuid, subject_uuid, kind, message, attrs, stack, stack_hash, state,
                  step, try, worker, build, at, breaker)
        RETURNING uuid, at
      )
      INSERT INTO untold_errors (uuid, at)
      SELECT uuid, at
        FROM written
       WHERE EXISTS (SELECT FROM sinks WHERE active AND kind = 'sentry')
      """;

  static final String OBSERVATIONS =
      """
      INSERT INTO observations (resource_uuid, version, availability)
      SELECT i.resource_uuid, i.version, i.availability
        FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS i (resource_uuid, version, availability)
      """;

  static final String SIGNALS =
      """
      INSERT INTO signals (uuid, resource_uuid, subject_uuid, type, attrs, sender, sent_at)
      SELECT i.uuid, i.resource_uuid, i.subject_uuid, i.type, i.attrs::jsonb, i.sender, i.sent_at
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                    $7::timestamptz[])
          AS i (uuid, resource_uuid, subject_uuid, type, attrs, sender, sent_at)
      """;

  /**
   * One that waits has not ended. By its state the planner would go by the index of all that wait
   * for a resource, instead of by their keys.
   */
  static final String CONSUME =
      """
      UPDATE signals
         SET state = 'consumed', ended_at = now()
       WHERE resource_uuid = ANY ($1::uuid[]) AND uuid = ANY ($2::uuid[]) AND ended_at IS NULL
      """;

  /**
   * What is left over at a subject's end is kept, as not read. Of more than 10,000 of one subject
   * the rest stays as it is, which nobody reads either: an end is to fit in the time of a
   * statement.
   */
  static final String LEAVE_SIGNALS =
      """
      UPDATE signals
         SET state = 'unread', ended_at = now()
       WHERE state = 'waiting'
         AND ctid = ANY (ARRAY(
               SELECT w.ctid
                 FROM unnest($1::uuid[], $2::uuid[]) AS i (resource_uuid, subject_uuid)
                CROSS JOIN LATERAL (
                  SELECT s.ctid
                    FROM signals s
                   WHERE s.resource_uuid = i.resource_uuid AND s.subject_uuid = i.subject_uuid
                     AND s.state = 'waiting'
                   LIMIT 10000) AS w))
      """;

  private HistorySql() {}
}
