package dev.toygun.api;

/** Somebody who is who they say, and may do nothing here. */
final class WithoutRole extends Problem {
  private static final long serialVersionUID = 1;
  private final String who;

  /**
   * Turns them away.
   *
   * @param who as the audit has them
   * @param why what they lack
   */
  WithoutRole(String who, String why) {
    super(403, "denied", who + " " + why);
    this.who = who;
  }

  /** As the audit has them. */
  String who() {
    return who;
  }
}
