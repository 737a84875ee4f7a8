package dev.toygun.api.pages;

import java.util.List;

/**
 * What can be done from a page: an operation of the contract, sent by a form. Each has a page of
 * its own, which says what it means and asks why; nothing is done before that is sent.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of, but its type does not say so.
public enum Act {
  /** Takes a resource down. */
  DELETE(
      "deleteResource",
      "getResource",
      "Take down",
      "Its tasks and children end first, each by its own code, then it ends itself. There is no way back.",
      true,
      "reason"),
  /** Puts a resource on hold. */
  HOLD(
      "holdResource",
      "getResource",
      "Hold",
      "No code of it, its tasks and all below it runs until it is released.",
      false,
      "until",
      "reason"),
  /** Releases a resource. */
  RELEASE(
      "releaseResource",
      "getResource",
      "Release",
      "The holds on this resource end; it goes on where it was.",
      false,
      "reason"),
  /** Retries a panicked resource. */
  RETRY(
      "retryResource",
      "getResource",
      "Retry",
      "It goes back to the state in which it panicked or timed out.",
      false,
      "reason"),
  /** Restarts a resource. */
  RESTART(
      "restartResource",
      "getResource",
      "Restart",
      "It is restarted by its own code, and counts as down on purpose meanwhile.",
      false,
      "force",
      "reason"),
  /** Puts a resource into another state. */
  REWIND(
      "rewindResource",
      "getResource",
      "Rewind",
      "It goes back to a state that it was in before, and on from there.",
      true,
      "state",
      "reason"),
  /** Ends a resource without its code. */
  ABANDON(
      "abandonResource",
      "getResource",
      "Abandon",
      "It and all below it end without running any code. What they made outside stays there.",
      true,
      "reason"),
  /** Starts a task. */
  START(
      "startTask",
      "getResource",
      "Start",
      "A run that there is already is left alone.",
      false,
      "reason"),
  /** Stops a task. */
  STOP_TASK(
      "stopTask",
      "getTask",
      "Stop",
      "It ends through its __exit__. A state that ensures it does not start it again; one that starts it does.",
      false,
      "reason"),
  /** Aborts a task. */
  ABORT_TASK(
      "abortTask",
      "getTask",
      "Abort",
      "Its code is broken off, and its __exit__ cleans up. Aborted again meanwhile, it ends at once.",
      true,
      "reason"),
  /** Lets a run begin. */
  APPROVE_TASK(
      "approveTask", "getTask", "Approve", "It begins, once its turn comes.", false, "reason"),
  /** Retries a panicked task. */
  RETRY_TASK(
      "retryTask",
      "getTask",
      "Retry",
      "It goes back to the state in which it panicked or timed out.",
      false,
      "reason"),
  /** Puts a task into another state. */
  REWIND_TASK(
      "rewindTask",
      "getTask",
      "Rewind",
      "It goes back to a state that it was in before, and on from there.",
      true,
      "state",
      "reason"),
  /** Somebody looks after an alarm. */
  ACKNOWLEDGE(
      "acknowledgeAlarm",
      "getAlarm",
      "Acknowledge",
      "You look after it: nobody else is told, until the time that you name if you do.",
      false,
      "until",
      "reason"),
  /** An alarm is quiet for a while. */
  SNOOZE("snoozeAlarm", "getAlarm", "Snooze", "It is quiet until then.", false, "until", "reason"),
  /** A brake does not hold for a while. */
  LIFT(
      "liftAlarm",
      "getAlarm",
      "Lift the brake",
      "The runs that wait begin, and those that come until then: they need it, and what says so is right.",
      true,
      "until",
      "reason"),
  /** An alarm is quiet for good. */
  IGNORE(
      "ignoreAlarm",
      "getAlarm",
      "Ignore",
      "It is quiet until it closes, or somebody takes this back.",
      false,
      "reason"),
  /** An alarm is no longer ignored. */
  UNIGNORE(
      "unignoreAlarm",
      "getAlarm",
      "Take notice again",
      "It counts as open again.",
      false,
      "reason"),
  /** An alarm is over. */
  CLOSE(
      "closeAlarm",
      "getAlarm",
      "Close",
      "It is over. It opens anew if it comes true again.",
      true,
      "reason"),
  /** A hold is over. */
  END_HOLD(
      "releaseHold",
      "listHolds",
      "Release",
      "What it holds goes on where it was.",
      false,
      "reason"),
  /** A bulk run pauses. */
  PAUSE_BULK(
      "pauseBulk",
      "getBulk",
      "Pause",
      "No more is done until it is resumed; what it began goes on, and is watched.",
      false,
      "reason"),
  /** A bulk run goes on. */
  RESUME_BULK(
      "resumeBulk",
      "getBulk",
      "Resume",
      "It goes on, whatever has failed so far and without waiting for its canary.",
      false,
      "reason"),
  /** A bulk run ends. */
  CANCEL_BULK(
      "cancelBulk", "getBulk", "Cancel", "It ends. What it did stays done.", true, "reason"),
  /** A breaker keeps its tasks from running. */
  OPEN_BREAKER(
      "openBreaker",
      "listBreakers",
      "Open",
      "What is due of its tasks waits until somebody closes it, or until it is tried again; what is under way goes on.",
      false,
      "until",
      "reason"),
  /** A breaker lets its tasks go. */
  CLOSE_BREAKER(
      "closeBreaker",
      "listBreakers",
      "Close",
      "What waited goes on, spread over a while. It opens again if too many tries fail.",
      false,
      "reason"),
  /** A repair runs by itself again. */
  PROMOTE_REPAIR(
      "promoteRepair",
      "listRepairs",
      "Promote",
      "It begins without asking again, and is counted anew.",
      false,
      "reason");

  private final String operation;
  private final String subject;
  private final String verb;
  private final String meaning;
  private final boolean grave;
  private final List<String> fields;

  Act(
      String operation,
      String subject,
      String verb,
      String meaning,
      boolean grave,
      String... fields) {
    this.operation = operation;
    this.subject = subject;
    this.verb = verb;
    this.meaning = meaning;
    this.grave = grave;
    this.fields = List.of(fields);
  }

  /** What can be said to an alarm, as it is. */
  public static List<Act> toAlarm(Shown alarm) {
    if (alarm.text("state").equals("ignored")) {
      return List.of(UNIGNORE, CLOSE);
    }
    return alarm.text("name").startsWith("brake:")
        ? List.of(LIFT, ACKNOWLEDGE, SNOOZE, IGNORE, CLOSE)
        : List.of(ACKNOWLEDGE, SNOOZE, IGNORE, CLOSE);
  }

  /** The operation of the contract that it is. */
  public String operation() {
    return operation;
  }

  /** The operation that says what it is done to. */
  public String subject() {
    return subject;
  }

  /** In a word. */
  public String verb() {
    return verb;
  }

  /** What comes of it. */
  public String meaning() {
    return meaning;
  }

  /** Whether it takes something away. */
  public boolean grave() {
    return grave;
  }

  /** What it asks for. */
  public List<String> fields() {
    return fields;
  }

  /** Whether it is only until a time, which has to be named. */
  public boolean needsTime() {
    return this == SNOOZE || this == LIFT;
  }

  /** Where a page leads to it: at the path of its operation, as a form can be sent there. */
  public String at(String path) {
    return switch (this) {
      case START -> path;
      case ACKNOWLEDGE -> path + ":ack";
      default -> path + ":" + action();
    };
  }

  /** As the actions of an answer name it, which say whether it can be done. */
  String action() {
    return operation.replaceFirst("(Resource|Task|Alarm|Hold|Bulk|Breaker|Repair)$", "");
  }
}
