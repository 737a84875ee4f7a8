package dev.toygun.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theHighestIdSealsWhateverTheOrder() {
    Keyring keyring =
        Keyring.parse(
            "{\"10\":\"%s\",\"9\":\"%s\"}".formatted(Keys.FIRST, Keys.SECOND), Keys.seeded(1));

    assertThat(keyring.sealingKey()).isEqualTo(10);
    assertThat(keyring.seal(new byte[0], NOW).key()).isEqualTo(10);
    assertThat(keyring.ids()).containsExactly(9, 10);
  }

  @Test
  void anOldKeyStillOpensWhatItSealed() {
    Sealed old = Keys.ONE.seal(new byte[] {1, 2, 3}, NOW);

    assertThat(Keys.plaintext(Keys.BOTH.open(old.key(), old.token()))).containsExactly(1, 2, 3);
    assertThat(Keys.BOTH.open(1, old.token())).isNull();
  }

  @Test
  void aNewKeyOpensEverywhereBeforeItSealsAnywhere() {
    Keyring first = sealingBy("0");
    Keyring second = sealingBy("1");
    Sealed old = first.seal(new byte[] {1}, NOW);
    Sealed young = second.seal(new byte[] {2}, NOW);

    assertThat(old.key()).isEqualTo(0);
    assertThat(young.key()).isEqualTo(1);
    assertThat(Keys.plaintext(first.open(young.key(), young.token()))).containsExactly(2);
    assertThat(Keys.plaintext(Keys.ONE.open(old.key(), old.token())))
        .as("who has no other key yet opens it")
        .containsExactly(1);
    assertThat(Keys.plaintext(Keys.BOTH.open(young.key(), young.token()))).containsExactly(2);
    assertThat(sealingBy("\"0\"").sealingKey()).isEqualTo(0);
  }

  private static Keyring sealingBy(String id) {
    return Keyring.parse(withSeals(id), Keys.seeded(1));
  }

  private static String withSeals(String id) {
    return "{\"seals\":%s,\"0\":\"%s\",\"1\":\"%s\"}".formatted(id, Keys.FIRST, Keys.SECOND);
  }

  @Test
  void whatSealsIsTheIdOfAKeyThatIsThere() {
    assertThat(broken(withSeals("2")).problems()).containsExactly("seals: there is no key 2");
    for (String odd : new String[] {"null", "[0]", "1.0", "-1", "\"" + Keys.FIRST + "\""}) {
      BrokenKeychain broken = broken(withSeals(odd));
      assertThat(broken.problems())
          .containsExactly("seals: is not a whole number from 0 to 999999999");
      assertThat(broken.getMessage()).doesNotContain(Keys.FIRST);
    }
    assertThat(broken("{\"seals\":0}").problems()).containsExactly("it holds no key");
  }

  @Test
  void oneMessageListsEverythingWrong() {
    String text =
        """
        {"0":"%s", "zero":"%s", "1":"%s", "2":"not base64!", "3":"c2hvcnQ=", "4":17, "05":"%s"}
        """
            .formatted(Keys.FIRST, Keys.SECOND, Keys.FIRST, Keys.SECOND);

    BrokenKeychain broken = broken(text);

    assertThat(broken.problems())
        .containsExactly(
            "entry 2: its id is not a whole number from 0 to 999999999",
            "key 1: is the same key as key 0",
            "key 2: is not URL-safe Base64",
            "key 3: is 5 bytes, a Fernet key is 32",
            "key 4: is not a string",
            "entry 7: its id is not a whole number from 0 to 999999999");
    assertThat(broken.getMessage())
        .contains("TOYGUN_KEYCHAIN", "key 1: is the same", "entry 7")
        .doesNotContain(Keys.FIRST, Keys.SECOND, "c2hvcnQ");
  }

  @Test
  void whatIsNoKeychainIsSaidSo() {
    assertThat(broken(null).problems()).containsExactly("it is missing or empty");
    assertThat(broken("  ").problems()).containsExactly("it is missing or empty");
    assertThat(broken("[]").problems()).containsExactly("it is not a JSON object");
    assertThat(broken("{}").problems()).containsExactly("it holds no key");
    assertThat(broken("{} {}").problems()).containsExactly("something follows the JSON object");
    assertThat(broken("{\"0\":\"x\",\"0\":\"y\"}").problems())
        .contains("an id twice (at line 1, column 13)");
  }

  @Test
  void noMessageShowsAKey() {
    for (String text :
        new String[] {
          Keys.FIRST,
          "{" + Keys.FIRST + "}",
          "{\"0\":" + Keys.FIRST + "}",
          "{\"0\":\"" + Keys.FIRST,
          "{\"" + Keys.FIRST + "\":\"0\"}",
          "{\"0\":{\"" + Keys.FIRST + "\":1}}",
          "{\"0\":\"" + Keys.FIRST + "\"} " + Keys.FIRST,
        }) {
      BrokenKeychain broken = broken(text);
      for (Throwable t = broken; t != null; t = t.getCause()) {
        assertThat(t.toString()).as("for %s", text).doesNotContain(Keys.FIRST.substring(0, 6));
      }
    }
    assertThat(Keys.BOTH).hasToString("Keyring[0, 1]");
    assertThat(new Fernet(new byte[32])).hasToString("Fernet[***]");
  }

  @Test
  void aFreshKeychainCanBeReadAndDiffersEachTime() {
    Entropy entropy = Keys.seeded(7);
    String first = Keyring.newKeychain(entropy);
    String second = Keyring.newKeychain(entropy);

    assertThat(Keyring.parse(first, entropy).ids()).containsExactly(0);
    assertThat(first).isNotEqualTo(second);
  }

  private static BrokenKeychain broken(@Nullable String text) {
    return catchThrowableOfType(
        BrokenKeychain.class, () -> Keyring.parse(text, Keys.seeded(1)).ids());
  }
}
