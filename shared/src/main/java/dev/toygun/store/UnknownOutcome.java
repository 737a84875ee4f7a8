package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/**
 * The database's answer never came: what was sent may have been committed or not. Never take it for
 * either; read the rows.
 */
public final class UnknownOutcome extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownOutcome(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
