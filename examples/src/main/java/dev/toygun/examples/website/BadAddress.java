package dev.toygun.examples.website;

import dev.toygun.Panic;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An address that nobody can ask. Looking again would not help: somebody has to change it. */
final class BadAddress extends Panic {
  private static final long serialVersionUID = 1;

  BadAddress(URI address) {
    super(
        "the field 'address' must begin with http:// or https:// and name a host, but its scheme is"
            + " '%s' and its host '%s': set another, then retry"
                .formatted(part(address.getScheme()), part(address.getHost())),
        // Not the address itself: one of the form http://user:password@host is a secret.
        Map.of("scheme", part(address.getScheme()), "host", part(address.getHost())));
  }

  private static String part(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
