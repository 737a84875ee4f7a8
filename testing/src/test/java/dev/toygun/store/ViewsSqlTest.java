package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.PostgresServer;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the API reads, on many rows: every statement is one, and pages are read off an index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsSqlTest {
  private static final int ROWS = 40_000;
  private static final String SOMEBODY = "'01900000-0000-7000-8000-000000000001'";
  private DatabaseUrl url;
  private Connection connection;

  @BeforeAll
  void fill() throws SQLException {
    url = PostgresServer.shared().database();
    connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    run(
        """
        insert into resources (uuid, label, type, schema_version, state, attrs, created_at)
        select gen_random_uuid(), 'label-' || i, case when i %% 4 = 0 then 'other' else 'server' end, 1,
               case when i %% 1000 = 0 then '__panic__' else 'watched' end,
               jsonb_build_object('port', i), now() - i * interval '1 s'
          from generate_series(1, %d) i
        """
            .formatted(ROWS));
    run(
        """
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker, build)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'K', 'm', 's', 1, 1, 'w', 'b'
          from generate_series(1, 20000)
        """);
    run(
        """
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build)
        select %1$s, %1$s, i, 'a', 'b', 'clock', 'system', 'w', 'b' from generate_series(1, 20000) i
        """
            .formatted(SOMEBODY));
    run("vacuum analyze resources");
    run("vacuum analyze transitions");
    run("analyze errors");
  }

  @AfterAll
  void drop() throws SQLException {
    connection.close();
    PostgresServer.shared().drop(url);
  }

  @Test
  void everyStatementIsOne() throws SQLException, IllegalAccessException {
    Map<String, String> statements = new TreeMap<>();
    for (Class<?> holder :
        List.of(
            ViewsSql.class,
            SubtreeSql.class,
            NarrowedSql.class,
            IndexSql.class,
            EntrySql.class,
            Events.class,
            ApiKeys.class,
            Idempotency.class,
            Audit.class)) {
      for (Field field : holder.getDeclaredFields()) {
        if (field.getType() == String.class) {
          statements.put(
              holder.getSimpleName() + "." + field.getName(), String.valueOf(field.get(null)));
        }
      }
    }
    assertThat(statements).hasSizeGreaterThan(25);
    for (Map.Entry<String, String> statement : statements.entrySet()) {
      try {
        run("prepare one as " + statement.getValue());
        run("deallocate one");
      } catch (SQLException e) {
        throw new AssertionError(statement.getKey(), e);
      }
    }
  }

  @Test
  void aPageWithoutFiltersIsReadOffTheIndex() throws SQLException {
    String nothing = "'server', null, null, null, null, '[]', false, ";
    for (String after : List.of("null, null", "'2026-01-01T00:00:00Z', " + SOMEBODY)) {
      assertThat(plan(ViewsSql.RESOURCES_BY_CREATED_AT, nothing + after + ", 51, null, null"))
          .contains("resources_by_created_at")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan(ViewsSql.RESOURCES_BY_CREATED_AT_DESC, nothing + after + ", 51, null, null"))
          .contains("resources_by_created_at")
          .doesNotContain("Seq Scan", "Sort");
    }
    for (String after : List.of("null, null", "'label-5', " + SOMEBODY)) {
      assertThat(plan(ViewsSql.RESOURCES_BY_LABEL, nothing + after + ", 51, null, null"))
          .contains("resources_by_label")
          .doesNotContain("Seq Scan", "Sort");
      assertThat(plan(ViewsSql.RESOURCES_BY_LABEL_DESC, nothing + after + ", 51, null, null"))
          .contains("resources_by_label")
          .doesNotContain("Seq Scan", "Sort");
    }
  }

  @Test
  void aLabelAndARareStateAreFoundByTheirIndexes() throws SQLException {
    assertThat(
            plan(
                ViewsSql.RESOURCES_BY_CREATED_AT,
                "'server', 'label-77', null, null, null, '[]', false, null, null, 51, null, null"))
        .contains("resources_by_label")
        .doesNotContain("Seq Scan");
    assertThat(
            plan(
                ViewsSql.RESOURCES_BY_CREATED_AT,
                "'server', null, '{__panic__,__stuck__}', null, null, '[]', false, null, null, 51, null, null"))
        .contains("resources_by_state")
        .doesNotContain("Seq Scan");
    assertThat(
            plan(
                ViewsSql.RESOURCES_BY_CREATED_AT,
                "'server', null, null, "
                    + SOMEBODY
                    + ", null, '[]', false, null, null, 51, null, null"))
        .contains("resources_children")
        .doesNotContain("Seq Scan");
  }

  @Test
  void whatAUuidBeginsWithIsFoundByTheKey() throws SQLException {
    assertThat(
            plan(
                ViewsSql.RESOURCES_BY_CREATED_AT,
                "'server', null, null, null, null, '[]', true, null, null, 7,"
                    + " '0190f300-0000-0000-0000-000000000000', '0190f3ff-ffff-ffff-ffff-ffffffffffff'"))
        .contains("resources_pkey")
        .doesNotContain("Seq Scan");
  }

  @Test
  void thePlanStaysGoodWhenTheStatementIsKept() throws SQLException {
    run("prepare kept as " + ViewsSql.RESOURCES_BY_CREATED_AT);
    for (int i = 0; i < 8; i++) {
      run(
          "execute kept ('server', null, null, null, null, '[]', false, null, null, 51, null, null)");
    }
    assertThat(
            rows(
                "explain execute kept ('server', 'label-77', null, null, null, '[]', false, null,"
                    + " null, 51, null, null)"))
        .contains("resources_by_label");
    run("deallocate kept");
  }

  @Test
  void aHistoryIsReadOffTheKeyFromEitherEnd() throws SQLException {
    String of = SOMEBODY + ", " + SOMEBODY + ", ";
    assertThat(plan(ViewsSql.HISTORY, of + "10000, 11"))
        .contains("Merge Append", "_pkey")
        .doesNotContain("Sort  (", "Seq Scan");
    assertThat(plan(ViewsSql.HISTORY_BACK, of + "10000, 11"))
        .contains("Merge Append", "Backward", "_pkey")
        .doesNotContain("Sort  (", "Seq Scan");
  }

  @Test
  void theNewestErrorsAreReadOffTheKey() throws SQLException {
    assertThat(plan(ViewsSql.ERRORS, "null, null, null, null, 51"))
        .contains("Merge Append", "_pkey")
        .doesNotContain("Sort  (", "Seq Scan");
    assertThat(plan(ViewsSql.ERRORS, SOMEBODY + ", null, null, null, 51"))
        .contains("resource_uuid_at_idx"); // months to come are empty, and read as they are
  }

  private String plan(String sql, String values) throws SQLException {
    run("prepare one as " + sql);
    try {
      return rows("explain execute one (" + values + ")");
    } finally {
      run("deallocate one");
    }
  }

  private String rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (results.next()) {
        lines.add(results.getString(1));
      }
      return String.join("\n", lines);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
