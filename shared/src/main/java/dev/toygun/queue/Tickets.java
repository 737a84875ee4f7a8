package dev.toygun.queue;

import dev.toygun.store.Announce;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs subjects into tickets: of one list and one lease hash, at most {@link Ticket#MOST} each.
 */
public final class Tickets {
  private static final Logger LOG = LoggerFactory.getLogger(Tickets.class);

  private Tickets() {}

  private record Pack(ListName list, int hash) {}

  /** Tickets for whoever is due now. */
  public static List<Ticket> of(
      List<Committed.Woken> woken, Cause cause, Instant now, @Nullable String trace) {
    Map<Pack, List<SubjectKey>> packs = new LinkedHashMap<>();
    for (Committed.Woken one : woken) {
      packs
          .computeIfAbsent(
              new Pack(one.list(), Leases.hashOf(one.key().resource())), pack -> new ArrayList<>())
          .add(one.key());
    }
    List<Ticket> tickets = new ArrayList<>();
    packs.forEach(
        (pack, keys) -> {
          for (int from = 0; from < keys.size(); from += Ticket.MOST) {
            List<SubjectKey> some = keys.subList(from, Math.min(keys.size(), from + Ticket.MOST));
            tickets.add(new Ticket(pack.list(), some, cause, false, now, trace));
          }
        });
    return tickets;
  }

  /**
   * Tickets for subjects of one list.
   *
   * @param poll whether they are polled, rather than due
   */
  public static List<Ticket> of(
      ListName list, Iterable<SubjectKey> keys, Cause cause, boolean poll, Instant now) {
    Map<Integer, List<SubjectKey>> packs = new LinkedHashMap<>();
    for (SubjectKey key : keys) {
      packs.computeIfAbsent(Leases.hashOf(key.resource()), hash -> new ArrayList<>()).add(key);
    }
    List<Ticket> tickets = new ArrayList<>();
    packs
        .values()
        .forEach(
            all -> {
              for (int from = 0; from < all.size(); from += Ticket.MOST) {
                List<SubjectKey> some = all.subList(from, Math.min(all.size(), from + Ticket.MOST));
                tickets.add(new Ticket(list, some, cause, poll, now, null));
              }
            });
    return tickets;
  }

  /** Announces what operators' requests made due, and what they asked to end. */
  public static Announce announcing(Queue queue, Time time) {
    return new Announce() {
      @Override
      public void due(List<Committed.Woken> woken, Cause cause, @Nullable String trace) {
        if (!woken.isEmpty()) {
          queue
              .push(of(woken, cause, time.now(), trace))
              .compose(pushed -> queue.nudge())
              .onFailure(error -> LOG.debug("not announced: {}", error.getMessage()));
        }
      }

      @Override
      public void ends(SubjectKey subject) {
        queue
            .interrupt(subject)
            .onFailure(error -> LOG.debug("not interrupted: {}", error.getMessage()));
      }
    };
  }
}
