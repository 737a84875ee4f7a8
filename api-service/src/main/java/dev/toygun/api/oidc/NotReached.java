package dev.toygun.api.oidc;

/** The provider did not answer, or not what it has to; the message shows no secret. */
public final class NotReached extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotReached(String why) {
    super(why, null, false, false);
  }
}
