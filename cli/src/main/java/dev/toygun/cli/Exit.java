package dev.toygun.cli;

/** With which code the command ends. */
public final class Exit {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int CONFLICT = 4;
  public static final int DENIED = 5;
  public static final int UNAVAILABLE = 6;
  public static final int TIMED_OUT = 124;

  private Exit() {}

  /** What a command has to say when it cannot go on: one message for the user, and a code. */
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    public Failure(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    /** The code with which to end. */
    public int code() {
      return code;
    }
  }
}
