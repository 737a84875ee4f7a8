package dev.toygun.store;

import dev.toygun.Severity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages about alarms, and errors, that are to be sent: written with what they tell of, sent by
 * whoever claims them. Two implementations, one contract.
 */
public interface Outbox {
  /**
   * Claims what is due, so that nobody else sends it meanwhile.
   *
   * @param full sinks that have enough to do
   * @param most how many of each other sink
   * @param claim for how long; who has not said how it went by then, may be taken for dead
   */
  Future<List<Claimed>> claim(Collection<String> full, int most, Duration claim);

  /**
   * A message that is ours to send.
   *
   * @param body the variables, as JSON
   * @param tries how often it was claimed, with this time: what tells this claim from a later one
   * @param attempt the same, but counted from when somebody last had it tried again
   */
  record Claimed(
      UUID uuid,
      String sink,
      boolean resolve,
      String body,
      int tries,
      int attempt,
      UUID sinkUuid,
      String kind,
      String settings) {}

  /** It was sent. Nothing, if the claim is over: then it is sent again. */
  Future<Void> sent(Claimed delivery);

  /** It was not sent, and is to be tried again after this time. */
  Future<Void> later(Claimed delivery, Duration wait, String why);

  /** It was not sent, and never will be. */
  Future<Void> failed(Claimed delivery, String why);

  /**
   * Has one tried again, at once, that has failed for good or waits for its next try. Nothing, if
   * it is under way.
   *
   * @return fails with a {@link Refusal}: {@code NOT_FOUND}; or {@code WRONG_STATE} where it was
   *     sent, its sink is gone, or it would begin what its sink was told is over
   */
  Future<Void> retry(UUID delivery);

  /**
   * Writes messages for sinks that are new, active again or told of milder alarms, about alarms
   * that are open and that they were not told of; so many alarms are looked at for each. One that
   * is taken care of, quiet or folded is told of nobody.
   *
   * @return whether there may be more
   */
  Future<Boolean> catchUp(int most);

  /**
   * Writes messages for sinks that are told of errors: of a group one at once, and then one now and
   * then, with how many there were; so many errors are looked at.
   *
   * @return whether there may be more
   */
  Future<Boolean> reportErrors(int most);

  /**
   * Fails what is to be sent to sinks that are gone, and deletes what is old: so many at most.
   * Messages about alarms that are not closed stay, since they say who is told that one is over.
   *
   * @return how many were deleted
   */
  Future<Integer> purge(Duration sent, Duration failed, int most);

  /** There is no such message. */
  static Refusal noDelivery(UUID delivery) {
    return new Refusal(Refusal.Code.NOT_FOUND, "there is no delivery " + delivery);
  }

  /** It has nothing left to be tried again for. */
  static Refusal sent(UUID delivery, String sink) {
    return new Refusal(
        Refusal.Code.WRONG_STATE,
        "delivery %s was sent to sink %s: there is nothing to try again".formatted(delivery, sink));
  }

  /** Nobody is there to be told. */
  static Refusal noSink(UUID delivery, String sink) {
    return new Refusal(
        Refusal.Code.WRONG_STATE,
        "the sink %s of delivery %s is gone: make a sink of that name first"
            .formatted(sink, delivery));
  }

  /** It would begin what nobody ends. */
  static Refusal over(UUID delivery, String sink) {
    return new Refusal(
        Refusal.Code.WRONG_STATE,
        "delivery %s says that an alarm has begun, and sink %s was told that it is over"
            .formatted(delivery, sink));
  }

  /**
   * Opens the alarm of the system that nobody was told of something, or closes it, as it is.
   *
   * @param alarm the uuid that it has if it opens now
   */
  Future<Counts> watch(UUID alarm);

  /**
   * How many messages wait, and how many have failed for good; and how many alarms are open, by
   * severity. At most 100,000 of each are counted.
   */
  record Counts(long pending, long failed, Map<Severity, Long> open) {
    public Counts {
      open = Map.copyOf(open);
    }
  }
}
