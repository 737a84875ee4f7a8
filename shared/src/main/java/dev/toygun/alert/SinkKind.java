package dev.toygun.alert;

import dev.toygun.alert.Part.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of sinks, and what has to be said of each. */
public enum SinkKind {
  /** A signed request to an address of somebody's own. */
  WEBHOOK,
  /** An incoming webhook of Slack, or of what speaks like it. */
  SLACK,
  /** Events, version 2, of PagerDuty. */
  PAGERDUTY,
  /** Mail over SMTP. */
  EMAIL,
  /** A line in the log of whoever delivers it. */
  LOG,
  /** Events of Sentry, or of what speaks like it: of errors, where the others tell of alarms. */
  SENTRY;

  static final String PAGERDUTY_URL = "https://events.pagerduty.com/v2/enqueue";

  /** What this kind has of its own. */
  private List<Part> own() {
    return switch (this) {
      case WEBHOOK ->
          List.of(
              Part.needed("url", Check.URL),
              Part.secret("secret", true, Check.text(16, 200)),
              Part.optional("ca", Check.PEM));
      case SLACK ->
          List.of(
              Part.secret("url", true, Check.URL),
              Part.optional("ca", Check.PEM),
              Part.usual("buttons", false, Check.YES_OR_NO));
      case PAGERDUTY ->
          List.of(
              Part.secret(
                  "routing_key",
                  true,
                  Check.matching("[A-Za-z0-9]{16,64}", "16 to 64 letters and digits")),
              Part.usual("url", PAGERDUTY_URL, Check.URL));
      case EMAIL ->
          List.of(
              Part.needed(
                  "host", Check.matching("[A-Za-z0-9.:-]{1,253}", "a host name or an address")),
              Part.usual("port", 587, Check.number(1, 65535)),
              Part.usual("security", "starttls", Check.oneOf("starttls", "tls", "none")),
              Part.optional("ca", Check.PEM),
              Part.optional("username", Check.text(1, 200)),
              Part.secret("password", false, Check.text(1, 500)),
              Part.needed("from", Check.MAIL),
              Part.needed("to", Check.list(20, Check.MAIL)));
      case LOG -> List.of();
      case SENTRY ->
          List.of(
              Part.secret("dsn", true, Check.DSN),
              Part.optional(
                  "environment",
                  Check.matching(
                      "[^\\p{Cntrl}/ ]{1,64}", "1 to 64 characters without spaces and /")),
              Part.optional("ca", Check.PEM));
    };
  }

  /** Whether it is told of errors, and not of alarms. */
  public boolean isOfErrors() {
    return this == SENTRY;
  }

  /** Everything that may be said of one. */
  public List<Part> parts() {
    return isOfErrors()
        ? own()
        : Stream.concat(
                own().stream(),
                Stream.of(
                    Part.optional("title", Check.TEMPLATE), Part.optional("text", Check.TEMPLATE)))
            .toList();
  }

  /** As it is stored and shown. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this stored name. */
  public static Optional<SinkKind> ofStored(String name) {
    return Arrays.stream(values()).filter(kind -> kind.stored().equals(name)).findFirst();
  }

  /** All of them, for who wrote another. */
  public static String known() {
    return Arrays.stream(values()).map(SinkKind::stored).collect(Collectors.joining(", "));
  }
}
