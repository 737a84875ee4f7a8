package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that answer, and on which nothing can be done. */
class WrongDatabaseTest {
  private static final String ROLE = "toygun_runs";

  private final PostgresFixture postgres = new PostgresFixture(2);

  @AfterEach
  void close() {
    postgres.close();
  }

  private PgStore store(DatabaseUrl url) {
    return PgStore.connect(
        postgres.vertx(), url, new DatabaseSettings("wrong", 2, 10, Duration.ofSeconds(20)));
  }

  private void onDatabase(String what) {
    postgres.execute("alter database " + postgres.url().database() + " " + what);
  }

  /** As one that was the primary, until a moment ago. */
  @Test
  void oneThatOnlyReadsIsRefusedUntilNewConnectionsLeadToOneThatWrites() {
    onDatabase("set default_transaction_read_only = on");
    PgStore store = store(postgres.url());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> postgres.get(store.check().map(true)))
          .isInstanceOf(WrongDatabase.class)
          .hasMessageContaining("takes no writes");
    }
    postgres.execute(
        "set transaction read write; alter database %s reset default_transaction_read_only"
            .formatted(postgres.url().database()));
    postgres.get(store.check().map(true));
    postgres.get(store.close().map(true));
  }

  /** The check's own connection may lead elsewhere by then. */
  @Test
  void aStatementThatMayNotWriteHasAllConnectionsReplaced() {
    int before = process();
    postgres.get(postgres.store().check().map(true));
    assertThat(process()).isEqualTo(before);
    refuse("25006");
    postgres.get(postgres.store().check().map(true));
    assertThat(process()).isNotEqualTo(before);
  }

  private int process() {
    return postgres.rows("SELECT pg_backend_pid()").get(0).getInteger(0);
  }

  @Test
  void oneWhoseDiskIsFullIsRefusedUntilNoStatementSaysSo() {
    refuse("53100");
    assertThatThrownBy(() -> postgres.get(postgres.store().check().map(true)))
        .isInstanceOf(WrongDatabase.class)
        .hasMessageContaining("says the test");
    postgres.get(postgres.store().check().map(true));
  }

  private void refuse(String state) {
    Database database = postgres.store().database();
    String sql = "DO $$ BEGIN RAISE 'says the test' USING ERRCODE = '%s'; END $$".formatted(state);
    assertThat(
            catchThrowable(
                () -> postgres.get(database.inTime(database.engine().query(sql).execute()))))
        .isInstanceOf(PgException.class);
  }

  @Test
  void aRoleThatLacksARightIsToldWhichAndNoWorkIsBlamed() {
    SubjectKey key = postgres.running(postgres.root(), "task", false);
    Outcome move = postgres.outcome(key, d -> d.enter("second", null, false));
    DatabaseUrl url = postgres.url();
    postgres.execute("create role %s login password 'runs'".formatted(ROLE));
    try {
      PgStore store =
          store(
              new DatabaseUrl(
                  url.host(), url.port(), url.database(), ROLE, "runs", url.ssl(), null));
      assertLacks(store, "SELECT on toygun_migrations");
      postgres.execute("grant select on toygun_migrations to " + ROLE);
      assertLacks(store, "SELECT, INSERT, UPDATE, DELETE on alarms");
      postgres.execute(
          "grant select, insert, update, delete on all tables in schema public to " + ROLE);
      assertLacks(store, "USAGE on transitions_seq");
      postgres.execute("grant usage on all sequences in schema public to " + ROLE);
      postgres.get(store.check().map(true));

      postgres.execute("revoke insert on transitions, signals from " + ROLE);
      assertLacks(store, "INSERT on signals");
      assertThat(catchThrowable(() -> postgres.get(store.commit(List.of(move)))))
          .isInstanceOf(UnknownOutcome.class)
          .hasMessageContaining("permission denied for table transitions");
      postgres.get(store.close().map(true));
    } finally {
      postgres.execute("drop owned by %1$s; drop role %1$s".formatted(ROLE));
    }
  }

  private void assertLacks(PgStore store, String right) {
    assertThatThrownBy(() -> postgres.get(store.check().map(true)))
        .isInstanceOf(WrongDatabase.class)
        .hasMessageContaining("the role '%s' lacks %s".formatted(ROLE, right));
  }

  /** As a pooler in transaction mode that is told to ignore what it does not know. */
  @Test
  void aPoolerThatDropsWhatSessionsAskForIsRefused() {
    PgConnection bare =
        postgres.get(PgConnection.connect(postgres.vertx(), postgres.url().connectOptions()));
    assertThatThrownBy(() -> postgres.get(Schema.check(bare).map(true)))
        .isInstanceOf(WrongDatabase.class)
        .hasMessageContaining("enable_seqscan")
        .hasMessageContaining("statement_timeout")
        .hasMessageContaining("connect directly");
    postgres.get(bare.close().map(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42501", "42P01", "42703", "42883", "42P05", "25006", "53100"})
  void whatTheDatabaseLacksIsNoFaultOfAnOutcome(String state) {
    assertThat(PgTransaction.explained(new PgException("no", "ERROR", state, "")))
        .isInstanceOf(UnknownOutcome.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "23514", "42804", "54000"})
  void whatCannotBeStoredIs(String state) {
    PgException refused = new PgException("no", "ERROR", state, "");
    assertThat(PgTransaction.explained(refused)).isSameAs(refused);
  }
}
