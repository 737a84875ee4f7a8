package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  private static final String PASSWORD = "a-password-of-the-test";

  private final Path folder;

  PostgresServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itIsDurableAndAsksForAPasswordAndKeepsItsDataBetweenStarts() throws Exception {
    Path home = home();
    try (PostgresServer server = PostgresServer.start(home, folder.resolve("pg"), PASSWORD)) {
      assertThat(ask(server, PASSWORD, "show fsync")).isEqualTo("on");
      assertThat(ask(server, PASSWORD, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> ask(server, "another", "select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      ask(server, PASSWORD, "create table kept as select 42 as answer; select 1");
      assertThat(server.address().toString()).doesNotContain(PASSWORD);
    }
    try (PostgresServer server = PostgresServer.start(home, folder.resolve("pg"), PASSWORD)) {
      assertThat(ask(server, PASSWORD, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void anOrphanIsStoppedAndItsDataTakenOver() throws Exception {
    PostgresServer orphan = PostgresServer.start(home(), folder.resolve("pg"), PASSWORD);
    long pid = orphan.pid().orElseThrow();
    try (PostgresServer server = PostgresServer.start(home(), folder.resolve("pg"), PASSWORD)) {
      assertThat(Running.program(pid)).isEmpty();
      assertThat(server.pid()).hasValueSatisfying(now -> assertThat(now).isNotEqualTo(pid));
      assertThat(ask(server, PASSWORD, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aKilledOneStartsAgainWithWhatWasCommitted() throws Exception {
    PostgresServer killed = PostgresServer.start(home(), folder.resolve("pg"), PASSWORD);
    ask(killed, PASSWORD, "create table kept as select 7 as answer; select 1");
    ProcessHandle process = ProcessHandle.of(killed.pid().orElseThrow()).orElseThrow();
    process.destroyForcibly();
    assertThat(Running.ends(process.pid(), Duration.ofSeconds(10))).isTrue();
    try (PostgresServer server = PostgresServer.start(home(), folder.resolve("pg"), PASSWORD)) {
      assertThat(ask(server, PASSWORD, "select answer from kept")).isEqualTo("7");
    }
  }

  @Test
  void aPidThatBelongsToSomebodyElseByNowHoldsNobodyUp() throws Exception {
    PostgresServer.start(home(), folder.resolve("pg"), PASSWORD).close();
    Files.writeString(
        folder.resolve("pg/data/postmaster.pid"), ProcessHandle.current().pid() + "\n");
    try (PostgresServer server = PostgresServer.start(home(), folder.resolve("pg"), PASSWORD)) {
      assertThat(ask(server, PASSWORD, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void redisAnswersOnlyToItsPassword() throws Exception {
    Path program = new Binaries(folder.resolve("servers")).redis();
    long pid;
    try (RedisServer redis = RedisServer.start(program, folder.resolve("redis"), "secret1")) {
      pid = redis.pid().orElseThrow();
      int port = Integer.parseInt(redis.url().replaceAll(".*:", ""));
      assertThat(say(port, "PING\r\n")).startsWith("-NOAUTH");
      assertThat(say(port, "AUTH secret1\r\n")).startsWith("+OK");
    }
    assertThat(Running.program(pid)).isEmpty();
  }

  private Path home() throws IOException {
    // Unpacked once for the whole build.
    return new Binaries(Path.of("target", "servers").toAbsolutePath()).postgres();
  }

  private static String ask(PostgresServer server, String password, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + server.address(), "toygun", password);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }

  private static String say(int port, String words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[200];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII);
    }
  }
}
