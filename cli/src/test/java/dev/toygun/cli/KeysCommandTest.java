package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.crypto.Sealed;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.testing.servers.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is replaced: what it has sealed is counted, sealed again, and then it can go. */
class KeysCommandTest {
  private static final UUID ROW = new UUID(1, 1);
  private static final Random RANDOM = new Random(1);

  private final DatabaseUrl url = PostgresServer.shared().database();
  private final Path folder;
  private final String first = Keyring.newKey(RANDOM::nextBytes);
  private final String second = Keyring.newKey(RANDOM::nextBytes);

  KeysCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("postgres-url"),
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(url.user(), url.password(), url.host(), url.port(), url.database()));
  }

  private record Said(int code, String out, String err) {}

  private Said keys(String keychain, String... more) throws IOException {
    Files.writeString(folder.resolve("keychain"), keychain);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[3 + more.length];
    words[0] = "keys";
    words[1] = "--data";
    words[2] = folder.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    int code = Toygun.run(new PrintWriter(out), new PrintWriter(err), words);
    assertThat(out + " " + err).doesNotContain(first, second, "gAAAA");
    return new Said(code, out.toString(), err.toString());
  }

  @Test
  void aNewKeyIsPrintedAloneAndMakesAKeychain() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Toygun.run(new PrintWriter(out), new PrintWriter(err), "keys", "--new")).isZero();
    assertThat(err.toString()).isEmpty();
    String key = out.toString().strip();
    assertThat(key).hasSize(44);
    assertThat(Keyring.parse("{\"0\":\"%s\"}".formatted(key), RANDOM::nextBytes).ids())
        .containsExactly(0);
    assertThat(keys("{}", "--new").code()).isEqualTo(Exit.USAGE);
  }

  private void keep(String keychain) {
    Sealed sealed =
        new FieldSeal(Keyring.parse(keychain, RANDOM::nextBytes))
            .seal(
                new FieldSeal.Place("kept", ROW, "token"),
                "hunter2".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    PostgresServer.execute(
        url,
        """
        insert into resources (uuid, label, path, type, schema_version, state, attrs)
        values ('%s', 'kept', '{}', 'kept', 1, 'there', '{"token": {"Secret": [%d, "%s"]}}')
        """
            .formatted(ROW, sealed.key(), sealed.token()));
  }

  @Test
  void aKeyCanGoOnceNothingIsSealedByIt() throws IOException {
    String one = "{\"0\":\"%s\"}".formatted(first);
    String both = "{\"0\":\"%s\",\"1\":\"%s\"}".formatted(first, second);
    String new1 = "{\"1\":\"%s\"}".formatted(second);
    keep(one);
    assertThat(keys(both).out())
        .containsPattern("0 +1 +0 +0 +0 +opens")
        .containsPattern("1 +0.*seals");
    Said early = keys(new1, "--rekey");
    assertThat(early.code()).isEqualTo(Exit.FAILED);
    assertThat(early.out()).contains("missing", "put that key back into TOYGUN_KEYCHAIN");
    Said renewed = keys(both, "--rekey");
    assertThat(renewed.code()).as(renewed.err()).isEqualTo(Exit.OK);
    assertThat(renewed.out()).contains("1 secrets sealed again").containsPattern("0 +0.*can go");
    assertThat(keys(new1).out()).containsPattern("1 +1 +0 +0 +0 +seals").doesNotContain("missing");
  }

  @Test
  void aKeyStaysForAsLongAsSomebodyWhoSealsByItIsConnected() throws Exception {
    String both = "{\"0\":\"%s\",\"1\":\"%s\"}".formatted(first, second);
    try (Connection worker = connected("toygun-worker/0")) {
      assertThat(keys(both, "--rekey").out())
          .containsPattern("0 +0.*opens")
          .contains("A service, worker, is connected that seals by key 0: give it this keychain");
      assertThat(worker.isValid(1)).isTrue();
    }
    try (Connection api = connected("toygun-api")) {
      assertThat(keys(both).out())
          .containsPattern("0 +0.*opens")
          .contains("A service of an older build, api, is connected");
      assertThat(api.isValid(1)).isTrue();
    }
    try (Connection renewed = connected("toygun-worker/1");
        Connection command = connected("toygun-audit")) {
      assertThat(keys(both).out()).containsPattern("0 +0.*can go").doesNotContain("connected");
      assertThat(renewed.isValid(1) && command.isValid(1)).isTrue();
    }
  }

  private Connection connected(String name) throws SQLException {
    Properties as = new Properties();
    as.setProperty("user", url.user());
    as.setProperty("password", url.password());
    as.setProperty("ApplicationName", name);
    return DriverManager.getConnection(url.jdbc(), as);
  }

  @Test
  void nothingIsSealedAgainByAKeyThatIsToGo() throws IOException {
    String next = "{\"0\":\"%s\",\"1\":\"%s\",\"seals\":0}".formatted(first, second);
    Said said = keys(next, "--rekey");
    assertThat(said.code()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("seals by key 0, though it has key 1", "Nothing was changed");
  }

  @Test
  void aKeyThatIsToSealLaterIsNotSaidToBeSuperfluous() throws IOException {
    String next = "{\"0\":\"%s\",\"1\":\"%s\",\"seals\":0}".formatted(first, second);
    assertThat(keys(next).out()).containsPattern("1 +0.*not yet used").doesNotContain("can go");
  }
}
