package dev.toygun.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** The statement that finds an {@link Entry}. */
final class EntrySql {
  /*
   * The last time that a machine entered a state of these names: by itself, or sent there by a person
   * to make all anew, which is a person's only move with a tick. A retry and any other rewind went back
   * to an entry, and made none; a handler's have its tick, and come from a built-in state. A state that
   * only they led to was entered with the first of them. What was adopted has no move into its state.
   * The move with which a resource's teardown begins says so.
   */
  static final String LAST =
      """
      SELECT e.state, e.step,
             e.step >= coalesce(
               (SELECT max(d.step)
                  FROM transitions d
                 WHERE d.resource_uuid = $1 AND d.subject_uuid = $2
                   AND '__deleting__' = ANY (d.changed)),
               e.step + 1)
        FROM (SELECT to_state AS state, step,
                     tick IS NOT NULL
                       AND (from_state NOT IN ('__panic__', '__timeout__') OR actor <> 'system') AS own
                FROM transitions
               WHERE resource_uuid = $1 AND subject_uuid = $2 AND to_state = ANY ($3::text[])
               UNION ALL
              SELECT from_state, 0, TRUE
                FROM transitions
               WHERE resource_uuid = $1 AND subject_uuid = $2 AND step = 1
                 AND from_state = ANY ($3::text[])) AS e
       ORDER BY e.own DESC, CASE WHEN e.own THEN -e.step ELSE e.step END
       LIMIT 1
      """;

  private EntrySql() {}

  static Tuple of(SubjectKey subject, List<String> names) {
    return Tuple.of(subject.resource(), subject.uuid(), names.toArray(new String[0]));
  }

  static Entry entry(Row row) {
    return new Entry(Rows.text(row, 0), Rows.big(row, 1), Rows.flag(row, 2));
  }
}
