package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.Severity;

/**
 * A task is demoted, or promoted.
 *
 * @param before how it stood
 * @param demoted how it stands then
 * @param actor who brought it there
 * @param reason why
 */
public record DemotionChange(Demotion before, boolean demoted, String actor, String reason) {
  /** Of its alarm. */
  public static final Severity SEVERITY = Severity.ERROR;

  /** The name of its alarm. */
  public String alarmName() {
    return AlarmType.demoted(before.type(), before.task());
  }

  /** What its alarm says. */
  public String alarmMessage() {
    return "repair %s of %s asks for approval from now on: %s; see `toygun repairs`"
        .formatted(before.task(), before.type(), reason);
  }
}
