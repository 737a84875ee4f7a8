package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statements are constants, so a server can be asked what it thinks of each. */
class StatementsTest {
  @Test
  void everyStatementIsTakenByTheServer() {
    Map<String, String> all = Statements.all();
    assertThat(all)
        .containsKeys(
            "CommandSql.INSERT",
            "DeliverySql.OPENED",
            "DueSql.TASKS",
            "GroupSql.WRITE_TASKS",
            "HistorySql.MOVES",
            "LoadSql.FAMILIES",
            "LockSql.TASKS",
            "MoveSql.MOVE");
    try (PostgresFixture postgres = new PostgresFixture()) {
      SqlConnection connection = postgres.get(postgres.store().database().connection());
      all.forEach(
          (name, sql) ->
              assertThatCode(() -> postgres.get(connection.prepare(sql)))
                  .as(name)
                  .doesNotThrowAnyException());
      postgres.get(connection.close().map(true));
    }
  }

  @Test
  void theSchemaIsTheOneThatThisBuildKnows() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      postgres.get(postgres.store().check().map(true));
    }
  }

  @Test
  void theRightsThatAServiceAsksForAreOnAllTables() {
    String tables =
        """
        SELECT relname::text FROM pg_class
         WHERE relkind IN ('r', 'p') AND NOT relispartition
           AND relnamespace = 'public'::regnamespace AND relname <> 'toygun_migrations'
        """;
    try (PostgresFixture postgres = new PostgresFixture()) {
      assertThat(postgres.rows(tables))
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrderElementsOf(Schema.TABLES);
    }
  }
}
