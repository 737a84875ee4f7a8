package dev.toygun.store;

import io.vertx.sqlclient.Row;
import java.util.List;

/** The statements of triggers: read where a type declares any, written as one turns. */
final class TriggerSql {
  static final String SEEN =
      """
      SELECT resource_uuid, name, starts, stops, stopped, fault
        FROM triggers
       WHERE resource_uuid = ANY ($1::uuid[])
       ORDER BY resource_uuid, name
      """;

  private static final String WRITE =
      """
      INSERT INTO triggers AS t (resource_uuid, name, starts, stops, stopped, fault)
      SELECT i.resource_uuid, i.name, i.starts, i.stops, i.stopped, i.fault
        FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::boolean[], $5::bigint[], $6::text[])
          AS i (resource_uuid, name, starts, stops, stopped, fault)
          ON CONFLICT (resource_uuid, name) DO UPDATE
         SET starts = excluded.starts, stops = excluded.stops, stopped = excluded.stopped,
             fault = excluded.fault, at = now()
      """;

  private TriggerSql() {}

  static TriggerRow row(Row row) {
    return new TriggerRow(
        Rows.uuid(row, 0),
        Rows.text(row, 1),
        Rows.flag(row, 2),
        Rows.flag(row, 3),
        Rows.big(row, 4),
        row.getString(5));
  }

  static void send(PgTransaction to, List<TriggerRow> rows) {
    if (!rows.isEmpty()) {
      to.send(
          WRITE,
          PgArrays.tuple(
              PgArrays.uuids(rows, TriggerRow::resource),
              PgArrays.texts(rows, TriggerRow::task),
              PgArrays.flags(rows, TriggerRow::starts),
              PgArrays.flags(rows, TriggerRow::stops),
              PgArrays.bigs(rows, TriggerRow::stopped),
              PgArrays.texts(rows, TriggerRow::fault)));
    }
  }
}
