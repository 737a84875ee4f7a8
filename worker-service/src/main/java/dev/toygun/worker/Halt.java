package dev.toygun.worker;

import dev.toygun.Panic;
import java.util.Map;

/** A panic that the engine itself calls, of one of the built-in kinds. */
final class Halt extends Panic {
  private static final long serialVersionUID = 1;

  /** The code answered with a move that its table does not allow. */
  static final String UNDECLARED_MOVE = "UndeclaredMove";

  /** The row is in a state, or of a task, that the code does not define. */
  static final String MISSING = "Missing";

  /** A field has a value that it must not have. */
  static final String BAD_FIELD = "BadField";

  /** The last try failed with an unexpected exception. */
  static final String UNHANDLED = "Unhandled";

  /** The state took longer than its {@code within}. */
  static final String TIMEOUT = "Timeout";

  /** The run took longer than its task's {@code within}. */
  static final String RUN_TIMEOUT = "RunTimeout";

  /** One tick took longer than its limit. */
  static final String TICK_TIMEOUT = "TickTimeout";

  /** Workers died while they ticked it. */
  static final String WORKER_CRASHED = "WorkerCrashed";

  /** The database does not take what was decided. */
  static final String UNSTORABLE = "Unstorable";

  /** What was decided is not allowed as things are. */
  static final String REFUSED = "Refused";

  private final String kind;

  Halt(String kind, String message) {
    super(message, Map.of());
    this.kind = kind;
  }

  @Override
  public String kind() {
    return kind;
  }
}
