package dev.toygun.client;

import java.time.Instant;
import java.util.Map;

/**
 * Alarms. Each method throws {@link Problem.NotFound} where there is none; what changes one throws
 * {@link Problem.Conflict} where its state does not let that be said, and {@link
 * Problem.PreconditionFailed} where it is not as {@link Options#ifMatch} says any more.
 */
public final class Alarms {
  private final Requests requests;

  Alarms(Requests requests) {
    this.requests = requests;
  }

  /**
   * The newest first, of all resources: those that are open, or with {@link Options#closed} those
   * that are not.
   */
  public Listing<Alarm> list(Option.AlarmList... options) {
    return requests.pages(new Call(Operation.LIST_ALARMS).with(options), Alarm::new);
  }

  /** How many are open, by severity. */
  public Map<String, Long> counts() {
    Call call = new Call(Operation.LIST_ALARMS).query("counts", true).query("page_size", 1);
    return Part.counts(requests.call(call));
  }

  /** One, and who was told of it. */
  public Alarm get(Named alarm) {
    Call call = Call.of(Operation.GET_ALARM, alarm);
    return new Alarm(requests.call(call));
  }

  /** Its moves, from the first one on, or from the last one back with {@code "step desc"}. */
  public Listing<Move> history(Named alarm, Option.Moves... options) {
    return requests.pages(Call.of(Operation.ALARM_HISTORY, alarm).with(options), Move::new);
  }

  /** Takes care of it, until it clears or until a time. */
  public Alarm ack(Named alarm, Option.Ack... options) {
    Call call = Call.of(Operation.ACKNOWLEDGE_ALARM, alarm).with(options);
    return new Alarm(requests.call(call));
  }

  /** Quiets it until then; it is open again if it has not cleared. */
  public Alarm snooze(Named alarm, Instant until, Option.Change... options) {
    Call call = Call.of(Operation.SNOOZE_ALARM, alarm).body("until", until).with(options);
    return new Alarm(requests.call(call));
  }

  /** Lifts the brake that it tells of until then: its task goes on, though so many want it. */
  public Alarm lift(Named alarm, Instant until, String reason, Option.Version... options) {
    Call call = Call.of(Operation.LIFT_ALARM, alarm).body("until", until).body("reason", reason);
    return new Alarm(requests.call(call.with(options)));
  }

  /** Quiets it until it clears; then it is armed again. */
  public Alarm ignore(Named alarm, Option.Change... options) {
    Call call = Call.of(Operation.IGNORE_ALARM, alarm).with(options);
    return new Alarm(requests.call(call));
  }

  /** Makes an ignored one as loud as one that has just opened. */
  public Alarm unignore(Named alarm, Option.Change... options) {
    Call call = Call.of(Operation.UNIGNORE_ALARM, alarm).with(options);
    return new Alarm(requests.call(call));
  }

  /**
   * Closes it.
   *
   * @throws Problem.Conflict while what it tells of stands still; that is ignored instead
   */
  public Alarm close(Named alarm, Option.Change... options) {
    Call call = Call.of(Operation.CLOSE_ALARM, alarm).with(options);
    return new Alarm(requests.call(call));
  }
}
