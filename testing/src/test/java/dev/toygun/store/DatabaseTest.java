package dev.toygun.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Databases that are not there, not answering, or not the right ones. */
class DatabaseTest {
  private static @Nullable Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    PostgresFixture.wait(Objects.requireNonNull(vertx).close().map(true));
  }

  private static PgStore connect(DatabaseUrl url, Duration timeout) {
    return PgStore.connect(
        Objects.requireNonNull(vertx), url, new DatabaseSettings("test", 2, 10, timeout));
  }

  private static @Nullable Throwable check(DatabaseUrl url) {
    PgStore store = connect(url, Duration.ofSeconds(20));
    Throwable problem = catchThrowable(() -> PostgresFixture.wait(store.check().map(true)));
    PostgresFixture.wait(store.close().map(true));
    return problem;
  }

  @Test
  void aUrlIsReadWithItsParts() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://me:p%40ss%2Bw@db.example:6000/toygun?sslmode=verify-full&sslrootcert=/ca");
    assertThat(url)
        .isEqualTo(
            new DatabaseUrl(
                "db.example", 6000, "toygun", "me", "p@ss+w", SslMode.VERIFY_FULL, "/ca"));
    assertThat(DatabaseUrl.parse("postgres://me@[::1]/toygun"))
        .isEqualTo(new DatabaseUrl("::1", 5432, "toygun", "me", "", SslMode.PREFER, null));
    assertThat(url.toString()).doesNotContain("p@ss").contains("db.example:6000/toygun");
  }

  @Test
  void aWrongUrlIsRefusedWithoutItsPassword() {
    for (String wrong :
        List.of(
            "mysql://me:hush@host/db",
            "postgresql://me:hush@host",
            "postgresql://host/db",
            "postgresql://me:hush@host/db?sslmode=maybe",
            "postgresql://me:hush@host/db?user=other",
            "postgresql://me:hush%@host/db",
            "postgresql://me:hu sh@host/db",
            "hush")) {
      assertThatThrownBy(() -> DatabaseUrl.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the database URL is wrong")
          .message()
          .doesNotContain("hush@")
          .doesNotContain("hu sh");
    }
  }

  @Test
  void aDatabaseWithoutTablesSaysWhatToRun() {
    DatabaseUrl url = PostgresServer.shared().empty();
    assertThat(check(url))
        .isInstanceOf(WrongSchema.class)
        .hasMessageContaining("no tables")
        .hasMessageContaining("toygun migrate");
    assertThat(Migrations.migrate(url))
        .isEqualTo(new Migrations.Migrated(Schema.VERSION, Schema.VERSION));
    assertThat(check(url)).isNull();
    assertThat(Migrations.migrate(url)).isEqualTo(new Migrations.Migrated(Schema.VERSION, 0));
    PostgresServer.shared().drop(url);
  }

  @Test
  void anOlderANewerAndABrokenSchemaAreToldApart() {
    DatabaseUrl url = PostgresServer.shared().database();
    PostgresServer.execute(url, "update toygun_migrations set version = '0'");
    assertThat(check(url))
        .isInstanceOf(WrongSchema.class)
        .hasMessageContaining("this build needs")
        .hasMessageContaining("toygun migrate");
    PostgresServer.execute(url, "update toygun_migrations set version = '99'");
    assertThat(check(url))
        .isInstanceOf(WrongSchema.class)
        .hasMessageContaining("at version 99")
        .hasMessageContaining("newer build");
    PostgresServer.execute(url, "update toygun_migrations set version = '1', success = false");
    assertThat(check(url)).isInstanceOf(WrongSchema.class).hasMessageContaining("broken off");
    PostgresServer.shared().drop(url);
  }

  @Test
  void theSystemsOwnResourceThatAnOlderBuildMadeDueRestsAgain() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture();
        InputStream sql = Schema.class.getResourceAsStream("migrations/V28__system_rests.sql")) {
      postgres.execute("update resources set due_at = now() where type = '__system__'");
      assertThat(postgres.rows("select from resource_dues")).hasSize(1);
      postgres.execute(new String(requireNonNull(sql).readAllBytes(), UTF_8));
      assertThat(postgres.rows("select from resource_dues")).isEmpty();
      assertThat(postgres.rows("select from resources where due_at is not null")).isEmpty();
    }
  }

  @Test
  void anOlderBuildMigratesNothingAndDoesNotSayThatItHas() {
    DatabaseUrl url = PostgresServer.shared().database();
    PostgresServer.execute(
        url,
        """
        insert into toygun_migrations
               (installed_rank, version, description, type, script, installed_by, execution_time,
                success)
        select max(installed_rank) + 1, '99', 'later', 'SQL', 'V99__later.sql', 'test', 1, true
          from toygun_migrations
        """);
    assertThatThrownBy(() -> Migrations.migrate(url))
        .isInstanceOf(WrongSchema.class)
        .hasMessageContaining("at version 99")
        .hasMessageContaining("newer build");
    PostgresServer.shared().drop(url);
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    DatabaseUrl right = PostgresServer.shared().database();
    DatabaseUrl wrong =
        new DatabaseUrl(
            right.host(),
            right.port(),
            "nowhere",
            right.user(),
            right.password(),
            right.ssl(),
            null);
    assertThat(check(wrong)).isNotNull().hasMessageContaining("nowhere");
    PostgresServer.shared().drop(right);
  }

  @Test
  void whereNothingListensEveryFutureFails() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PgStore store = connect(local(port), Duration.ofSeconds(5));
    assertThat(catchThrowable(() -> PostgresFixture.wait(store.now()))).isNotNull();
    assertThat(catchThrowable(() -> PostgresFixture.wait(store.commit(List.of(outcome())))))
        .isInstanceOf(UnknownOutcome.class);
    PostgresFixture.wait(store.close().map(true));
  }

  /** A server that is frozen takes connections and says nothing. */
  @Test
  void whereNobodyAnswersEveryFutureEndsInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      PgStore store = connect(local(silent.getLocalPort()), Duration.ofMillis(500));
      assertThat(catchThrowable(() -> PostgresFixture.wait(store.now()))).isNotNull();
      assertThat(
              catchThrowable(
                  () ->
                      PostgresFixture.wait(
                          store.load(List.of(UUID.fromString(ZERO)), Work.Sees.ITSELF))))
          .isNotNull();
      assertThat(catchThrowable(() -> PostgresFixture.wait(store.commit(List.of(outcome())))))
          .isInstanceOf(UnknownOutcome.class);
      PostgresFixture.wait(store.close().map(true));
    }
  }

  /** A connection that is cut while a commit waits: nobody can say what became of it. */
  @Test
  void aCutConnectionLeavesTheOutcomeUnknownAndTheStoreUsable() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture(2)) {
      SubjectKey key = postgres.running(postgres.root(), "task", false);
      Outcome move = postgres.outcome(key, d -> d.enter("second", null, false));
      DatabaseUrl url = postgres.url();
      try (Connection other = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("update tasks set priority = 4 where uuid = '%s'".formatted(key.uuid()));
        var commit = postgres.store().commit(List.of(move));
        boolean cut = false;
        while (!cut) {
          statement.execute("select pg_stat_clear_snapshot()");
          try (ResultSet rows =
              statement.executeQuery(
                  "select pg_terminate_backend(pid) from pg_stat_activity"
                      + " where wait_event_type = 'Lock' and datname = current_database()")) {
            cut = rows.next();
          }
        }
        assertThat(catchThrowable(() -> postgres.get(commit))).isInstanceOf(UnknownOutcome.class);
        other.rollback();
      }
      // The next one may be given the very connection, before it is known to be gone.
      var unused = catchThrowable(() -> postgres.machine(key));
      assertThat(postgres.machine(key).state()).isEqualTo("first");
      postgres.done(move);
    }
  }

  /** Its locks are gone by then: what it read may have changed. */
  @Test
  void aTransactionThatIsTooLateWritesNothingOnceTheServerAnswers() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture(2);
        Relay relay = new Relay(postgres.url().port())) {
      SubjectKey key = postgres.running(postgres.root(), "task", false);
      Outcome first = rich(postgres, postgres.running(postgres.root(), "task", false));
      Outcome move = rich(postgres, key);
      DatabaseUrl url = postgres.url();
      DatabaseUrl through =
          new DatabaseUrl(
              url.host(),
              relay.port(),
              url.database(),
              url.user(),
              url.password(),
              url.ssl(),
              url.rootCert());
      PgStore late =
          PgStore.connect(
              postgres.vertx(),
              through,
              new DatabaseSettings("test", 1, 10, Duration.ofMillis(1500)));
      PostgresFixture.wait(
          late.commit(List.of(first))); // Its statements are prepared from here on.
      relay.hold();
      assertThat(catchThrowable(() -> PostgresFixture.wait(late.commit(List.of(move)))))
          .isInstanceOf(UnknownOutcome.class);
      postgres.execute(
          "update tasks set state = 'other', version = version + 1 where uuid = '%s'"
              .formatted(key.uuid()));

      relay.release();
      PostgresFixture.wait(late.now()); // Behind all that was sent before on its one connection.
      PostgresFixture.wait(late.close().map(true));
      assertThat(postgres.machine(key).state()).isEqualTo("other");
    }
  }

  /** A move that more than one statement carries. */
  private static Outcome rich(PostgresFixture postgres, SubjectKey key) {
    return postgres.outcome(
        key,
        d -> {
          d.enter("second", null, false);
          d.wake(Wake.RESOURCE);
        });
  }

  private static DatabaseUrl local(int port) {
    return new DatabaseUrl("127.0.0.1", port, "db", "me", "", SslMode.DISABLE, null);
  }

  private static Outcome outcome() {
    UUID uuid = UUID.fromString(ZERO);
    Stamp stamp = new Stamp(Cause.CLOCK, "system", "w", "b", uuid, null, Stamp.Delays.NONE);
    return new Outcome(
        SubjectKey.ofResource(uuid),
        1,
        0,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        ChildDelete.NONE,
        null,
        Set.of(),
        stamp,
        null);
  }

  private static final String ZERO = "00000000-0000-0000-0000-000000000000";
}
