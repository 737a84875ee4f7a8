package dev.toygun.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.crypto.Opening.Opened;
import dev.toygun.crypto.Opening.Reason;
import dev.toygun.crypto.Opening.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String LIST = "default/website/3/1";
  private static final byte[] BODY = "wake up".getBytes(UTF_8);

  private final Envelope envelope = new Envelope(Keys.BOTH, 10_000);
  private final String sealed = envelope.seal(LIST, BODY, NOW, HOUR);

  @Test
  void whatIsSealedForAListOpensThere() {
    assertThat(sealed)
        .startsWith("{\"v\":1,\"k\":1,\"at\":1772366400250,\"ttl\":3600,\"t\":\"gAAAAA")
        .doesNotContain("website");
    assertThat(opened(envelope.open(LIST, sealed, NOW.plusSeconds(3599)))).isEqualTo(BODY);
    assertThat(Envelope.claimedAt(sealed)).isEqualTo(NOW);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void anyBodyComesBack(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] body = new byte[random.nextInt(2_000)];
      random.nextBytes(body);
      String list = "list \"" + random.nextInt() + "\"\n\u0000ü";
      String text = envelope.seal(list, body, NOW, HOUR);

      assertThat(opened(envelope.open(list, text, NOW))).as("seed %d, %d", seed, i).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aChangedCharacterIsRefusedAndNeverThrown(long seed) {
    Random random = new Random(seed);
    int token = sealed.indexOf("gAAAAA");
    for (int i = 0; i < 500; i++) {
      int at = random.nextInt(sealed.length());
      String text = Keys.tampered(sealed, at);

      Opening opening = envelope.open(LIST, text, NOW);

      assertThat(opening).as("seed %d, character %d", seed, at).isInstanceOf(Refused.class);
      if (at >= token && at < sealed.length() - 2) {
        assertThat(opening).isEqualTo(new Refused(Reason.UNDECRYPTABLE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void garbageIsRefusedAndNeverThrown(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        text.append("{}[]\":,vkatl01.9e-x \u0000\ud800".charAt(random.nextInt(22)));
      }
      assertThat(envelope.open(LIST, text.toString(), NOW))
          .as("seed %d, '%s'", seed, text)
          .isEqualTo(new Refused(Reason.MALFORMED));
    }
    assertThat(Envelope.claimedAt("garbage")).isNull();
  }

  @Test
  void anEnvelopeThatLacksAPartOrHasOneMoreIsMalformed() {
    for (String text :
        new String[] {
          "",
          "null",
          sealed + "x",
          sealed.replace("\"v\":1", "\"v\":2"),
          sealed.replace("\"v\":1,", ""),
          sealed.replace("\"k\":1,", ""),
          sealed.replace("\"k\":1", "\"k\":-1"),
          sealed.replace("\"k\":1", "\"k\":9999999999"),
          sealed.replace("\"ttl\":3600", "\"ttl\":\"3600\""),
          sealed.replace("\"v\":1", "\"v\":1,\"more\":1"),
          sealed.replaceAll("\"t\":\".*\"", "\"t\":null"),
        }) {
      assertThat(envelope.open(LIST, text, NOW)).as(text).isEqualTo(new Refused(Reason.MALFORMED));
    }
  }

  @Test
  void anotherListsMessageIsForeign() {
    assertThat(envelope.open("default/website/3/2", sealed, NOW))
        .isEqualTo(new Refused(Reason.FOREIGN));
  }

  @Test
  void aHeaderThatPromisesALongerLifeIsForeign() {
    assertThat(envelope.open(LIST, sealed.replace("\"ttl\":3600", "\"ttl\":9999999"), NOW))
        .isEqualTo(new Refused(Reason.FOREIGN));
    assertThat(envelope.open(LIST, sealed.replace("1772366400250", "1772366400251"), NOW))
        .isEqualTo(new Refused(Reason.FOREIGN));
  }

  @Test
  void aFieldsSecretIsNoMessage() {
    String token = Keys.BOTH.seal(BODY, NOW).token();

    assertThat(envelope.open(LIST, sealed.replaceAll("gAAAAA[^\"]*", token), NOW))
        .isEqualTo(new Refused(Reason.FOREIGN));
  }

  @Test
  void anOldMessageIsExpiredAndSoIsOneFromTheFuture() {
    assertThat(envelope.open(LIST, sealed, NOW.plus(HOUR).plusSeconds(1)))
        .isEqualTo(new Refused(Reason.EXPIRED));
    assertThat(envelope.open(LIST, sealed, NOW.minusSeconds(61)))
        .isEqualTo(new Refused(Reason.EXPIRED));
    assertThat(opened(envelope.open(LIST, sealed, NOW.minusSeconds(60)))).isEqualTo(BODY);
  }

  @Test
  void aKeyThatIsNotThereIsUnknownAndAnotherKeyOfThatIdOpensNothing() {
    String byZero = new Envelope(Keys.ONE, 10_000).seal(LIST, BODY, NOW, HOUR);

    assertThat(new Envelope(Keys.ONE, 10_000).open(LIST, sealed, NOW))
        .isEqualTo(new Refused(Reason.UNKNOWN_KEY));
    assertThat(new Envelope(Keys.OTHER_ZERO, 10_000).open(LIST, byZero, NOW))
        .isEqualTo(new Refused(Reason.UNDECRYPTABLE));
    assertThat(opened(envelope.open(LIST, byZero, NOW))).isEqualTo(BODY);
  }

  @Test
  void anOversizedMessageIsNeitherReadNorMade() {
    Envelope narrow = new Envelope(Keys.BOTH, sealed.length() - 1);

    assertThat(narrow.open(LIST, sealed, NOW)).isEqualTo(new Refused(Reason.OVERSIZED));
    assertThatThrownBy(() -> narrow.seal(LIST, BODY, NOW, HOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(LIST)
        .hasMessageContaining("at most " + (sealed.length() - 1));
  }

  private static byte[] opened(Opening opening) {
    assertThat(opening).isInstanceOf(Opened.class);
    return ((Opened) opening).body();
  }
}
