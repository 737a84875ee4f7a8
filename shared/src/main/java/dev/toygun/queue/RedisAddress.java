package dev.toygun.queue;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is: {@code redis://[[user]:password@]host[:port][/db]}, or {@code rediss://} for TLS,
 * with {@code sslmode} and {@code sslrootcert} as in the URL of Postgres.
 *
 * @param text without these two; it keeps the password, {@link #toString} never does
 * @param asks null without TLS
 * @param rootCert a PEM file of the authorities to trust; null for the ones that Java trusts
 */
record RedisAddress(String text, @Nullable Asks asks, @Nullable String rootCert) {
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  /** Who has to answer. */
  enum Asks {
    /** Whoever does. */
    NOBODY,
    /** One with a certificate of an authority that is trusted. */
    AUTHORITY,
    /** And for the very host. */
    HOST
  }

  private static final Map<String, Asks> MODES =
      Map.of("require", Asks.NOBODY, "verify-ca", Asks.AUTHORITY, "verify-full", Asks.HOST);

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without the password
   */
  static RedisAddress parse(String url) {
    URI uri = read(url);
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme())
        || uri.getHost() == null
        || !(uri.getPath().isEmpty() || uri.getPath().matches("/\\d*"))) {
      throw refused();
    }
    String mode = null;
    String rootCert = null;
    List<String> others = new ArrayList<>();
    String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("sslmode=")) {
        mode = value(parameter);
      } else if (parameter.startsWith("sslrootcert=")) {
        rootCert = value(parameter);
      } else if (!parameter.isEmpty()) {
        others.add(parameter);
      }
    }
    String text = url.split("[?]", 2)[0] + (others.isEmpty() ? "" : "?" + String.join("&", others));
    if (uri.getScheme().equals("redis")) {
      if (mode != null || rootCert != null) {
        throw new IllegalArgumentException(
            "the address of Redis has sslmode or sslrootcert, which are for rediss://, and begins"
                + " with redis://");
      }
      return new RedisAddress(text, null, null);
    }
    Asks asks = MODES.get(Objects.requireNonNullElse(mode, "verify-full"));
    if (asks == null) {
      throw new IllegalArgumentException(
          "the address of Redis has the unknown sslmode '%s'; known: require, verify-ca, verify-full"
              .formatted(mode));
    }
    // As to Postgres.
    boolean named = asks == Asks.NOBODY && rootCert != null;
    return new RedisAddress(text, named ? Asks.AUTHORITY : asks, rootCert);
  }

  private static String value(String parameter) {
    String raw = parameter.substring(parameter.indexOf('=') + 1);
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Scheme, host and port; no user, no password. */
  @Override
  public String toString() {
    URI uri = read(text);
    int port = uri.getPort() < 0 ? 6379 : uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + ":" + port;
  }

  private static URI read(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw refused(); // the cause would quote the text, and with it the password
    }
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "the address of Redis is not of the form redis://[[user]:password@]host[:port][/db], or"
            + " rediss:// for TLS; it is not shown here, for it may hold a password. Special"
            + " characters in a password are percent-encoded");
  }
}
