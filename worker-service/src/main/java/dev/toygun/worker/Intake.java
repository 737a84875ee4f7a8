package dev.toygun.worker;

import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Family;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes errands of tickets: finds what each subject is leased by, takes the leases, and sets off.
 */
final class Intake {
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int TRIES = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final TypeSet types;
  private final Loader loader;
  private final Held held;
  private final Round round;
  private final Time time;
  private final Runnable freed;
  private final Isolation isolation;
  private int leasing;

  /**
   * Takes nothing on until it is given a ticket.
   *
   * @param freed is run whenever fewer may be on their way to a lease: some got none
   */
  Intake(
      TypeSet types,
      Loader loader,
      Held held,
      Round round,
      Time time,
      Isolation isolation,
      Runnable freed) {
    this.types = types;
    this.loader = loader;
    this.held = held;
    this.round = round;
    this.time = time;
    this.isolation = isolation;
    this.freed = freed;
  }

  /**
   * Leases that are asked for now; one that is asked for again in a moment keeps nobody waiting.
   */
  int leasing() {
    return leasing;
  }

  void accept(Ticket ticket) {
    Optional<ResourceType<?>> type = types.find(ticket.list().type());
    if (type.isEmpty()) {
      Traced.line(LOG.atWarn(), ticket.trace())
          .log("a ticket for type {}, which this worker does not define", ticket.list().type());
      return;
    }
    Instant popped = time.now();
    if (type.get().tasks().stream().noneMatch(TaskType::isShared)) {
      Map<UUID, Set<SubjectKey>> byLease = new HashMap<>();
      ticket
          .subjects()
          .forEach(
              key ->
                  byLease.computeIfAbsent(key.resource(), lease -> new LinkedHashSet<>()).add(key));
      take(ticket, popped, byLease, 0);
      return;
    }
    // Which lease a subject needs depends on the name of its task, which the ticket does not tell.
    for (SubjectKey key : ticket.subjects()) {
      held.hands().take(ticket.list(), 1);
      loader
          .load(key.resource(), type.get())
          .onComplete(
              done -> {
                held.hands().free(ticket.list(), 1);
                if (done.succeeded() && done.result().family() != null) {
                  UUID lease = leaseOf(done.result().family(), type.get(), key);
                  take(ticket, popped, Map.of(lease, Set.of(key)), 0);
                }
                isolation.over();
              });
    }
  }

  private static UUID leaseOf(Family family, ResourceType<?> type, SubjectKey key) {
    boolean shared =
        family
            .task(key)
            .map(TaskRow::name)
            .flatMap(type::task)
            .map(TaskType::isShared)
            .orElse(false);
    return shared ? key.uuid() : key.resource();
  }

  private void take(Ticket ticket, Instant popped, Map<UUID, Set<SubjectKey>> byLease, int tries) {
    Map<Integer, Map<UUID, Leases.Want>> hashes = new HashMap<>();
    byLease.forEach(
        (lease, keys) -> {
          Optional<Errand> running = held.find(lease);
          if (running.isPresent()) {
            running.get().asked(keys, ticket.poll());
          } else {
            hashes
                .computeIfAbsent(Leases.hashOf(lease), hash -> new HashMap<>())
                .put(lease, new Leases.Want(keys, ticket.poll()));
          }
        });
    hashes.values().forEach(wants -> take(ticket, popped, byLease, wants, tries));
  }

  private void take(
      Ticket ticket,
      Instant popped,
      Map<UUID, Set<SubjectKey>> byLease,
      Map<UUID, Leases.Want> wants,
      int tries) {
    leasing += wants.size();
    held.hands().take(ticket.list(), wants.size());
    long asked = time.nanos();
    held.take(wants)
        .onComplete(
            done -> {
              leasing -= wants.size();
              held.hands().free(ticket.list(), wants.size());
              try {
                if (done.failed()) {
                  later(ticket, popped, byLease, wants.keySet(), tries, done.cause());
                  return;
                }
                done.result()
                    .forEach(
                        (lease, taken) ->
                            begin(ticket, popped, lease, wants.get(lease), taken, asked));
              } finally {
                fewer();
              }
            });
  }

  /** Fewer are on their way to a lease; if none was to be had, no errand that is over says so. */
  private void fewer() {
    isolation.over();
    freed.run();
  }

  private void later(
      Ticket ticket,
      Instant popped,
      Map<UUID, Set<SubjectKey>> byLease,
      Set<UUID> leases,
      int tries,
      Throwable why) {
    Traced.line(LOG.atWarn(), ticket.trace())
        .log("{} leases could not be taken: {}", leases.size(), why.getMessage());
    // They may be ours without our knowing: given back, so that nobody waits for them to run out.
    held.giveBack(leases);
    if (tries < TRIES) {
      Map<UUID, Set<SubjectKey>> rest = new HashMap<>(byLease);
      rest.keySet().retainAll(new HashSet<>(leases));
      held.hands().take(ticket.list(), leases.size());
      time.after(
          AGAIN,
          () -> {
            held.hands().free(ticket.list(), leases.size());
            take(ticket, popped, rest, tries + 1);
            fewer();
          });
    }
  }

  private void begin(
      Ticket ticket,
      Instant popped,
      UUID lease,
      Leases.@Nullable Want want,
      Leases.Taken taken,
      long asked) {
    if (want == null) {
      return;
    }
    SubjectKey any = want.subjects().iterator().next();
    boolean shared = !lease.equals(any.resource());
    Errand errand =
        new Errand(
            lease,
            any.resource(),
            ticket.list(),
            shared ? any : null,
            new Errand.Asked(
                want.subjects(), want.poll(), ticket.cause(), ticket.trace(), ticket.at(), popped),
            asked,
            time.now());
    errand.noted.taken(want.subjects(), taken.lost());
    held.add(errand);
    round.load(errand);
  }
}
