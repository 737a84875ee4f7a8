package dev.toygun.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.crypto.FieldSeal.CannotOpen;
import dev.toygun.crypto.FieldSeal.Place;
import dev.toygun.crypto.Opening.Reason;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSealTest {
  private static final Instant LONG_AGO = Instant.parse("1999-12-31T23:59:59Z");
  private static final UUID ROW = new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0001L);
  private static final Place HERE = new Place("website", ROW, "token");

  private final FieldSeal seal = new FieldSeal(Keys.BOTH);
  private final Sealed sealed = seal.seal(HERE, "hunter2".getBytes(UTF_8), LONG_AGO);

  @Test
  void aSecretOpensInItsPlaceHoweverOldItIs() {
    assertThat(new String(seal.open(HERE, sealed), UTF_8)).isEqualTo("hunter2");
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    assertThat(seal.seal(HERE, "hunter2".getBytes(UTF_8), LONG_AGO)).isNotEqualTo(sealed);
    assertThat(sealed).hasToString("Sealed[key 1, " + sealed.token().length() + " characters]");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anySecretComesBack(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] plaintext = new byte[random.nextInt(300)];
      random.nextBytes(plaintext);

      assertThat(seal.open(HERE, seal.seal(HERE, plaintext, LONG_AGO)))
          .as("seed %d, %d", seed, i)
          .isEqualTo(plaintext);
    }
  }

  @Test
  void aSecretCopiedToAnotherTypeRowOrFieldIsForeign() {
    for (Place elsewhere :
        new Place[] {
          new Place("postgres", ROW, "token"),
          new Place("website", new UUID(1, 2), "token"),
          new Place("website", ROW, "password"),
        }) {
      CannotOpen refused = refusal(seal, elsewhere, sealed);

      assertThat(refused.reason()).isEqualTo(Reason.FOREIGN);
      assertThat(refused)
          .hasMessageContaining("key 1")
          .hasMessageContaining(elsewhere.type())
          .hasMessageContaining(elsewhere.row().toString())
          .hasMessageContaining("field " + elsewhere.field());
    }
  }

  @Test
  void aTamperedSecretIsRefusedWithItsPlace() {
    CannotOpen refused = refusal(seal, HERE, new Sealed(1, Keys.tampered(sealed.token(), 40)));

    assertThat(refused.reason()).isEqualTo(Reason.UNDECRYPTABLE);
    assertThat(refused)
        .hasMessage(
            "website %s, field token: key 1 does not open it; it was changed, or sealed by another"
                + " key of that id",
            ROW);
  }

  @Test
  void anUnknownKeyIsNamedWithTheRow() {
    CannotOpen refused = refusal(new FieldSeal(Keys.ONE), HERE, sealed);

    assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(refused)
        .hasMessage(
            "website %s, field token: sealed with key 1, and TOYGUN_KEYCHAIN has only [0]; put that"
                + " key back",
            ROW);
  }

  private static CannotOpen refusal(FieldSeal seal, Place place, Sealed sealed) {
    return catchThrowableOfType(CannotOpen.class, () -> seal.open(place, sealed));
  }
}
