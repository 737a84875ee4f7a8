package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.crypto.Keyring;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Constraints hold for what is written, and for nothing that was written before them. */
class ConstrainedAttrsTest {
  private static final Field<Long> LEVEL = Field.integer("level").max(100L);
  private static final Field<String> SIZE = Field.text("size").oneOf("small", "large").required();

  private final Random random = new Random(7);
  private final Codec codec =
      new Codec(
          Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes),
          () -> Instant.EPOCH,
          "build-7");

  private Attrs read(String text) {
    return codec.read(List.of(LEVEL, SIZE), "thing", new UUID(1, 2), text);
  }

  @Test
  void whatIsWrittenKeepsThem() {
    assertThat(read("{}").with(LEVEL, 100L).toJson()).isEqualTo("{\"level\":100}");
    assertThatThrownBy(() -> read("{}").with(LEVEL, 101L))
        .isInstanceOf(BadField.class)
        .hasMessage("field 'level': at most 100 is expected, not 101");
  }

  @Test
  void whatIsOlderThanTheyAreIsReadAndStays() {
    Attrs older = read("{\"level\":400,\"size\":\"huge\"}");
    assertThat(older.find(LEVEL)).hasValue(400L);
    assertThat(older.missing()).isEmpty();
    assertThat(older.with(LEVEL, 400L)).as("it is the value already").isSameAs(older);
    assertThat(older.with(LEVEL, 50L).toJson()).isEqualTo("{\"level\":50,\"size\":\"huge\"}");
    assertThatThrownBy(() -> older.with(LEVEL, 399L)).isInstanceOf(BadField.class);
  }
}
