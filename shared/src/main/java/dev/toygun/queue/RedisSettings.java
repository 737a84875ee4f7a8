package dev.toygun.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * How Redis is used.
 *
 * @param prefix leads the name of every key and channel, so that installations can share a Redis
 * @param callTimeout the longest wait for an answer; then the connection is given up too
 * @param connections how many connections carry the calls; each carries many at once
 * @param mostInFlight how many calls may wait for an answer at once; more are refused
 * @param mostTickets how long a list may grow; then its oldest tickets are dropped, and counted
 * @param leaseTime how long a lease holds unless it is renewed
 */
public record RedisSettings(
    String prefix,
    Duration callTimeout,
    int connections,
    int mostInFlight,
    int mostTickets,
    Duration leaseTime) {

  /** What a service uses unless it is told otherwise. */
  public static final RedisSettings STANDARD =
      new RedisSettings("toygun:", Duration.ofSeconds(2), 2, 4096, 20_000, Leases.TIME);

  public RedisSettings {
    Objects.requireNonNull(prefix);
    if (callTimeout.toMillis() < 1
        || connections < 1
        || mostInFlight < 1
        || mostTickets < 1
        || leaseTime.toMillis() < 1) {
      throw new IllegalArgumentException(
          "settings of Redis: call time-out, connections, calls in flight, tickets of a list and"
              + " lease time must all be above zero");
    }
  }

  public RedisSettings withPrefix(String other) {
    return new RedisSettings(other, callTimeout, connections, mostInFlight, mostTickets, leaseTime);
  }

  public RedisSettings withCallTimeout(Duration other) {
    return new RedisSettings(prefix, other, connections, mostInFlight, mostTickets, leaseTime);
  }

  public RedisSettings withMostTickets(int other) {
    return new RedisSettings(prefix, callTimeout, connections, mostInFlight, other, leaseTime);
  }

  public RedisSettings withLeaseTime(Duration other) {
    return new RedisSettings(prefix, callTimeout, connections, mostInFlight, mostTickets, other);
  }
}
