package dev.toygun.queue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where Redis is. The text keeps the password; {@link #toString} never does.
 *
 * @param text {@code redis://[[user]:password@]host[:port][/db]}, or {@code rediss://} for TLS
 */
record RedisAddress(String text) {
  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  RedisAddress {
    URI uri = read(text);
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme())
        || uri.getHost() == null
        || !(uri.getPath().isEmpty() || uri.getPath().matches("/\\d*"))) {
      throw refused();
    }
  }

  boolean tls() {
    return text.startsWith("rediss:");
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
