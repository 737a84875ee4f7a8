package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.SinkSettings.Wrong;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What may be said of a sink, and how it is kept. */
class SinkSettingsTest {
  private static final String SECRET = "canary-0123456789";
  private final SinkSettings settings =
      new SinkSettings(
          new FieldSeal(
              Keyring.parse(
                  Keyring.newKeychain(new Random(1)::nextBytes), new Random(2)::nextBytes)));
  private final UUID sink = new UUID(3, 4);

  private static JsonObject webhook() {
    return new JsonObject().put("url", "https://example.com/toygun?x=1").put("secret", SECRET);
  }

  @Test
  void whatIsRightHasNothingWrong() {
    assertThat(SinkSettings.wrongs(SinkKind.WEBHOOK, webhook())).isEmpty();
    assertThat(SinkSettings.wrongs(SinkKind.LOG, new JsonObject())).isEmpty();
    assertThat(
            SinkSettings.wrongs(
                SinkKind.EMAIL,
                new JsonObject()
                    .put("host", "smtp.example.com")
                    .put("from", "toygun@example.com")
                    .put("to", new JsonArray().add("me@example.com"))))
        .isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndWithoutTheSecret() {
    JsonObject bad =
        new JsonObject()
            .put("url", "ftp://example.com")
            .put("secret", "canary")
            .put("text", "{{hostname}}")
            .put("channel", "#ops");
    List<Wrong> wrongs = SinkSettings.wrongs(SinkKind.WEBHOOK, bad);
    assertThat(wrongs).extracting(Wrong::name).containsExactly("channel", "url", "secret", "text");
    assertThat(wrongs.toString()).doesNotContain("canary").contains("no variable 'hostname'");
  }

  @Test
  void aUrlWithAPasswordIsRefused() {
    assertThat(
            SinkSettings.wrongs(
                SinkKind.WEBHOOK, webhook().put("url", "https://me:canary@example.com/")))
        .singleElement()
        .satisfies(
            wrong ->
                assertThat(wrong.toString()).contains("without a user").doesNotContain("canary"));
  }

  @Test
  void whatIsNeededIsMissed() {
    assertThat(SinkSettings.wrongs(SinkKind.EMAIL, new JsonObject()))
        .extracting(Wrong::name)
        .containsExactly("host", "from", "to");
  }

  @Test
  void aMailAddressCannotCarryAHeader() {
    JsonObject mail =
        new JsonObject()
            .put("host", "smtp.example.com")
            .put("from", "toygun@example.com\r\nBcc: all@example.com")
            .put("to", new JsonArray().add("me@example.com"));
    assertThat(SinkSettings.wrongs(SinkKind.EMAIL, mail))
        .extracting(Wrong::name)
        .containsExactly("from");
  }

  @Test
  void secretsAreSealedForTheirSinkOnly() {
    JsonObject stored = settings.seal(sink, SinkKind.WEBHOOK, webhook(), Instant.EPOCH);
    assertThat(stored.encode()).doesNotContain(SECRET).contains("https://example.com/toygun");
    assertThat(settings.open(sink, SinkKind.WEBHOOK, stored)).isEqualTo(webhook());
    assertThat(SinkSettings.shown(SinkKind.WEBHOOK, stored).getString("secret")).isEqualTo("••••");
    assertThatThrownBy(() -> settings.open(new UUID(3, 5), SinkKind.WEBHOOK, stored))
        .isInstanceOf(FieldSeal.CannotOpen.class)
        .hasMessageContaining("another type, row or field");
  }
}
