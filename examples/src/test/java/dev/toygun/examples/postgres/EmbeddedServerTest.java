package dev.toygun.examples.postgres;

import static dev.toygun.examples.Eventually.result;
import static dev.toygun.examples.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Secret;
import dev.toygun.examples.postgres.Server.Health;
import dev.toygun.examples.postgres.Server.Login;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes and real files. */
@Execution(ExecutionMode.CONCURRENT)
class EmbeddedServerTest {
  private static final Secret ADMIN = Secret.of("canary-of-the-admin");
  private static final Login APP = new Login("app", "app", Secret.of("canary'of\"the\\app"));
  private static final Vertx VERTX = Vertx.vertx();

  // One for all tests: unpacking the binaries takes seconds.
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path data;

  private final EmbeddedServer server = new EmbeddedServer(VERTX, data);
  private String directory = "";
  private long port;

  @BeforeEach
  void choose(TestInfo test) throws IOException {
    directory = server.directory("t" + Math.floorMod(test.getDisplayName().hashCode(), 1_000_000));
    port = server.freePort(test.getDisplayName());
  }

  @AfterEach
  void removeTheServer() throws Exception {
    server.stop(directory);
    server.remove(directory);
  }

  @AfterAll
  static void close() throws Exception {
    result(VERTX.close());
  }

  @Test
  void aNewServerAnswersItsUser() throws Exception {
    long pid = started();
    assertThat(result(server.createDatabase(port, ADMIN, APP))).startsWith("18.");
    assertThat(result(server.look(directory, port, APP))).isEqualTo(Health.ANSWERS);
    assertThat(query("SELECT current_user || ' on ' || current_database()"))
        .isEqualTo("app on app");
    assertThat(ProcessHandle.of(pid)).isPresent();
  }

  @Test
  void everyStepMayRunTwice() throws Exception {
    server.initialise(directory, ADMIN);
    server.initialise(directory, ADMIN);
    long pid = started();
    assertThat(server.start(directory, port)).contains(pid);
    result(server.createDatabase(port, ADMIN, APP));
    result(server.createDatabase(port, ADMIN, APP));
    untilOneRuns();

    server.stop(directory);
    server.stop(directory);
    server.remove(directory);
    server.remove(directory);
    assertThat(postmasters()).isEmpty();
    assertThat(Path.of(directory)).doesNotExist();
  }

  @Test
  void aKilledServerStartsAgainWithWhatWasCommitted() throws Exception {
    long pid = started();
    result(server.createDatabase(port, ADMIN, APP));
    query("CREATE TABLE kept AS SELECT 42 AS answer");
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    until("it is gone", () -> result(server.look(directory, port, APP)) == Health.GONE);

    assertThat(server.start(directory, port)).isPresent().get().isNotEqualTo(pid);
    until("it answers", () -> result(server.look(directory, port, APP)) == Health.ANSWERS);
    assertThat(query("SELECT answer::text FROM kept")).isEqualTo("42");
  }

  @Test
  void aFrozenServerIsSilentAndCanStillBeStopped() throws Exception {
    long pid = started();
    signal("STOP", pid);
    assertThat(result(server.look(directory, port, Server.admin(ADMIN)))).isEqualTo(Health.SILENT);
    server.stop(directory);
    assertThat(postmasters()).isEmpty();
  }

  @Test
  void aServerOnAnotherPortThanItsOwnIsMoved() throws Exception {
    long pid = started();
    port = server.freePort("another");
    assertThat(server.start(directory, port)).isPresent().get().isNotEqualTo(pid);
    until("it answers", () -> health() == Health.ANSWERS);
    untilOneRuns();
  }

  @Test
  void aPortThatSomebodyElseHasStartsNothing() throws Exception {
    server.initialise(directory, ADMIN);
    try (ServerSocket other =
        new ServerSocket(Math.toIntExact(port), 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.start(directory, other.getLocalPort())).isEmpty();
    }
    assertThat(postmasters()).isEmpty();
  }

  @Test
  void noPasswordIsInAnArgumentAVariableOrAFile() throws Exception {
    long pid = started();
    result(server.createDatabase(port, ADMIN, APP));
    assertThat(result(server.look(directory, port, new Login("app", "app", Secret.of("wrong")))))
        .isEqualTo(Health.SILENT);

    List<String> passwords = List.of(ADMIN.reveal(), APP.password().reveal());
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(passwords);
      }
    }
    for (String what : List.of("cmdline", "environ")) {
      Path proc = Path.of("/proc", Long.toString(pid), what);
      if (Files.exists(proc)) {
        assertThat(Files.readString(proc, StandardCharsets.ISO_8859_1))
            .doesNotContain(passwords)
            .doesNotContain("JAVA_HOME", "TOYGUN");
      }
    }
  }

  @Test
  void aDirectoryThatIsNotAServersIsLeftAlone() {
    Path precious = data.resolve("binaries");
    for (Path other : List.of(precious, data, Path.of(directory).resolve("../../binaries"))) {
      assertThatThrownBy(() -> server.remove(other.toString()))
          .isInstanceOf(EmbeddedServer.ForeignDirectory.class)
          .hasMessageContaining("TOYGUN_DATA");
    }
    assertThat(precious).exists();
  }

  /** At each of these moments a worker dies, as {@code kill -9} does it; then another goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"initdb", "initdb/base", "data", "data/postmaster.pid"})
  void aWorkerKilledAtAnyStepLeavesOneServerAndNoOrphan(String moment) throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OneWorker.class.getName(),
                data.toString(),
                directory,
                Long.toString(port),
                ADMIN.reveal())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    until(moment, () -> Files.exists(Path.of(directory, moment)) || !worker.isAlive());
    worker.destroyForcibly().waitFor();

    long pid = started();
    assertThat(postmasters()).as("after death at " + moment).containsExactly(pid);
    server.stop(directory);
    server.remove(directory);
    assertThat(processes()).isEmpty();
    assertThat(Path.of(directory)).doesNotExist();
  }

  private long started() throws Exception {
    server.initialise(directory, ADMIN);
    long pid = server.start(directory, port).orElseThrow();
    until("it answers", () -> health() == Health.ANSWERS);
    return pid;
  }

  private Health health() throws Exception {
    return result(server.look(directory, port, Server.admin(ADMIN)));
  }

  /** A child has its postmaster's arguments until it has set its own. */
  private void untilOneRuns() throws Exception {
    until("one postmaster runs", () -> postmasters().size() == 1);
  }

  /** Not the postmasters' children, which have no arguments, nor a pg_ctl that still waits. */
  private List<Long> postmasters() {
    return processes().stream()
        .filter(process -> process.info().arguments().orElse(new String[0]).length > 1)
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
        .map(ProcessHandle::pid)
        .toList();
  }

  private List<ProcessHandle> processes() {
    return Postmaster.around(Path.of(directory), data.resolve("binaries"));
  }

  private String query(String sql) throws Exception {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(Math.toIntExact(port))
            .setDatabase(APP.database())
            .setUser(APP.username())
            .setPassword(APP.password().reveal());
    return result(
        PgConnection.connect(VERTX, options)
            .compose(
                connection ->
                    connection
                        .query(sql)
                        .execute()
                        .map(rows -> rows.size() == 0 ? "" : rows.iterator().next().getString(0))
                        .eventually(() -> connection.close())));
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
