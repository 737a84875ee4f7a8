package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Accounts for everything that is active: whatever waits says why. A machine that no class explains
 * is left over, and whoever finds one has found a fault of Toygun, or of somebody's hand in its
 * tables.
 *
 * <p>This is the first of two steps, a snapshot of Postgres. Machines that are {@link Reason#LATE}
 * are to be looked up in the leases and in their lists.
 */
public final class Liveness implements Accounts {
  /** Why a machine waits; the first that fits. */
  public enum Reason {
    /** Its time is to come. */
    DUE_LATER,
    /** Its time came less than a minute ago. */
    DUE,
    /** It is at rest between two polls. */
    POLLING,
    /** A person holds it, or stopped the task that it would have. */
    HELD,
    /** It has panicked, and its alarm is not closed. */
    PANICKED,
    /** For a time-out, a signal, or something active that is itself explained. */
    WAITING,
    /** In a state in which nothing is to happen. */
    RESTING,
    /** Its time came more than a minute ago, and its alarm {@code stuck} is not closed. */
    STUCK,
    /** Its time came more than a minute ago. */
    LATE,
    /** Nothing explains it. */
    LEFT_OVER
  }

  /* One snapshot. First each machine is explained by itself, if it can be. The rest can only wait
   * for others: a resource for its tasks and its children. So the explanation climbs from whatever
   * is explained to what it hangs off, and no further; two machines that wait for each other
   * explain nothing, and both are left over. */
  static final String READ =
      """
      WITH RECURSIVE
      machines AS (
        SELECT r.uuid, r.uuid AS resource_uuid, r.parent_uuid AS owner, '' AS task, r.path || r.uuid AS line,
               r.version, r.queue, r.type, r.schema_version, r.state, r.due_at, r.every_s, r.deadline_at, r.waits
          FROM resources r
         WHERE r.active
         UNION ALL
        SELECT t.uuid, t.resource_uuid, t.resource_uuid, t.name, r.path || r.uuid,
               t.version, t.queue, t.type, t.schema_version, t.state, t.due_at, t.every_s, t.deadline_at, t.waits
          FROM tasks t
          JOIN resources r ON r.uuid = t.resource_uuid
         WHERE t.active
      ),
      explained AS (
        SELECT m.*,
               CASE
                 WHEN m.due_at > now() THEN 'due_later'
                 WHEN m.due_at > now() - interval '60 s' THEN 'due'
                 WHEN m.every_s IS NOT NULL THEN 'polling'
                 WHEN EXISTS (
                   SELECT FROM holds h
                    WHERE h.settled_at IS NULL
                      AND CASE h.scope
                            WHEN 'all' THEN true
                            WHEN 'subtree' THEN h.resource_uuid = ANY (m.line)
                            WHEN 'type' THEN h.name = m.type
                            WHEN 'queue' THEN h.name = m.queue
                            WHEN 'task' THEN h.name = m.task
                          END) THEN 'held'
                 WHEN m.state IN ('__panic__', '__timeout__') AND EXISTS (
                   SELECT FROM alarms a
                    WHERE a.resource_uuid = m.resource_uuid AND a.subject_uuid = m.uuid AND a.active)
                   THEN 'panicked'
                 WHEN m.due_at IS NOT NULL AND EXISTS (
                   SELECT FROM alarms a
                    WHERE a.resource_uuid = m.resource_uuid AND a.subject_uuid = m.uuid AND a.name = 'stuck'
                      AND a.active)
                   THEN 'stuck'
                 WHEN m.due_at IS NOT NULL THEN 'late'
                 WHEN m.state IN ('__panic__', '__timeout__') THEN NULL
                 WHEN m.deadline_at IS NOT NULL THEN 'waiting'
                 WHEN m.task <> '' AND m.waits THEN 'waiting'
                 WHEN m.task = '' AND (m.type = '__system__' OR EXISTS (
                   SELECT FROM resource_types t, jsonb_array_elements(t.definition -> 'states') s
                    WHERE t.name = m.type AND t.version = m.schema_version
                      AND s ->> 'name' = m.state AND (s ->> 'rests')::boolean)) THEN 'resting'
               END AS reason
          FROM machines m
      ),
      grounded AS (
        SELECT e.uuid, e.owner FROM explained e WHERE e.reason IS NOT NULL
         UNION
        SELECT e.uuid, e.owner
          FROM grounded g
          JOIN explained e ON e.uuid = g.owner
         WHERE e.reason IS NULL AND e.task = '' AND e.state NOT IN ('__panic__', '__timeout__')
      ),
      all_of_them AS (
        SELECT e.uuid, e.resource_uuid, e.version, e.queue, e.type, e.schema_version, e.due_at,
               CASE
                 WHEN e.reason IS NOT NULL THEN e.reason
                 WHEN EXISTS (SELECT FROM grounded g WHERE g.uuid = e.uuid) THEN 'waiting'
                 WHEN e.task = '' AND e.state NOT IN ('__panic__', '__timeout__') AND EXISTS (
                   SELECT FROM tasks t
                    WHERE t.resource_uuid = e.uuid AND NOT t.active AND t.outcome IN ('stopped', 'aborted')
                      AND NOT EXISTS (
                        SELECT FROM tasks later
                         WHERE later.resource_uuid = t.resource_uuid AND later.name = t.name AND later.run > t.run))
                   THEN 'held'
                 ELSE 'left_over'
               END AS reason
          FROM explained e
      )
      SELECT reason, count(*) AS n,
             (array_agg(uuid ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS who,
             (array_agg(resource_uuid ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS resources,
             (array_agg(version ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS at_version,
             (array_agg(queue ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS queues,
             (array_agg(type ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS types,
             (array_agg(schema_version ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS versions,
             (array_agg(due_at ORDER BY uuid) FILTER (WHERE reason IN ('late', 'left_over')))[1:100] AS due
        FROM all_of_them
       GROUP BY reason
      """;

  private final Pool pool;
  private final Duration timeout;

  /** Accounts for what is in a database. */
  public Liveness(Database database) {
    this.pool = database.readers();
    this.timeout = database.timeout();
  }

  @Override
  public Future<Account> account() {
    return pool.query(READ)
        .execute()
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(
            rows -> {
              Map<Reason, Long> counts = new TreeMap<>();
              List<Waiting> late = new ArrayList<>();
              List<Waiting> leftOver = new ArrayList<>();
              for (Row row : rows) {
                Reason reason = Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT));
                counts.put(reason, row.getLong("n"));
                if (reason == Reason.LATE) {
                  late.addAll(waiting(row));
                } else if (reason == Reason.LEFT_OVER) {
                  leftOver.addAll(waiting(row));
                }
              }
              return new Account(counts, late, leftOver);
            });
  }

  private static List<Waiting> waiting(Row row) {
    UUID[] who = Objects.requireNonNull(row.getArrayOfUUIDs("who"));
    UUID[] resources = Objects.requireNonNull(row.getArrayOfUUIDs("resources"));
    Long[] at = Objects.requireNonNull(row.getArrayOfLongs("at_version"));
    String[] queues = Objects.requireNonNull(row.getArrayOfStrings("queues"));
    String[] types = Objects.requireNonNull(row.getArrayOfStrings("types"));
    Integer[] versions = Objects.requireNonNull(row.getArrayOfIntegers("versions"));
    OffsetDateTime[] due = Objects.requireNonNull(row.getArrayOfOffsetDateTimes("due"));
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < who.length; i++) {
      waiting.add(
          new Waiting(
              new SubjectKey(resources[i], who[i]),
              at[i],
              new ListName(queues[i], types[i], versions[i], ListName.DEFAULT_PRIORITY),
              due[i] == null ? null : due[i].toInstant()));
    }
    return waiting;
  }
}
