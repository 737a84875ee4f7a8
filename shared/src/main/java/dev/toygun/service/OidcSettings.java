package dev.toygun.service;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final Set<String> ROLES =
      Set.of("viewer", "secret-reader", "auditor", "operator", "admin");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public OidcSettings {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
  }

  /**
   * Reads {@code {"issuer":"https://…","client_id":"…","roles":{"sre":"admin","dev":"viewer"}}}.
   *
   * @throws IllegalArgumentException saying all that is wrong, and nothing that is secret
   */
  static OidcSettings read(String text) {
    JsonObject said;
    try {
      said = new JsonObject(text);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    Reading reading = new Reading(said);
    OidcSettings read =
        new OidcSettings(
            reading.url("issuer", true),
            reading.text("client_id", null),
            said.containsKey("client_secret") ? reading.text("client_secret", null) : null,
            said.containsKey("url") ? reading.url("url", false) : null,
            reading.text("roles_claim", "groups"),
            reading.text("name_claim", "email"),
            reading.roles());
    reading.end();
    return read;
  }

  private static final class Reading {
    private final JsonObject said;
    private final List<String> wrongs = new ArrayList<>();

    Reading(JsonObject said) {
      this.said = said;
      said.fieldNames().stream()
          .filter(name -> !NAMES.contains(name))
          .forEach(name -> wrongs.add("nothing here is called " + name));
    }

    String text(String name, @Nullable String standard) {
      if (standard != null && !said.containsKey(name)) {
        return standard;
      }
      if (said.getValue(name) instanceof String text && !text.isBlank()) {
        return text;
      }
      wrongs.add(name + " is a text");
      return "";
    }

    URI url(String name, boolean withPath) {
      try {
        URI url = URI.create(text(name, null));
        boolean secure =
            "https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
        boolean bare = url.getRawQuery() == null && url.getRawFragment() == null;
        if (secure && url.getHost() != null && bare && (withPath || path(url).isEmpty())) {
          return url;
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
      wrongs.add(
          "%s is a URL such as https://%s.example, or http:// of this very machine%s"
              .formatted(name, name, withPath ? "" : ", without a path"));
      return URI.create("");
    }

    private static String path(URI url) {
      return "/".equals(url.getRawPath()) ? "" : url.getRawPath();
    }

    Map<String, String> roles() {
      Map<String, String> roles = new LinkedHashMap<>();
      if (said.getValue("roles") instanceof JsonObject all && !all.isEmpty()) {
        all.forEach(
            entry -> {
              if (entry.getValue() instanceof String role && ROLES.contains(role)) {
                roles.put(entry.getKey(), role);
              } else {
                wrongs.add(
                    "the role of %s is one of %s"
                        .formatted(
                            entry.getKey(), String.join(", ", ROLES.stream().sorted().toList())));
              }
            });
      } else {
        wrongs.add("roles is an object such as {\"sre\":\"admin\",\"dev\":\"viewer\"}");
      }
      return roles;
    }

    void end() {
      if (!wrongs.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", wrongs));
      }
    }
  }

  /** Nothing that is secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]";
  }
}
