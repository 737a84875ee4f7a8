package dev.toygun.queue;

import dev.toygun.crypto.Envelope;
import dev.toygun.crypto.Keyring;
import dev.toygun.crypto.Opening;
import dev.toygun.store.ListName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Seals tickets for their list, and opens what comes from one. Inside the token are list, time and
 * time to live (the envelope sees to those), and {@link TicketBytes}. Safe for use from any thread.
 */
final class TicketSeal {
  /** No envelope is longer; a ticket of 64 subjects has about a twentieth of it. */
  static final int MOST_CHARS = 64 * 1024;

  /* How many of the last tickets are known again. */
  private static final int MOST_SEEN = 8192;

  /* The tail of a token is its signature: as good as the whole. */
  private static final int TAIL = 32;

  private final Envelope envelope;
  private final DroppedTickets dropped;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_SEEN;
        }
      };

  TicketSeal(Keyring keyring, DroppedTickets dropped) {
    this.envelope = new Envelope(keyring, MOST_CHARS);
    this.dropped = dropped;
  }

  String seal(Ticket ticket) {
    return envelope.seal(
        ticket.list().toString(), TicketBytes.write(ticket), ticket.at(), Ticket.GOOD_FOR);
  }

  /** The ticket, unless it cannot be opened or was opened before: then it is counted. */
  Optional<Ticket> open(ListName list, String text, Instant now) {
    Opening opening = envelope.open(list.toString(), text, now);
    if (opening instanceof Opening.Refused refused) {
      return drop(DroppedTickets.named(refused.reason()));
    }
    Instant at = Envelope.claimedAt(text); // proven: the envelope was opened with it
    if (!(opening instanceof Opening.Opened opened) || at == null) {
      return drop(DroppedTickets.MALFORMED);
    }
    Ticket ticket = TicketBytes.read(list, at, opened.body());
    if (ticket == null) {
      return drop(DroppedTickets.MALFORMED);
    }
    return isNew(text) ? Optional.of(ticket) : drop(DroppedTickets.REPLAYED);
  }

  private Optional<Ticket> drop(String reason) {
    dropped.count(reason, 1);
    return Optional.empty();
  }

  private boolean isNew(String text) {
    synchronized (seen) {
      return seen.put(text.substring(Math.max(0, text.length() - TAIL)), true) == null;
    }
  }
}
