package dev.toygun.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors of the Fernet specification, as published. */
class FernetVectorsTest {

  static Stream<JsonNode> generate() {
    return vectors("generate.json");
  }

  static Stream<JsonNode> verify() {
    return vectors("verify.json");
  }

  static Stream<JsonNode> invalid() {
    return vectors("invalid.json");
  }

  @ParameterizedTest
  @MethodSource("generate")
  void tokensAreGeneratedAsTheSpecificationSays(JsonNode vector) {
    byte[] iv = new byte[16];
    for (int i = 0; i < iv.length; i++) {
      iv[i] = (byte) vector.get("iv").get(i).asInt();
    }
    byte[] plaintext = vector.get("src").asText().getBytes(UTF_8);

    assertThat(key(vector).seal(plaintext, now(vector).getEpochSecond(), iv))
        .isEqualTo(vector.get("token").asText());
  }

  @ParameterizedTest
  @MethodSource("verify")
  void tokensOfTheSpecificationOpen(JsonNode vector) {
    Fernet.Payload payload =
        Objects.requireNonNull(key(vector).open(vector.get("token").asText()), "it did not open");

    assertThat(new String(payload.plaintext(), UTF_8)).isEqualTo(vector.get("src").asText());
    assertThat(payload.inTime(now(vector), vector.get("ttl_sec").asLong())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void tokensTheSpecificationCallsInvalidAreRefused(JsonNode vector) {
    Fernet.Payload payload = key(vector).open(vector.get("token").asText());

    boolean accepted =
        payload != null && payload.inTime(now(vector), vector.get("ttl_sec").asLong());
    assertThat(accepted).as(vector.get("desc").asText()).isFalse();
  }

  private static Fernet key(JsonNode vector) {
    return new Fernet(Base64.getUrlDecoder().decode(vector.get("secret").asText()));
  }

  private static Instant now(JsonNode vector) {
    return OffsetDateTime.parse(vector.get("now").asText()).toInstant();
  }

  private static Stream<JsonNode> vectors(String file) {
    try (InputStream in = FernetVectorsTest.class.getResourceAsStream(file)) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
      assertThat(all).as(file).isNotEmpty();
      return StreamSupport.stream(all.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
