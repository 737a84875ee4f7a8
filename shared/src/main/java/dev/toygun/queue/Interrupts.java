package dev.toygun.queue;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who was asked to end, told to everybody who listens. An interrupt is sealed as a ticket is, for a
 * list that nobody pops, so that who holds only Redis can neither read nor make one.
 */
final class Interrupts {
  private static final ListName NOBODYS = new ListName("__interrupts__", "__interrupts__", 1, 0);

  private final Channel channel;
  private final TicketSeal seal;
  private final Time time;
  private final List<Consumer<SubjectKey>> listeners = new CopyOnWriteArrayList<>();
  private boolean listens;

  Interrupts(RedisLink link, TicketSeal seal) {
    this.channel = new Channel(link, "interrupt");
    this.seal = seal;
    this.time = link.time();
  }

  Future<Void> send(SubjectKey subject) {
    Ticket ticket = new Ticket(NOBODYS, List.of(subject), Cause.OPERATOR, false, time.now(), null);
    return channel.publish(seal.seal(ticket));
  }

  Queue.Listening listen(Consumer<SubjectKey> asked) {
    Here here = Here.now(time);
    Consumer<SubjectKey> there = subject -> here.run(() -> asked.accept(subject));
    listeners.add(there);
    boolean first;
    synchronized (this) {
      first = !listens;
      listens = true;
    }
    if (first) {
      channel.listen(this::heard); // Once: what was opened before is not opened again.
    }
    return () -> listeners.remove(there);
  }

  Future<Void> close() {
    listeners.clear();
    return channel.close();
  }

  private void heard(String message) {
    if (!message.isEmpty()) {
      seal.open(NOBODYS, message, time.now())
          .ifPresent(
              ticket ->
                  ticket
                      .subjects()
                      .forEach(subject -> listeners.forEach(one -> one.accept(subject))));
    }
  }
}
