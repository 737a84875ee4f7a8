package dev.toygun.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class OidcSettingsTest {
  private static final String LEAST =
      """
      {"issuer": "https://login.example/tenant", "client_id": "toygun",
       "roles": {"sre": "admin", "dev": "viewer", "all": "auditor"}}
      """;

  @Test
  void whatIsNotSaidIsAsMostHaveItAndGroupsKeepTheirOrder() {
    OidcSettings read = OidcSettings.read(LEAST);
    assertThat(read.issuer()).isEqualTo(URI.create("https://login.example/tenant"));
    assertThat(read.roles().keySet()).containsExactly("sre", "dev", "all");
    assertThat(read.rolesClaim()).isEqualTo("groups");
    assertThat(read.nameClaim()).isEqualTo("email");
    assertThat(read.clientSecret()).isNull();
    assertThat(read.url()).isNull();
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNothingThatIsSecret() {
    assertThatThrownBy(
            () ->
                OidcSettings.read(
                    """
                    {"issuer": "http://login.example", "client_secret": "s3cret", "url": "https://a.example/b",
                     "roles": {"sre": "god"}, "scope": "x"}
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuer is a URL such as https://")
        .hasMessageContaining("client_id is a text")
        .hasMessageContaining("url is a URL such as https://")
        .hasMessageContaining("without a path")
        .hasMessageContaining("the role of sre is one of admin, auditor, operator")
        .hasMessageContaining("nothing here is called scope")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> OidcSettings.read("issuer=x")).hasMessage("expected a JSON object");
    assertThatThrownBy(() -> OidcSettings.read("{\"roles\": {}}"))
        .hasMessageContaining("roles is an object such as");
  }

  @Test
  void onlyThisVeryMachineIsTalkedToUnencrypted() {
    assertThat(OidcSettings.read(LEAST.replace("https://login.example", "http://127.0.0.1:9000")))
        .isNotNull();
    assertThatThrownBy(
            () ->
                OidcSettings.read(
                    LEAST.replace("https://login.example", "http://localhost.evil.example")))
        .hasMessageContaining("issuer");
    assertThat(OidcSettings.read(LEAST).toString()).doesNotContain("client");
  }
}
