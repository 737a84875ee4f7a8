package dev.toygun.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.crypto.FieldSeal.Place;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Secrets in the text of what is stored, sealed again. */
class SealedTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Place HERE = new Place("website", new UUID(1, 2), "token");

  private final Keyring old = Keys.ONE;
  private final Keyring both = Keys.BOTH;

  private String stored(Keyring by) {
    Sealed sealed = new FieldSeal(by).seal(HERE, "hunter2".getBytes(UTF_8), NOW);
    return "{\"Secret\": [%d, \"%s\"]}".formatted(sealed.key(), sealed.token());
  }

  @Test
  void whatAnOlderKeyHasSealedIsSealedByTheNewerOneAndOpensWhereItDid() {
    String json =
        "{\"a\": 1, \"token\": %s, \"list\": [%s, \"x\"]}".formatted(stored(old), stored(both));
    assertThat(SealedText.keys(json)).isEqualTo(Map.of(0, 1L, 1, 1L));
    SealedText.Renewed renewed = new SealedText(both).renewed(json, NOW);
    assertThat(renewed.renewed()).isEqualTo(1);
    assertThat(renewed.closed()).isEmpty();
    assertThat(SealedText.keys(renewed.json())).isEqualTo(Map.of(1, 2L));
    assertThat(renewed.json()).startsWith("{\"a\": 1, \"token\": ").endsWith(", \"x\"]}");
    String token =
        renewed.json().replaceFirst(".*?\"token\": \\{\"Secret\": \\[1, \"([^\"]+)\".*", "$1");
    assertThat(new FieldSeal(both).open(HERE, new Sealed(1, token)))
        .isEqualTo("hunter2".getBytes(UTF_8));
  }

  @Test
  void whatNoKeyOpensStaysAsItIsAndIsNamed() {
    String json = "{\"x\": {\"Secret\": [7, \"gAAAAAB\"]}, \"y\": {\"Secret\": [0, \"gAAAAAB\"]}}";
    SealedText.Renewed renewed = new SealedText(both).renewed(json, NOW);
    assertThat(renewed.json()).isEqualTo(json);
    assertThat(renewed.renewed()).isZero();
    assertThat(renewed.closed()).containsExactly(0, 7);
  }

  @Test
  void whatIsStoredIsSealedByTheNewestKeyAndWhatIsNewerYetStays() {
    String json = "{\"a\": %s, \"b\": %s}".formatted(stored(old), stored(both));
    assertThat(SealedText.keys(new SealedText(both).upToDate(json, NOW))).isEqualTo(Map.of(1, 2L));
    assertThat(new SealedText(old).upToDate(json, NOW)).isEqualTo(json);
  }

  @Test
  void aMapOfSomebodysThatLooksLikeASecretIsNone() {
    for (String space : new String[] {"", " "}) {
      String json = "{\"x\": {\"Hash\":%s{\"Secret\": [0, \"gAAAAAB\"]}}}".formatted(space);
      assertThat(SealedText.keys(json)).isEmpty();
      assertThat(new SealedText(both).renewed(json, NOW).closed()).isEmpty();
    }
  }

  @Test
  void whatSomebodyWroteIsNoSecret() {
    String json = "{\"text\": \"{\\\"Secret\\\": [0, \\\"gAAAAAB\\\"]}\"}";
    assertThat(SealedText.keys(json)).isEmpty();
    assertThat(new SealedText(both).renewed(json, NOW).json()).isEqualTo(json);
  }
}
