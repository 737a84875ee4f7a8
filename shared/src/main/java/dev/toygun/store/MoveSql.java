package dev.toygun.store;

/** The one statement of a group of plain moves. */
final class MoveSql {
  /*
   * i      the outcomes, in the order of their keys: so rows are locked in one order everywhere
   * moved  those whose version is still the one that they were decided from. A wake that came in
   *        meanwhile leaves the row due as it is, and a stir makes it due where it has come to wait
   * kept   the history of what was moved, and never of what was asked: one subject twice in i moves
   *        once, and has one transition
   *
   * That a row is active need not be said, its version says it; and to say it would let the planner
   * think of reading an index of the active ones from one end to the other.
   *
   * first  the move out of __new__, where a first tick makes two: as first_from and first_message
   * noted  the fields that a stay changed
   */
  static final String MOVE =
      """
      WITH i AS (
        SELECT *
          FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],
                      $7::bigint[], $8::int[], $9::text[], $10::text[], $11::int[],
                      $12::timestamptz[], $13::int[], $14::int[], $15::timestamptz[],
                      $16::boolean[], $17::uuid[], $18::text[], $19::text[], $20::text[],
                      $21::text[], $22::uuid[], $23::text[], $24::text[], $25::text[], $26::text[],
                      $27::uuid[], $28::text[], $29::bigint[], $30::bigint[], $31::bigint[],
                      $32::bigint[], $33::timestamptz[])
               WITH ORDINALITY
            AS i (resource_uuid, uuid, version, wakes, state, step,
                  entered, tries, resume, attrs, schema_version,
                  due_at, every_s, bucket, deadline_at,
                  waits, error, outcome, first_from, first_message,
                  last_from, because, message, changed, cause, actor,
                  tick, trace, queued_us, popped_us, leased_us, done_us,
                  run_deadline_at, n)),
      moved AS (
        UPDATE tasks AS t
           SET state = i.state, step = i.step, version = t.version + 1, entered = i.entered,
               tries = i.tries, resume = i.resume, attrs = coalesce(i.attrs::jsonb, t.attrs),
               schema_version = i.schema_version,
               due_at = CASE WHEN t.wakes = i.wakes THEN i.due_at
                             WHEN (t.wakes - i.wakes) % 4294967296 <> 0 THEN t.due_at
                             WHEN i.waits THEN now()
                             ELSE i.due_at END,
               every_s = i.every_s, bucket = i.bucket, deadline_at = i.deadline_at,
               run_deadline_at = i.run_deadline_at, waits = i.waits, error = i.error,
               outcome = i.outcome, updated_at = now()
          FROM i
         WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid AND t.version = i.version
        RETURNING i.n, t.resource_uuid, t.uuid, t.version, t.wakes, t.due_at, t.step, t.state,
                  i.first_from, i.first_message, i.last_from, i.because, i.message, i.changed,
                  i.cause, i.actor, i.tick, i.trace, i.queued_us, i.popped_us, i.leased_us,
                  i.done_us),
      -- noted {
      noted AS (
        INSERT INTO changes (resource_uuid, subject_uuid, version, fields, cause, actor, worker,
                             build, tick, trace)
        SELECT m.resource_uuid, m.uuid, m.version, string_to_array(m.changed, ','), m.cause,
               m.actor, $34::text, $35::text, m.tick, m.trace
          FROM moved m
         WHERE m.last_from IS NULL AND m.changed <> ''),
      -- }
      kept AS (
        INSERT INTO transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause,
                                 actor, message, error, changed, worker, build, tick, trace,
                                 queued_us, popped_us, leased_us, done_us)
        -- first {
        SELECT m.resource_uuid, m.uuid, m.step - 1, m.first_from, m.last_from, m.cause,
               m.actor, m.first_message, NULL::uuid, '{}'::text[], $34::text, $35::text, m.tick,
               m.trace, m.queued_us, m.popped_us, m.leased_us, m.done_us
          FROM moved m
         WHERE m.first_from IS NOT NULL
        UNION ALL
        -- }
        SELECT m.resource_uuid, m.uuid, m.step, m.last_from, m.state, m.cause,
               m.actor, m.message, m.because, string_to_array(m.changed, ','), $34::text,
               $35::text, m.tick, m.trace, m.queued_us, m.popped_us, m.leased_us, m.done_us
          FROM moved m
         WHERE m.last_from IS NOT NULL)
      SELECT n, version, wakes, due_at FROM moved
      """;

  /** The same for a group of one. */
  static final String MOVE_ONE = OneRow.of(MOVE);

  /** Of a group in which no stay has changed a field. */
  static final String MOVE_UNNOTED = Parts.without(MOVE, "noted");

  /** The same for a group of one. */
  static final String MOVE_UNNOTED_ONE = OneRow.of(MOVE_UNNOTED);

  /** Nor does one of it come out of {@code __new__}. */
  static final String MOVE_LATER = Parts.without(MOVE_UNNOTED, "first");

  /** The same for a group of one. */
  static final String MOVE_LATER_ONE = OneRow.of(MOVE_LATER);

  private MoveSql() {}
}
