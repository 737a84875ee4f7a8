package dev.toygun.alert;

import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a sink.
 *
 * @param needed whether there has to be one
 * @param secret whether it is sealed, and never shown again
 * @param usual what it is where nobody says; null for nothing
 */
public record Part(
    String name, boolean needed, boolean secret, @Nullable Object usual, Check check) {

  static Part needed(String name, Check check) {
    return new Part(name, true, false, null, check);
  }

  static Part optional(String name, Check check) {
    return new Part(name, false, false, null, check);
  }

  static Part usual(String name, Object usual, Check check) {
    return new Part(name, false, false, usual, check);
  }

  static Part secret(String name, boolean needed, Check check) {
    return new Part(name, needed, true, null, check);
  }

  /** What a value has to be. */
  @FunctionalInterface
  public interface Check {
    /** What is wrong with the value, for people, without the value; null for nothing. */
    @Nullable String wrong(Object value);

    /** An address of a web server. Where it leads is looked at when it is used. */
    Check URL = Check::url;

    /** See {@link Dsn}. */
    Check DSN = Dsn::wrong;

    /** An address of a person or a list of them. */
    Check MAIL =
        matching("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}", "a mail address");

    /** Certificates, as PEM has them. */
    Check PEM =
        value ->
            value instanceof String text
                    && text.length() <= 20_000
                    && text.indexOf('\0') < 0
                    && text.strip().startsWith("-----BEGIN CERTIFICATE-----")
                    && text.strip().endsWith("-----END CERTIFICATE-----")
                ? null
                : "certificates in PEM are expected: -----BEGIN CERTIFICATE----- …";

    /** See {@link Template}. */
    Check TEMPLATE =
        value -> {
          if (!(value instanceof String text)) {
            return "a text is expected";
          }
          try {
            Template.parse(text);
            return null;
          } catch (IllegalArgumentException e) {
            return e.getMessage();
          }
        };

    /** Whether something is so. */
    Check YES_OR_NO = value -> value instanceof Boolean ? null : "true or false is expected";

    static Check text(int least, int most) {
      return value ->
          value instanceof String text
                  && text.length() >= least
                  && text.length() <= most
                  && text.chars().noneMatch(Character::isISOControl)
              ? null
              : "%d to %d characters on one line are expected".formatted(least, most);
    }

    static Check matching(String pattern, String words) {
      return value ->
          value instanceof String text && text.matches(pattern) ? null : words + " is expected";
    }

    static Check oneOf(String... words) {
      return value ->
          List.of(words).contains(value)
              ? null
              : "one of %s is expected".formatted(String.join(", ", words));
    }

    static Check number(int least, int most) {
      return value ->
          value instanceof Integer number && number >= least && number <= most
              ? null
              : "a whole number from %d to %d is expected".formatted(least, most);
    }

    static Check list(int most, Check each) {
      return value -> {
        if (!(value instanceof JsonArray all) || all.isEmpty() || all.size() > most) {
          return "a list of 1 to %d is expected".formatted(most);
        }
        for (Object one : all) {
          @Nullable String wrong = one == null ? "null is none" : each.wrong(one);
          if (wrong != null) {
            return wrong;
          }
        }
        return null;
      };
    }

    private static @Nullable String url(Object value) {
      if (!(value instanceof String text) || text.length() > 2000) {
        return "a URL of at most 2000 characters is expected";
      }
      try {
        URI uri = new URI(text);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
          return "a URL such as https://hooks.example.com/toygun is expected";
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
          return "a URL without a user, a password and a # is expected";
        }
        return uri.getPort() == 0 || uri.getPort() > 65535
            ? "a port from 1 to 65535 is expected"
            : null;
      } catch (URISyntaxException e) {
        return "a URL is expected, and this is none: " + e.getReason();
      }
    }
  }
}
