package dev.toygun.store;

import dev.toygun.store.Views.Moved;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every move of every resource, task and alarm, in the order in which it can be read without
 * missing one: by the transaction that made it, up to the oldest that is still under way. A
 * sequence alone would skip whatever is committed after something with a higher number.
 */
public final class Events {
  /* A page is cut before it is narrowed to one resource, so that a look never reads further than a
  page. With a limit in it, a look-up cannot become a join with all of a table. The epoch is the server's: after a restore or a failover its transactions count anew. What was restored has the numbers of
  another server, among those to come: nothing is news that is older than a day. */
  static final String AFTER =
      """
      WITH page AS MATERIALIZED (
        SELECT t.xid, t.seq, t.resource_uuid, t.subject_uuid, t.step, t.from_state, t.to_state, t.message,
               t.error, t.changed, t.cause, t.actor, t.worker, t.build, t.trace, t.at
          FROM transitions t
         WHERE (t.xid, t.seq) > ($1::text::xid8, $2::bigint)
           AND t.xid < pg_snapshot_xmin(pg_current_snapshot())
           AND t.at > now() - interval '1 day'
         ORDER BY t.xid, t.seq
         LIMIT $3
      ),
      here AS (
        SELECT s.system_identifier::text || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS epoch,
               pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
               (SELECT count(*) FROM page) AS looked_at,
               (SELECT l.xid::text FROM page l ORDER BY l.xid DESC, l.seq DESC LIMIT 1) AS last_xid,
               (SELECT l.seq FROM page l ORDER BY l.xid DESC, l.seq DESC LIMIT 1) AS last_seq
          FROM pg_control_system() s
      )
      SELECT here.epoch, here.horizon, here.looked_at, here.last_xid, here.last_seq,
             p.xid::text AS event_xid, p.seq AS event_seq, p.resource_uuid, p.subject_uuid, p.step,
             p.from_state, p.to_state, p.message, p.error, p.changed, p.cause, p.actor, p.worker, p.build,
             p.trace, p.at, r.type, r.label, r.active, r.path, k.name, k.run,
             m.name AS alarm_name, m.severity AS alarm_severity, m.task AS alarm_task
        FROM here
        LEFT JOIN page p ON ($4::uuid IS NULL OR p.resource_uuid = $4)
        LEFT JOIN LATERAL (
          SELECT o.type, o.label, o.active, o.path FROM resources o WHERE o.uuid = p.resource_uuid LIMIT 1) r ON true
        LEFT JOIN LATERAL (
          SELECT o.name, o.run FROM tasks o
           WHERE o.resource_uuid = p.resource_uuid AND o.uuid = p.subject_uuid LIMIT 1) k ON true
        LEFT JOIN LATERAL (
          SELECT o.name, o.severity, o.task FROM alarms o
           WHERE o.resource_uuid = p.resource_uuid AND o.uuid = p.subject_uuid LIMIT 1) m ON true
       ORDER BY p.xid, p.seq
      """;

  static final String IS_THERE =
      """
      SELECT EXISTS (SELECT FROM transitions
                      WHERE xid = $1::text::xid8 AND seq = $2 AND at > now() - interval '1 day') AS is_there
      """;

  private final Database database;

  /** Events of this database. */
  public Events(Database database) {
    this.database = database;
  }

  /**
   * Where a reader is: after this event, or, with {@code seq} 0, before the first of a transaction.
   */
  public record Position(String epoch, String xid, long seq) {}

  /**
   * A move, and whose it is.
   *
   * @param place of the resource
   * @param task the name of the task whose move it is, and its run; null where it is no task's
   * @param alarm whose move it is; null where it is no alarm's
   */
  public record Event(
      Position position,
      SubjectKey subject,
      Place place,
      @Nullable String task,
      @Nullable Long run,
      @Nullable Alarmed alarm,
      Moved moved) {}

  /**
   * An alarm whose move it is.
   *
   * @param severity as it is now
   * @param task whose alarm it is; null where it is the resource's
   */
  public record Alarmed(String name, String severity, @Nullable String task) {}

  /**
   * What was read.
   *
   * @param end from where to go on
   * @param more whether there is more to read at once
   */
  public record Page(List<Event> events, Position end, boolean more) {}

  /** Where somebody begins who wants what happens from now on. */
  public Future<Position> now() {
    return read("0", 0, 0, null).map(rows -> horizon(rows.iterator().next()));
  }

  /**
   * Up to this many events after a position, those of one resource or of all for null.
   *
   * @return null where the position is of another epoch, or of the future
   */
  public Future<@Nullable Page> after(Position position, @Nullable UUID resource, int limit) {
    return read(position.xid(), position.seq(), limit, resource)
        .map(
            rows -> {
              Row first = rows.iterator().next();
              String epoch = text(first, "epoch");
              if (!epoch.equals(position.epoch())
                  || Long.parseUnsignedLong(position.xid())
                      > Long.parseUnsignedLong(text(first, "horizon"))) {
                return null;
              }
              List<Event> events = new ArrayList<>();
              rows.forEach(
                  row -> {
                    if (row.getUUID("subject_uuid") != null) {
                      events.add(event(epoch, row));
                    }
                  });
              String last = first.getString("last_xid");
              Position end =
                  last == null ? position : new Position(epoch, last, first.getLong("last_seq"));
              return new Page(events, end, first.getLong("looked_at") == limit);
            });
  }

  /**
   * Whether a reader may go on from here: what it has read last is still there, and not older than
   * a day.
   */
  public Future<Boolean> isThere(Position position) {
    return position.seq() == 0
        ? Future.succeededFuture(true)
        : database
            .inTime(
                database
                    .readers()
                    .preparedQuery(IS_THERE)
                    .execute(Tuple.of(position.xid(), position.seq())))
            .map(rows -> rows.iterator().next().getBoolean("is_there"));
  }

  private Future<RowSet<Row>> read(String xid, long seq, int limit, @Nullable UUID resource) {
    return database.inTime(
        database.readers().preparedQuery(AFTER).execute(Tuple.of(xid, seq, limit, resource)));
  }

  private static Position horizon(Row row) {
    return new Position(text(row, "epoch"), text(row, "horizon"), 0);
  }

  private static Event event(String epoch, Row row) {
    return new Event(
        new Position(epoch, text(row, "event_xid"), row.getLong("event_seq")),
        new SubjectKey(row.getUUID("resource_uuid"), row.getUUID("subject_uuid")),
        ViewsRows.place(row, "resource_uuid"),
        row.getString("name"),
        row.getLong("run"),
        row.getString("alarm_name") == null
            ? null
            : new Alarmed(
                text(row, "alarm_name"), text(row, "alarm_severity"), row.getString("alarm_task")),
        ViewsRows.moved(row));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
