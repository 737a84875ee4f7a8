package dev.toygun.store;

import io.vertx.pgclient.PgException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody else has locked a row, and does not let go: the server says that nothing was done. */
public final class Locked extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String TIMED_OUT = "55P03";

  /** The server broke one off that waited for another in a circle. */
  private static final Set<String> DEADLOCK = Set.of("40P01", "40001");

  Locked(Throwable cause) {
    super("somebody else has locked a row that it needs: " + cause.getMessage(), cause);
  }

  /** Whether the server gave up for somebody else's lock: after a wait, or to end a deadlock. */
  public static boolean caused(@Nullable Throwable error) {
    return error instanceof Locked
        || isDeadlock(error)
        || (error instanceof PgException pg && TIMED_OUT.equals(pg.getSqlState()));
  }

  static boolean isDeadlock(@Nullable Throwable error) {
    return error instanceof PgException pg && DEADLOCK.contains(String.valueOf(pg.getSqlState()));
  }
}
