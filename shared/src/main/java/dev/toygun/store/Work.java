package dev.toygun.store;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a worker needs of a store. Every future ends, with a failure at the latest when its time-out
 * is over; a failure of {@link #commit} means that what became of the group is unknown, and must be
 * read.
 */
public interface Work {
  /** Reads resources with their tasks and signals; those that are not there are left out. */
  Future<Loaded> load(Collection<UUID> resources, Sees sees);

  /**
   * What a type's code sees beside the resource itself.
   *
   * @param alarms those that are not closed or closed within a day
   * @param panics those that have climbed to it
   * @param triggers what those of its tasks were last seen to be
   */
  record Sees(boolean children, boolean parent, boolean alarms, boolean panics, boolean triggers) {
    public static final Sees ITSELF = new Sees(false, false);

    public Sees(boolean children, boolean parent) {
      this(children, parent, false, false, false);
    }

    /** With the active children too. */
    public Sees withChildren() {
      return new Sees(true, parent, alarms, panics, triggers);
    }
  }

  /** Reads resources alone: what fields refer to. */
  Future<List<ResourceRow>> resources(Collection<UUID> uuids);

  /**
   * Commits a group of outcomes, at most 512; a subject is at most once in it.
   *
   * @return what became of each, in their order. Fails with the database's error where one outcome
   *     is refused by it: then nothing of the group was written. Where something was, what is
   *     refused is answered with {@link Committed.Unstorable}
   */
  Future<List<Committed>> commit(List<Outcome> group);

  /** What is on hold; to be read again and again, and kept. */
  Future<List<Hold>> holds();

  /**
   * The tasks that ask for approval because they do not work as repairs, each as {@code type/task};
   * to be read again and again, and kept.
   */
  Future<Set<String>> demoted();

  /**
   * Adds to what ticks have used, in this minute. What becomes of it where this fails is unknown:
   * it is a measurement, and is not said again.
   */
  Future<Void> charge(List<Usage> used);

  /**
   * Notes how many tries went well since this was noted last, by the breaker that counts them. What
   * failed needs no note: it is in the errors that were committed.
   */
  Future<Void> tried(Map<String, Integer> good);

  /** Publishes the definitions of a worker's types, for the API and the clock. */
  Future<Void> publish(List<TypeDefinition> definitions, String build);
}
