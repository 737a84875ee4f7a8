package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Messages about alarms that are to be sent: written with what they tell of, sent by whoever claims
 * them. Two implementations, one contract.
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
   */
  record Claimed(
      UUID uuid,
      String sink,
      boolean resolve,
      String body,
      int tries,
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
   * Opens the alarm of the system that nobody was told of something, or closes it, as it is.
   *
   * @param alarm the uuid that it has if it opens now
   */
  Future<Counts> watch(UUID alarm);

  /** How many wait, and how many have failed for good; at most 100,000 are counted. */
  record Counts(long pending, long failed) {}
}
