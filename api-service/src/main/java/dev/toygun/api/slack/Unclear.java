package dev.toygun.api.slack;

/** Something that cannot be made out as it was asked, and what to do about that. */
public final class Unclear extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unclear(String why) {
    super(why, null, false, false);
  }
}
