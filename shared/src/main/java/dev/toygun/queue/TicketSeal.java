package dev.toygun.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.toygun.crypto.Envelope;
import dev.toygun.crypto.Keyring;
import dev.toygun.crypto.Opening;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals tickets for their list, and opens what comes from one. Inside the token are list, time and
 * time to live (the envelope sees to those), and {@code {"cause":…,"poll":…,"trace":…,"ids":[…]}}.
 * Safe for use from any thread.
 */
final class TicketSeal {
  /** No envelope is longer; a ticket of 64 subjects has about a fifth of it. */
  static final int MOST_CHARS = 64 * 1024;

  /* How many of the last tickets are known again. */
  private static final int MOST_SEEN = 8192;

  /* The tail of a token is its signature: as good as the whole. */
  private static final int TAIL = 32;

  private static final JsonFactory JSON = new JsonFactory();

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
    return envelope.seal(ticket.list().toString(), body(ticket), ticket.at(), Ticket.GOOD_FOR);
  }

  /** The ticket, unless it cannot be opened or was opened before: then it is counted. */
  Optional<Ticket> open(ListName list, String text, Instant now) {
    Opening opening = envelope.open(list.toString(), text, now);
    if (opening instanceof Opening.Refused refused) {
      return drop(refused.reason().name().toLowerCase(Locale.ROOT));
    }
    Instant at = Envelope.claimedAt(text); // proven: the envelope was opened with it
    if (!(opening instanceof Opening.Opened opened) || at == null) {
      return drop(DroppedTickets.MALFORMED);
    }
    Ticket ticket = read(list, at, opened.body());
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

  private static byte[] body(Ticket ticket) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(80 * ticket.subjects().size() + 100);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("cause", ticket.cause().stored());
      json.writeBooleanField("poll", ticket.poll());
      if (ticket.trace() != null) {
        json.writeStringField("trace", ticket.trace());
      }
      json.writeArrayFieldStart("ids");
      for (SubjectKey subject : ticket.subjects()) {
        json.writeString(subject.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Ticket read(ListName list, Instant at, byte[] body) {
    Cause cause = null;
    boolean poll = false;
    String trace = null;
    List<SubjectKey> subjects = new ArrayList<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "cause" -> cause = Cause.ofStored(json.getText());
          case "poll" -> poll = json.getBooleanValue();
          case "trace" -> trace = json.getText();
          case "ids" -> {
            while (json.nextToken() == JsonToken.VALUE_STRING) {
              subjects.add(LeaseText.subject(json.getText()));
            }
          }
          default -> json.skipChildren(); // a newer version may say more
        }
      }
      return cause == null ? null : new Ticket(list, subjects, cause, poll, at, trace);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
