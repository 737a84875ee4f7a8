package dev.toygun.service;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect provider that says who people are, and what they may do here.
 *
 * @param issuer as its tokens have it; its configuration is found below it
 * @param clientId what it knows Toygun as: tokens that it made for others are refused
 * @param clientSecret what Toygun shows it as people sign in to the pages; null for nothing
 * @param url where browsers find the pages, to come back to from it; null where nobody signs in by
 *     it
 * @param rolesClaim the claim of a token that names the groups of whoever has it
 * @param nameClaim the claim by which they are called here
 * @param roles the role of each group; who is in many has that of the first of these
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    @Nullable URI url,
    String rolesClaim,
    String nameClaim,
    Map<String, String> roles) {
  private static final Set<String> NAMES =
      Set.of("issuer", "client_id", "client_secret", "url", "roles_claim", "name_claim", "roles");

  public OidcSettings {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
  }

  /**
   * Reads {@code {"issuer":"https://…","client_id":"…","roles":{"sre":"admin","dev":"viewer"}}}.
   *
   * @throws IllegalArgumentException saying all that is wrong, and nothing that is secret
   */
  static OidcSettings read(String text) {
    ObjectReading reading = ObjectReading.of(text, NAMES);
    OidcSettings read =
        new OidcSettings(
            reading.url("issuer", true),
            reading.text("client_id", null),
            reading.has("client_secret") ? reading.text("client_secret", null) : null,
            reading.has("url") ? reading.url("url", false) : null,
            reading.text("roles_claim", "groups"),
            reading.text("name_claim", "email"),
            reading.roles("roles", "sre"));
    reading.end();
    return read;
  }

  /** Nothing that is secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]";
  }
}
