package dev.toygun.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What ticks have used: those of all machines of a type and a task, or of one resource's.
 *
 * @param task empty for the ticks of resources themselves
 * @param resource null for all that are of this type and task
 */
public record Usage(String type, String task, @Nullable UUID resource, Spent spent) {
  /**
   * So many ticks, and where their time went, in seconds.
   *
   * @param ticks a fraction where it is an estimate
   * @param ran their code ran: on a thread of its own, or on the event loop
   * @param waited async code waited for its answer, and kept nobody from anything
   * @param committed their shares of the commits of what they decided
   */
  public record Spent(double ticks, double ran, double waited, double committed) {
    /** Nothing. */
    public static final Spent NOTHING = new Spent(0, 0, 0, 0);

    /** Both together. */
    public Spent plus(Spent more) {
      return new Spent(
          ticks + more.ticks, ran + more.ran, waited + more.waited, committed + more.committed);
    }

    /** The seconds that nobody else could have. */
    public double used() {
      return ran + committed;
    }
  }
}
