package dev.toygun.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a project of Sentry takes events, and as whom: {@code https://key@sentry.example.com/42}.
 *
 * @param url of its envelopes
 * @param key what lets one in; a secret key beside it, as older ones have, is not needed
 */
record Dsn(String url, String key) {
  private static final int LONGEST = 500;
  private static final Pattern USER = Pattern.compile("([A-Za-z0-9]{4,128})(:[A-Za-z0-9]*)?");
  private static final Pattern PATH = Pattern.compile("((?:/[A-Za-z0-9._-]+)*)/([A-Za-z0-9_-]+)/?");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none, without saying what it is
   */
  static Dsn parse(String text) {
    try {
      URI uri = new URI(text);
      Matcher user = USER.matcher(String.valueOf(uri.getRawUserInfo()));
      Matcher path = PATH.matcher(String.valueOf(uri.getRawPath()));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && text.length() <= LONGEST
          && uri.getHost() != null
          && uri.getPort() != 0
          && uri.getPort() <= 65535
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() != null
          && user.matches()
          && path.matches()) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Dsn(
            "%s://%s%s%s/api/%s/envelope/"
                .formatted(uri.getScheme(), uri.getHost(), port, path.group(1), path.group(2)),
            user.group(1));
      }
    } catch (URISyntaxException e) {
      // What it quotes is secret.
    }
    throw new IllegalArgumentException(
        "a DSN such as https://key@sentry.example.com/42 is expected");
  }

  static @Nullable String wrong(Object value) {
    if (!(value instanceof String text)) {
      return "a text is expected";
    }
    try {
      parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Override
  public String toString() {
    return "Dsn[" + url + "]";
  }
}
