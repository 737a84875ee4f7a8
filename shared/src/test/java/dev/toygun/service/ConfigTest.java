package dev.toygun.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  private static final String KEYCHAIN = "{\"0\":\"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\"}";
  private static final String DATABASE = "postgresql://me:canary-1@db.example:5433/things";
  private static final List<Key<?>> NEEDED =
      List.of(Keys.DATABASE_URL, Keys.REDIS_URL, Keys.KEYCHAIN);

  @Test
  void whatNobodySaysIsStandard() {
    Config config = Config.read(Map.of(), List.of());
    assertThat(config.get(Keys.PORT)).isEqualTo(8080);
    assertThat(config.get(Keys.DRAIN)).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.find(Keys.DATABASE_URL)).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNoSecretIs() {
    Map<String, String> environment =
        Map.of(
            "TOYGUN_DATABASE_URL", "mysql://me:canary-1@db/things",
            "TOYGUN_REDIS_URL", "canary-2",
            "TOYGUN_KEYCHAIN", "{\"0\":\"canary-3\"}",
            "TOYGUN_PORT", "70000",
            "TOYGUN_DRAIN", "soon",
            "TOYGUN_QUEUES", "Big Ones",
            "TOYGUN_LOG", "loud",
            "TOYGUN_API_KEY_FILE", "/no/such/file");
    assertThatThrownBy(() -> Config.read(environment, NEEDED))
        .isInstanceOfSatisfying(
            BadConfig.class,
            bad -> {
              assertThat(bad.problems()).hasSize(8);
              assertThat(bad.getMessage())
                  .contains(
                      "TOYGUN_DATABASE_URL: the database URL is wrong: it begins with 'mysql'")
                  .contains("TOYGUN_REDIS_URL: expected a URL such as redis://")
                  .contains("TOYGUN_KEYCHAIN: TOYGUN_KEYCHAIN is broken: key 0")
                  .contains("TOYGUN_PORT: expected a whole number from 0 to 65535, but it is")
                  .contains("\"70000\"")
                  .contains("TOYGUN_DRAIN: expected a time such as 500ms")
                  .contains("TOYGUN_QUEUES: expected names")
                  .contains("TOYGUN_LOG: expected one of text, json")
                  .contains("TOYGUN_API_KEY_FILE: cannot read the file /no/such/file")
                  .doesNotContain("canary");
            });
  }

  @Test
  void whatIsNeededAndNotSaidIsMissing() {
    assertThatThrownBy(() -> Config.read(Map.of("TOYGUN_REDIS_URL", " "), NEEDED))
        .isInstanceOfSatisfying(
            BadConfig.class,
            bad ->
                assertThat(bad.problems())
                    .satisfiesExactly(
                        one -> assertThat(one).startsWith("TOYGUN_DATABASE_URL is missing"),
                        two -> assertThat(two).startsWith("TOYGUN_REDIS_URL is missing"),
                        three -> assertThat(three).startsWith("TOYGUN_KEYCHAIN is missing")));
  }

  @Test
  void secretsComeFromFilesToo(@TempDir Path folder) throws IOException {
    Path keychain = Files.writeString(folder.resolve("keychain"), KEYCHAIN + "\n");
    Path database = Files.writeString(folder.resolve("database"), DATABASE + "\n");
    Config config =
        Config.read(
            Map.of(
                "TOYGUN_KEYCHAIN_FILE", keychain.toString(),
                "TOYGUN_DATABASE_URL_FILE", database.toString()),
            List.of(Keys.KEYCHAIN, Keys.DATABASE_URL));
    assertThat(config.get(Keys.KEYCHAIN)).isEqualTo(KEYCHAIN);
    assertThat(config.get(Keys.DATABASE_URL).port()).isEqualTo(5433);
    assertThat(config.toString()).doesNotContain("canary");
  }

  @Test
  void aSecretIsSaidOnceOnly(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("keychain"), KEYCHAIN);
    assertThatThrownBy(
            () ->
                Config.read(
                    Map.of("TOYGUN_KEYCHAIN", KEYCHAIN, "TOYGUN_KEYCHAIN_FILE", file.toString()),
                    List.of(Keys.KEYCHAIN)))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("TOYGUN_KEYCHAIN and TOYGUN_KEYCHAIN_FILE are both said");
  }

  @Test
  void theEnvironmentWinsOverTheFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("toygun.conf"),
            """
            # Where it listens.
            TOYGUN_PORT=9000
            TOYGUN_METRICS_PORT = 9001

            MY_TYPES_TOKEN=abc
            """);
    Config config =
        Config.read(Map.of("TOYGUN_CONFIG", file.toString(), "TOYGUN_PORT", "9100"), List.of());
    assertThat(config.get(Keys.PORT)).isEqualTo(9100);
    assertThat(config.get(Keys.METRICS_PORT)).isEqualTo(9001);
    assertThat(config.ofTypes("MY_TYPES_TOKEN")).contains("abc");
  }

  @Test
  void aFileWithMistakesIsRefusedLineByLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("toygun.conf"),
            """
            TOYGUN_PROT=9000
            just words
            TOYGUN_PORT=1
            TOYGUN_PORT=2
            """);
    assertThatThrownBy(() -> Config.read(Map.of("TOYGUN_CONFIG", file.toString()), List.of()))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("line 1: there is no setting TOYGUN_PROT")
        .hasMessageContaining("line 2: expected NAME=VALUE")
        .hasMessageContaining("line 4: TOYGUN_PORT is said twice");
  }

  @Test
  void typesSeeWhatIsSaidButNoSecretOfOurs() {
    Config config =
        Config.read(
            Map.of("TOYGUN_DATABASE_URL", DATABASE, "TOYGUN_DATA", "/somewhere"), List.of());
    assertThat(config.ofTypes("TOYGUN_DATA")).contains("/somewhere");
    assertThat(config.ofTypes("TOYGUN_DATABASE_URL")).isEmpty();
  }

  @Test
  void everyNameIsThereOnceAndExplained() {
    assertThat(Keys.ALL.stream().map(Key::name)).doesNotHaveDuplicates();
    assertThat(Keys.ALL).allSatisfy(key -> assertThat(key.about()).endsWith("."));
  }
}
