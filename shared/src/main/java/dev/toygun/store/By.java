package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for something, and why.
 *
 * @param actor {@code key:NAME}, or another name
 * @param reason for the history; may be empty
 * @param trace the trace id of the request
 */
public record By(Cause cause, String actor, String reason, @Nullable String trace) {
  /** An operator, without a reason. */
  public static By operator(String actor) {
    return new By(Cause.OPERATOR, actor, "", null);
  }
}
