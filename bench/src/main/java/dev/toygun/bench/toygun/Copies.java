package dev.toygun.bench.toygun;

import dev.toygun.bench.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Copies a resource with its tasks and its history, row by row in the database: a million that are
 * as one that was made by a worker, without waiting until workers have made a million.
 */
final class Copies {
  /** So many with one statement. */
  private static final int GROUP = 20_000;

  /*
   * Version 7, as all uuids of Toygun: neighbours in time are neighbours in every index. The last
   * bytes are random, so polls are spread over their period.
   */
  private static final String UUIDS =
      """
      create temporary table copies on commit drop as
        select n,
               (ms || '-7' || substr(gen_random_uuid()::text, 16))::uuid as resource,
               (ms || '-7' || substr(gen_random_uuid()::text, 16))::uuid as task
          from (select n, substr(h, 1, 8) || '-' || substr(h, 9, 4) as ms
                  from (select n,
                               lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint
                                           + n / 64), 12, '0') as h
                          from generate_series(1, %d) n) as times) as texts
      """;

  private static final String BUCKET =
      """
      (('x' || right(c.task::text, 8))::bit(32)::bigint % t.every_s)::integer
      """;

  private static final String INSERT =
      """
      insert into %1$s (%2$s) select %3$s from %1$s t cross join copies c where t.%4$s = ?
      """;

  private final Sql sql;

  /** Copies in the database of this connection. */
  Copies(Sql sql) {
    this.sql = sql;
  }

  /** Makes so many copies, in this queue, of a resource that has one run of one task. */
  void of(UUID resource, int many, String queue) throws SQLException {
    String inQueue = "'" + queue + "'";
    sql.connection().setAutoCommit(false);
    try {
      for (int left = many; left > 0; left -= GROUP) {
        sql.run(UUIDS.formatted(Math.min(left, GROUP)));
        insert(
            "resources",
            "uuid",
            resource,
            Map.of("uuid", "c.resource", "queue", inQueue, "label", "'r-' || c.resource"));
        insert(
            "tasks",
            "resource_uuid",
            resource,
            Map.of(
                "resource_uuid",
                "c.resource",
                "uuid",
                "c.task",
                "queue",
                inQueue,
                "bucket",
                BUCKET));
        insert(
            "transitions",
            "resource_uuid",
            resource,
            Map.of(
                "resource_uuid", "c.resource",
                "subject_uuid",
                    "case when t.subject_uuid = t.resource_uuid then c.resource else c.task end",
                "seq", "nextval('transitions_seq')"));
        sql.connection().commit();
      }
    } finally {
      sql.connection().setAutoCommit(true);
    }
    sql.run("vacuum (analyze) resources, tasks, transitions");
  }

  private void insert(String table, String key, UUID resource, Map<String, String> other)
      throws SQLException {
    List<String> columns = columns(table);
    String values =
        columns.stream()
            .map(column -> other.getOrDefault(column, "t." + column))
            .collect(Collectors.joining(", "));
    String text = INSERT.formatted(table, String.join(", ", columns), values, key);
    try (PreparedStatement statement = sql.connection().prepareStatement(text)) {
      statement.setObject(1, resource);
      statement.executeUpdate();
    }
  }

  private List<String> columns(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
        sql.connection()
            .prepareStatement(
                """
                select column_name from information_schema.columns
                 where table_schema = current_schema() and table_name = ?
                 order by ordinal_position
                """)) {
      statement.setString(1, table);
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    return columns;
  }
}
