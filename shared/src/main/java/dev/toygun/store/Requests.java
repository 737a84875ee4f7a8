package dev.toygun.store;

import dev.toygun.End;
import dev.toygun.Limits;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What requests come to, drawn on rows that are locked: the same whether somebody asks for one
 * thing, or for a thousand in bulk. Each fails with a {@link Refusal} where it cannot be carried
 * out.
 */
final class Requests {
  private final String reason;
  private final Stamp stamp;
  private final Instant now;

  /**
   * Requests of one moment.
   *
   * @param reason for the history; may be empty
   */
  Requests(String reason, Stamp stamp, Instant now) {
    this.reason = reason;
    this.stamp = stamp;
    this.now = now;
  }

  /**
   * What was drawn.
   *
   * @param ends whether its subject was asked to end by it
   */
  record Drawn(Outcome outcome, boolean ends) {}

  /** What a request changes of a machine. */
  interface Change {
    void to(MachineRow row, OutcomeDraft draft);
  }

  /** What a request adds to a draft. */
  interface Draw {
    void on(OutcomeDraft draft);
  }

  Drawn delete(Family family, OptionalLong version) {
    Checks.current(family.resource().machine(), version);
    Checks.alive(family, family.resource().uuid());
    boolean ends = family.resource().deleting() == ResourceRow.Deleting.NO;
    Draw asks =
        d -> {
          if (ends) {
            d.deleting(ResourceRow.Deleting.ASKED);
            d.dueAt(now);
          }
        };
    return new Drawn(draw(family, asks), ends);
  }

  Outcome set(
      Family family, OptionalLong version, Function<ResourceRow, Operations.NewAttrs> change) {
    Checks.current(family.resource().machine(), version);
    Checks.alive(family, family.resource().uuid());
    Operations.NewAttrs attrs = change.apply(family.resource());
    return draw(
        family,
        d -> {
          if (!attrs.changed().isEmpty()) {
            d.attrs(attrs.json(), attrs.changed());
            d.because(attrs.said());
            d.dueAt(now);
          }
        });
  }

  /** Something is added to a resource, which is to look at it. */
  Outcome add(Family family, Draw addition) {
    return draw(
        family,
        d -> {
          addition.on(d);
          d.wake(Wake.RESOURCE);
        });
  }

  /** Ends a task, through its {@code __exit__}; a stop lets one that cleans up go on. */
  Drawn end(Family family, SubjectKey task, OptionalLong version, End how) {
    boolean exiting = Checks.alive(family, task.uuid()).isExiting();
    boolean ends = !exiting || how == End.ABORTED;
    Change change =
        (row, d) -> {
          Checks.endable(row, how);
          if (ends) {
            d.closeAlarms();
            d.ends(how, !exiting);
          }
        };
    return new Drawn(on(family, task, version, change), ends);
  }

  Outcome retry(Family family, SubjectKey subject, OptionalLong version) {
    Change change =
        (row, d) -> {
          Checks.retriable(row);
          d.retry();
        };
    return on(family, subject, version, change);
  }

  Outcome restart(
      Family family,
      TaskStart start,
      OptionalLong version,
      Limits.@Nullable Rate most,
      boolean force) {
    MachineRow row = Checks.alive(family, family.resource().uuid());
    Checks.current(row, version);
    Checks.restartable(family);
    Optional<Instant> next = Checks.restarts(family, most, force, now);
    return add(
        family,
        d -> {
          next.ifPresent(at -> d.because("restarted by force, beyond what its type allows"));
          d.start(start);
        });
  }

  Outcome signal(Family family, SignalRow signal) {
    Checks.alive(family, signal.subject().uuid());
    OutcomeDraft draft = OutcomeDraft.of(family, signal.subject(), stamp, now);
    draft.because(reason);
    draft.signal(signal);
    return built(draft, family);
  }

  Outcome on(Family family, SubjectKey key, OptionalLong version, Change change) {
    MachineRow row = Checks.alive(family, key.uuid());
    Checks.current(row, version);
    OutcomeDraft draft = OutcomeDraft.of(family, key, stamp, now);
    draft.because(reason);
    change.to(row, draft);
    return built(draft, family);
  }

  private Outcome draw(Family family, Draw draw) {
    UUID resource = family.resource().uuid();
    OutcomeDraft draft = OutcomeDraft.of(family, SubjectKey.ofResource(resource), stamp, now);
    draft.because(reason);
    draw.on(draft);
    return built(draft, family);
  }

  /** A request that changes nothing still goes through, as a look at the locked rows. */
  private Outcome built(OutcomeDraft draft, Family family) {
    return draft.build().orElseGet(() -> Outcome.nothing(family.resource(), stamp));
  }
}
