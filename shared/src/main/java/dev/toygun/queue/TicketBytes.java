package dev.toygun.queue;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is inside a ticket's token; list and times are sealed with it, but not here.
 *
 * <pre>
 *   1 | cause | poll | trace: length, UTF-8 | subjects: how many | each: 16 bytes, or 16 + 16
 * </pre>
 *
 * <p>Bytes rather than JSON: what is sealed is encrypted, signed and written in Base64, so each
 * byte counts four times, and uuids as text would be most of it.
 */
final class TicketBytes {
  private static final byte FORMAT = 1;
  private static final byte RESOURCE = 0;
  private static final byte TASK = 1;
  private static final int MOST_OF_A_SUBJECT = 33;
  private static final int MOST_OF_A_TRACE = 1000;

  private TicketBytes() {}

  static byte[] write(Ticket ticket) {
    byte[] cause = ticket.cause().stored().getBytes(StandardCharsets.UTF_8);
    byte[] trace = trace(ticket).getBytes(StandardCharsets.UTF_8);
    int most = 8 + cause.length + trace.length + ticket.subjects().size() * MOST_OF_A_SUBJECT;
    ByteBuffer bytes = ByteBuffer.allocate(most);
    bytes.put(FORMAT).put((byte) cause.length).put(cause);
    bytes.put((byte) (ticket.poll() ? 1 : 0));
    bytes.putShort((short) trace.length).put(trace);
    bytes.put((byte) ticket.subjects().size());
    for (SubjectKey subject : ticket.subjects()) {
      bytes.put(subject.isResource() ? RESOURCE : TASK);
      put(bytes, subject.resource());
      if (!subject.isResource()) {
        put(bytes, subject.uuid());
      }
    }
    byte[] all = new byte[bytes.position()];
    bytes.flip().get(all);
    return all;
  }

  /** The ticket, or null if these are not the bytes of one. */
  static @Nullable Ticket read(ListName list, Instant at, byte[] all) {
    ByteBuffer bytes = ByteBuffer.wrap(all);
    try {
      if (bytes.get() != FORMAT) {
        return null;
      }
      Cause cause = Cause.ofStored(text(bytes, bytes.get()));
      boolean poll = bytes.get() != 0;
      String trace = text(bytes, bytes.getShort());
      int many = bytes.get();
      List<SubjectKey> subjects = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        byte kind = bytes.get();
        UUID resource = uuid(bytes);
        subjects.add(new SubjectKey(resource, kind == RESOURCE ? resource : uuid(bytes)));
      }
      return bytes.hasRemaining()
          ? null
          : new Ticket(list, subjects, cause, poll, at, trace.isEmpty() ? null : trace);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  /* A trace id is 32 characters; one that somebody made up is cut, rather than sent round. */
  private static String trace(Ticket ticket) {
    String trace = ticket.trace() == null ? "" : ticket.trace();
    return trace.length() <= MOST_OF_A_TRACE ? trace : trace.substring(0, MOST_OF_A_TRACE);
  }

  private static void put(ByteBuffer bytes, UUID uuid) {
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private static String text(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] some = new byte[length];
    bytes.get(some);
    return new String(some, StandardCharsets.UTF_8);
  }
}
