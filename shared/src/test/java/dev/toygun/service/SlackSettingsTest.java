package dev.toygun.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SlackSettingsTest {
  private static final String LEAST =
      """
      {"signing_secret": "0123456789abcdef", "team": "T012AB3C4", "users": {"U0ADA": "operator"}}
      """;

  @Test
  void whoIsNamedHasARoleAndNobodyElseUnlessEverybodyHas() {
    SlackSettings read = SlackSettings.read(LEAST);
    assertThat(read.hooks()).isEqualTo(URI.create("https://hooks.slack.com"));
    assertThat(read.role("T012AB3C4", "U0ADA")).contains("operator");
    assertThat(read.role("T012AB3C4", "U0EVE")).isEmpty();
    SlackSettings open =
        SlackSettings.read(LEAST.replace("{\"sign", "{\"everybody\":\"viewer\",\"sign"));
    assertThat(open.role("T012AB3C4", "U0EVE")).contains("viewer");
    assertThat(open.role("T012AB3C4", "U0ADA")).contains("operator");
  }

  @Test
  void whoIsOfAnotherTeamHasNoRoleWhateverTheyAreCalled() {
    assertThat(SlackSettings.read(LEAST).role("T0OTHER", "U0ADA")).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNothingThatIsSecret() {
    assertThatThrownBy(
            () ->
                SlackSettings.read(
                    """
                    {"signing_secret": "s3cret", "team": "acme", "hooks": "http://hooks.slack.com",
                     "users": {"ada": "operator", "U0BOB": "god"}, "everybody": "all", "channel": "x"}
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signing_secret has 16 characters at least")
        .hasMessageContaining("team is the id of a workspace")
        .hasMessageContaining("hooks is a URL such as https://")
        .hasMessageContaining("ada is no id of a user")
        .hasMessageContaining("the role of U0BOB is one of admin, auditor, operator")
        .hasMessageContaining("everybody is one of admin")
        .hasMessageContaining("nothing here is called channel")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(
            () ->
                SlackSettings.read(
                    "{\"signing_secret\": \"0123456789abcdef\", \"team\": \"T012AB3C4\"}"))
        .hasMessage("users or everybody says who may do what");
    assertThat(SlackSettings.read(LEAST).toString()).doesNotContain("0123456789abcdef");
  }
}
