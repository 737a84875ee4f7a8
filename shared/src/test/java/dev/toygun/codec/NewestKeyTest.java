package dev.toygun.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.crypto.Keyring;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written is sealed by the newest key, also what nobody has touched. */
class NewestKeyTest {
  private static final Field<Long> SIZE = Field.integer("size");
  private static final Field<Secret> TOKEN = Field.secret("token");

  private final Random random = new Random(7);
  private final String key = key();
  private final Codec older = codec("{\"0\":%s}".formatted(key));
  private final Codec newer = codec("{\"0\":%s,\"1\":%s}".formatted(key, key()));

  private String key() {
    return Keyring.newKeychain(random::nextBytes).replaceAll(".*:|}", "");
  }

  private Codec codec(String keychain) {
    return new Codec(
        Keyring.parse(keychain, random::nextBytes),
        () -> Instant.parse("2026-01-01T00:00:00Z"),
        "build-7");
  }

  private static Attrs read(Codec by, String text) {
    return by.read(List.of(SIZE, TOKEN), "thing", new UUID(1, 2), text);
  }

  @Test
  void aSecretBesideAFieldThatChangesIsSealedByTheNewestKey() {
    String stored = read(older, "{}").with(TOKEN, Secret.of("hunter2")).toJson();
    assertThat(read(newer, stored).toJson()).isEqualTo(stored);
    String after = read(newer, stored).with(SIZE, 4L).toJson();
    assertThat(after).contains("\"Secret\": [1,").doesNotContain("[0,");
    assertThat(read(newer, after).find(TOKEN).orElseThrow().reveal()).isEqualTo("hunter2");
    assertThat(read(newer, stored).amended()).contains("[1,");
  }
}
