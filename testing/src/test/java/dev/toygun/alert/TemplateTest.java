package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Message.Event;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say. */
class TemplateTest {
  private static final JsonObject BODY = Bodies.open();

  @Test
  void variablesAreFilledIn() {
    assertThat(Template.parse("{{name}} of {{ resource_label }}: {{message}}!").render(BODY))
        .isEqualTo("panic of home: no answer from ••••!");
  }

  @Test
  void whereThereIsNoneTheTemplateSaysWhatStandsThere() {
    assertThat(
            Template.parse("{{task|the resource itself}}{{runbook}}")
                .render(BODY.copy().putNull("task")))
        .isEqualTo("the resource itself");
  }

  @Test
  void aVariableThatDoesNotExistIsRefusedByName() {
    assertThatThrownBy(() -> Template.parse("{{name}} on {{hostname}}"))
        .hasMessageContaining("no variable 'hostname'")
        .hasMessageContaining("resource_label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{{name", "a {{ name } b", "{{}}"})
  void whatIsNoTemplateIsRefused(String text) {
    assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsFilledInIsNoTemplateItself() {
    JsonObject body = BODY.copy().put("message", "{{dedup_key}}");
    assertThat(Template.parse("{{message}}").render(body)).isEqualTo("{{dedup_key}}");
  }

  @Test
  void aLongMessageIsCutAndNoCharacterOfItInHalf() {
    JsonObject body = BODY.copy().put("message", "x" + "😀".repeat(5000));
    String text = Template.parse("{{message}}").render(body);
    assertThat(text).hasSizeLessThanOrEqualTo(Template.LONGEST_RENDERED).endsWith("😀…");
  }

  @Test
  void whereRenderingFailsAPlainTextSaysWhatThereIs() {
    JsonObject odd = BODY.copy().put("opened_at", "yesterday");
    Message message = message(odd, new JsonObject());
    assertThat(message.text())
        .startsWith("Toygun:")
        .contains("name=panic")
        .contains("opened_at=yesterday");
    assertThat(message.title()).isEqualTo("critical: panic of website home");
  }

  @Test
  void aTemplateOfAnotherBuildIsReplacedByThePlainText() {
    Message message = message(BODY, new JsonObject().put("title", "{{of_a_newer_build}}"));
    assertThat(message.title()).startsWith("Toygun:").contains("resource_label=home");
  }

  @Test
  void aMessageOfAnEmptyBodyIsStillOne() {
    Message message = message(new JsonObject(), new JsonObject());
    assertThat(message.title()).isNotBlank();
    assertThat(message.text()).isNotBlank();
    assertThat(message.dedupKey()).startsWith("toygun/");
  }

  @Test
  void aTitleIsOneLineWhateverALabelSays() {
    JsonObject body = BODY.copy().put("resource_label", "a\r\nBcc: everybody@example.com");
    assertThat(message(body, new JsonObject()).title()).doesNotContain("\n").doesNotContain("\r");
  }

  private static Message message(JsonObject body, JsonObject settings) {
    return Wording.of(new UUID(1, 2), Event.OPEN, body, settings);
  }
}
