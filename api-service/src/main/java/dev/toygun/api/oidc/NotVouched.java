package dev.toygun.api.oidc;

/** Nobody whom the provider vouches for, and why; the message shows no secret. */
public final class NotVouched extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotVouched(String why) {
    super(why, null, false, false);
  }
}
