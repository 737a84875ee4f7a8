package dev.toygun.queue;

import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Leases, each on one resource, or on one {@code shared()} task. A lease keeps a second worker away
 * in ordinary times; what protects the rows is the version that every outcome compares.
 *
 * <p>What one caller asks of leases of one hash is done in the order in which it was asked, once
 * the first answer has come: it may release a lease that it has just asked to renew.
 */
public interface Leases {
  /** How long a lease holds unless it is renewed. */
  Duration TIME = Duration.ofSeconds(10);

  /**
   * Takes leases, those that can be taken, and notes the subjects as being ticked. One that is held
   * is not, whoever holds it, the one that asks included: the subjects asked for join its {@code
   * again}, a polled one unless it is being ticked itself. Whoever gets no answer releases what it
   * asked for, or waits until it has run out.
   *
   * @param wants by what is leased, a resource's uuid or a shared task's; those of one hash are one
   *     call
   * @return for each lease that was taken, how often each of its subjects was lost at its step
   */
  Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants);

  /**
   * What is asked for under one lease.
   *
   * @param subjects what is to be ticked under the lease
   * @param poll whether they are polled: then one that is noted as being ticked does not join
   *     {@code again}
   */
  record Want(Set<SubjectKey> subjects, boolean poll) {}

  /**
   * A lease that was taken.
   *
   * @param lost for each subject that was being ticked when an earlier holder's lease ran out: at
   *     which step, and how often
   */
  record Taken(Map<UUID, Lost> lost) {}

  /**
   * At which step a subject was last seen, and how often it was lost there.
   *
   * @param step -1 while the rows have not been read
   * @param times 0 for what is ticked and was never lost
   */
  record Lost(long step, int times) {
    /** What is noted of a subject with the lease that was taken for it. */
    public static final Lost UNREAD = new Lost(-1, 0);
  }

  /**
   * Notes what is being ticked under leases that are held, and at which step, in place of what was
   * noted before, and renews them. One that has run out and that nobody has taken over is held
   * again.
   *
   * @return the leases that are still held
   */
  Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking);

  /**
   * Lets leases go; those that somebody asked for meanwhile are kept and renewed, to be released
   * again once what was asked for has been looked at.
   *
   * @return for each lease that is kept: the subjects that joined its {@code again}
   */
  Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> leases);

  /**
   * Ends the leases of an owner that is gone, keeping what they say was being ticked. Forgets the
   * ones that ended more than an hour ago and that nobody took over.
   *
   * @return the leases that were ended
   */
  Future<Set<UUID>> expire(String owner);

  /** By whom those of these are held that are held by a live lease. */
  Future<Map<UUID, Holder>> holders(Set<UUID> leases);

  /**
   * Who holds a lease.
   *
   * @param owner as it was taken
   * @param ticking what is noted as being ticked under it
   */
  record Holder(String owner, Set<UUID> ticking) {}

  /** Which of these are held by a live lease. */
  default Future<Set<UUID>> held(Set<UUID> leases) {
    return holders(leases).map(Map::keySet);
  }

  /** The hash that a lease lives in, 0 to 255: the last byte of its random tail. */
  static int hashOf(UUID lease) {
    return (int) (lease.getLeastSignificantBits() & 0xFF);
  }
}
