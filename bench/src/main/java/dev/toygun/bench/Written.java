package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows were written to each table, as PostgreSQL counts it. A connection tells of its work
 * within a second, and of the last of it ten seconds after it has become idle.
 */
public final class Written {
  private static final String COUNTS =
      """
      select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables
      """;
  private static final long TOLD_MS = 11_000;

  private final Sql sql;
  private Map<String, Long> before = Map.of();
  private long nanos;

  /** Rows of the database of this connection. */
  public Written(Sql sql) {
    this.sql = sql;
  }

  /** Counts from here on. Waits until all that was written before has been told. */
  public void begin() throws SQLException, InterruptedException {
    Thread.sleep(TOLD_MS);
    nanos = System.nanoTime();
    before = read();
  }

  /** What was written since; a table that nobody has written to is not among them. */
  public Map<String, Long> since() throws SQLException, InterruptedException {
    Thread.sleep(TOLD_MS);
    Map<String, Long> since = new TreeMap<>();
    read()
        .forEach(
            (table, rows) -> {
              long more = rows - before.getOrDefault(table, 0L);
              if (more > 0) {
                since.put(table, more);
              }
            });
    return since;
  }

  /** Adds {@code rows_per_min} of all tables, and {@code rows_written} of each. */
  public Map<String, Long> tell(ObjectNode figures) throws SQLException, InterruptedException {
    Map<String, Long> since = since();
    double minutes = (System.nanoTime() - nanos) / 60e9;
    ObjectNode all = figures.putObject("rows_written");
    since.forEach(all::put);
    long sum = since.values().stream().mapToLong(Long::longValue).sum();
    figures.put("rows_per_min", Math.round(sum / minutes));
    return since;
  }

  private Map<String, Long> read() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Statement statement = sql.connection().createStatement();
        ResultSet rows = statement.executeQuery(COUNTS)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }
}
