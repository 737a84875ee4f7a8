package dev.toygun.store;

/** The one statement of a group of plain ends. */
final class EndSql {
  /*
   * i      the ends, each of a resource of its own, in the order of their keys: so rows are locked in
   *        one order everywhere
   * held   those whose resource nobody else has locked, and that is as the settle was decided from;
   *        where no other task is active, which would have to be told, and no signal is left over
   * ended  those whose run is still as the end was decided from. All but the locked rows is read as it
   *        was when the statement began: a signal that came since has woken the run, so that its
   *        wakes are others
   * kept   the history of what was ended; first the move out of __new__, where it comes along
   *
   * What is not ended is not judged here: it comes again as any other outcome does.
   */
  static final String END =
      """
      WITH i AS (
        SELECT *
          FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],
                      $7::bigint[], $8::int[], $9::text[], $10::text[], $11::int[], $12::boolean[],
                      $13::uuid[], $14::text[], $15::text[], $16::text[], $17::text[], $18::uuid[],
                      $19::text[], $20::text[], $21::text[], $22::text[], $23::uuid[], $24::text[],
                      $25::bigint[], $26::bigint[], $27::bigint[], $28::bigint[], $31::bigint[],
                      $32::bigint[], $33::text[], $34::bigint[], $35::bigint[], $36::int[],
                      $37::text[], $38::text[], $39::int[], $40::timestamptz[], $41::int[],
                      $42::int[], $43::timestamptz[], $44::boolean[], $45::uuid[], $46::text[],
                      $47::text[], $48::int[], $49::timestamptz[])
               WITH ORDINALITY
            AS i (resource_uuid, uuid, version, wakes, state, step,
                  entered, tries, resume, attrs, schema_version, waits,
                  error, outcome, first_from, first_message, last_from, because,
                  message, changed, cause, actor, tick, trace,
                  queued_us, popped_us, leased_us, done_us, of_version,
                  of_wakes, of_state, of_step, of_entered, of_tries,
                  of_resume, of_attrs, of_schema_version, of_due_at, of_every_s,
                  of_bucket, of_deadline_at, of_waits, of_error, of_deleting,
                  of_availability, of_misses, of_planned_until, n)),
      held AS (
        SELECT i.*
          FROM i
         CROSS JOIN LATERAL (
                 SELECT FROM resources o
                  WHERE o.uuid = i.resource_uuid AND o.version = i.of_version
                    AND o.wakes = i.of_wakes AND o.schema_version = i.of_schema_version
                    AND o.availability = i.of_availability
                    FOR NO KEY UPDATE SKIP LOCKED) AS o
         WHERE NOT EXISTS (
                 SELECT FROM tasks w
                  WHERE w.resource_uuid = i.resource_uuid AND w.active AND w.uuid <> i.uuid
                 OFFSET 0)
           AND NOT EXISTS (
                 SELECT FROM signals s
                  WHERE s.resource_uuid = i.resource_uuid AND s.subject_uuid = i.uuid
                    AND s.state = 'waiting'
                 OFFSET 0)),
      ended AS (
        UPDATE tasks AS t
           SET state = h.state, step = h.step, version = t.version + 1, entered = h.entered,
               tries = h.tries, resume = h.resume, attrs = coalesce(h.attrs::jsonb, t.attrs),
               schema_version = h.schema_version, due_at = NULL, every_s = NULL, bucket = NULL,
               deadline_at = NULL, run_deadline_at = NULL, waits = h.waits, active = false,
               error = h.error, outcome = h.outcome, updated_at = now(), ended_at = now()
          FROM held h
         WHERE t.resource_uuid = h.resource_uuid AND t.uuid = h.uuid AND t.version = h.version
           AND t.wakes = h.wakes
        RETURNING h.*),
      kept AS (
        INSERT INTO transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause,
                                 actor, message, error, changed, worker, build, tick, trace,
                                 queued_us, popped_us, leased_us, done_us)
        -- first {
        SELECT e.resource_uuid, e.uuid, e.step - 1, e.first_from, e.last_from, e.cause,
               e.actor, e.first_message, NULL::uuid, '{}'::text[], $29::text, $30::text, e.tick,
               e.trace, e.queued_us, e.popped_us, e.leased_us, e.done_us
          FROM ended e
         WHERE e.first_from IS NOT NULL
        UNION ALL
        -- }
        SELECT e.resource_uuid, e.uuid, e.step, e.last_from, e.state, e.cause,
               e.actor, e.message, e.because, string_to_array(e.changed, ','), $29::text,
               $30::text, e.tick, e.trace, e.queued_us, e.popped_us, e.leased_us, e.done_us
          FROM ended e)
      UPDATE resources AS r
         SET state = e.of_state, step = e.of_step, version = r.version + 1, wakes = r.wakes + 1,
             entered = e.of_entered, tries = e.of_tries, resume = e.of_resume,
             attrs = coalesce(e.of_attrs::jsonb, r.attrs), due_at = e.of_due_at, every_s = e.of_every_s,
             bucket = e.of_bucket, deadline_at = e.of_deadline_at, waits = e.of_waits,
             error = e.of_error, deleting = e.of_deleting, misses = e.of_misses,
             planned_until = e.of_planned_until, updated_at = now()
        FROM ended e
       WHERE r.uuid = e.resource_uuid
      RETURNING e.n, r.due_at, coalesce(r.due_at <= now(), false), r.queue, r.type, r.schema_version,
                r.priority
      """;

  /** The same for a group of one. */
  static final String END_ONE = OneRow.of(END);

  /** Of a group of which each has moved before. */
  static final String END_LATER = Parts.without(END, "first");

  /** The same for a group of one. */
  static final String END_LATER_ONE = OneRow.of(END_LATER);

  private EndSql() {}
}
