package dev.toygun.api;

import dev.toygun.store.NotSent;
import dev.toygun.store.UnknownOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot be reached from a request that went wrong. */
final class Unavailable {
  /** The class of its error, which ends each of its messages. */
  private static final Pattern GOING = Pattern.compile("\\((08|25|53|57)\\w{3}\\)$");

  private Unavailable() {}

  /**
   * Whether the connection, not the request, failed. The client's own exceptions are known by their
   * names, since only the store knows the client.
   */
  static boolean caused(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      String name = t.getClass().getSimpleName();
      if (t instanceof IOException
          || t instanceof TimeoutException
          || name.endsWith("TimeoutException")
          || t instanceof UnknownOutcome
          || t instanceof NotSent
          || String.valueOf(t.getMessage()).startsWith("Timeout waiting for connection")
          || name.equals("ClosedConnectionException")
          || name.equals("ConnectionPoolTooBusyException")
          || (name.equals("PgException") && serverIsGoing(String.valueOf(t.getMessage())))
          || String.valueOf(t.getMessage()).contains("Connection is not active now")
          || String.valueOf(t.getMessage()).contains("Pool closed")) {
        return true;
      }
    }
    return false;
  }

  /** What failed before anything was asked of the store. */
  static final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotBegun(Throwable cause) {
      super(cause);
    }
  }

  /** Whether it may have been carried out all the same: it was sent, and no answer came. */
  static boolean leavesOpen(Throwable failure) {
    if (failure instanceof UnknownOutcome || failure instanceof TimeoutException) {
      return true;
    }
    boolean lost = false;
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof NotSent || t instanceof NotBegun || t instanceof ConnectException) {
        return false;
      }
      lost |=
          t instanceof IOException
              || t.getClass().getSimpleName().equals("ClosedConnectionException");
    }
    return lost;
  }

  /**
   * It ended the session (or never began it), has no room, only reads, or a statement took long.
   */
  private static boolean serverIsGoing(String message) {
    return message.startsWith("FATAL") || GOING.matcher(message).find();
  }
}
