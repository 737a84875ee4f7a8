package dev.toygun.store;

import dev.toygun.Severity;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Declared;
import dev.toygun.store.Breakers.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of breakers: what becomes of one that all like this. Pure, and the same for every
 * store.
 *
 * <pre>
 *   closed ── too much fails ──► open ── its time is over, and something is due ──► half open
 *     ▲                           ▲                                                 │     │
 *     │                           └── one fails: open again, for twice as long ─────┘     │
 *     └────────────────────────────── as many went well as were let go ───────────────────┘
 * </pre>
 */
public final class BreakerBook {
  /** So many times as long as the first time it stays open at most. */
  private static final int LONGEST = 16;

  private static final String SYSTEM = "system";

  private BreakerBook() {}

  /** What a clock does about it; nothing where it stays as it is. */
  public static Optional<BreakerChange> judge(Standing it) {
    BreakerRow row = it.row();
    Declared declared = it.declared();
    if (declared == null) {
      return row.state() == State.CLOSED
          ? Optional.empty()
          : Optional.of(close(row, SYSTEM, "no type declares it any more"));
    }
    if (it.isOutdated()) {
      return Optional.of(follow(it, declared));
    }
    return switch (row.state()) {
      case CLOSED -> isTooMuch(declared.definition(), it) ? open(it, declared) : Optional.empty();
      case OPEN -> isOver(it) ? probe(row, declared) : Optional.empty();
      case HALF_OPEN -> halfOpen(it, declared);
    };
  }

  private static boolean isTooMuch(BreakerDefinition definition, Standing it) {
    Double ratio = definition.ratio();
    if (ratio == null) {
      return it.failed() >= definition.tries();
    }
    long tries = it.failed() + it.good();
    return it.failed() > 0
        && tries >= definition.tries()
        && it.failed() >= Math.ceil(ratio * tries);
  }

  private static Optional<BreakerChange> open(Standing it, Declared declared) {
    BreakerDefinition definition = declared.definition();
    String failed =
        definition.ratio() == null
            ? String.valueOf(it.failed())
            : "%d of %d".formatted(it.failed(), it.failed() + it.good());
    String reason = "%s tries failed within %d s".formatted(failed, definition.within());
    return Optional.of(
        new BreakerChange(
            it.row(),
            State.OPEN,
            declared,
            0,
            Duration.ofSeconds(definition.openFor()),
            1,
            SYSTEM,
            reason,
            Severity.ofStored(definition.severity())));
  }

  private static Optional<BreakerChange> halfOpen(Standing it, Declared declared) {
    if (it.failed() > 0) {
      int times = it.row().times() + 1;
      int longer = times > LONGEST ? LONGEST : Math.min(LONGEST, 1 << (times - 1));
      return Optional.of(
          new BreakerChange(
              it.row(),
              State.OPEN,
              null,
              0,
              Duration.ofSeconds(declared.definition().openFor() * longer),
              times,
              SYSTEM,
              "it was tried again, and failed",
              // Whoever opened it for a time knew, and may have thought that it would work by now.
              Severity.ofStored(declared.definition().severity())));
    }
    // Where fewer could be let go than it asks for, they have had time to come to where it fails.
    boolean enough = isOver(it) && it.letGo() > 0 && it.good() >= it.letGo();
    if (enough || it.good() >= declared.definition().probes()) {
      return Optional.of(close(it.row(), SYSTEM, "it works again"));
    }
    return isOver(it) ? probe(it.row(), declared) : Optional.empty();
  }

  private static boolean isOver(Standing it) {
    return it.row().until() != null && !it.row().until().isAfter(it.now());
  }

  private static Optional<BreakerChange> probe(BreakerRow row, Declared declared) {
    BreakerDefinition definition = declared.definition();
    return Optional.of(
        new BreakerChange(
            row,
            State.HALF_OPEN,
            null,
            definition.probes(),
            Duration.ofSeconds(definition.openFor()),
            row.times(),
            SYSTEM,
            "it is tried whether it works again",
            null));
  }

  /** A deployment has brought other tasks: they are kept from now on, and no others. */
  private static BreakerChange follow(Standing it, Declared declared) {
    BreakerRow row = it.row();
    return new BreakerChange(
        row,
        State.OPEN,
        declared,
        0,
        row.until() == null ? null : Duration.ofSeconds(declared.definition().openFor()),
        row.times(),
        row.actor(),
        row.reason(),
        null);
  }

  private static BreakerChange close(BreakerRow row, String actor, String reason) {
    return new BreakerChange(row, State.CLOSED, null, 0, null, 0, actor, reason, null);
  }

  /**
   * A person opens it, and then it stays open until one closes it, or until then: it is tried then
   * whether things work.
   *
   * @param until null for no such time
   * @throws Refusal of code {@code NOT_FOUND} where no type declares it, {@code INVALID} where the
   *     time is past
   */
  public static BreakerChange opened(
      Standing it, @Nullable Instant until, String actor, String reason) {
    Declared declared = it.declared();
    if (declared == null) {
      throw absent(it.row().name());
    }
    if (until != null && !until.isAfter(it.now())) {
      throw new Refusal(Refusal.Code.INVALID, until + " is past: name a time to come");
    }
    BreakerRow row = it.row();
    return new BreakerChange(
        row,
        State.OPEN,
        row.state() == State.CLOSED ? declared : null,
        0,
        until == null ? null : Duration.between(it.now(), until),
        row.times(),
        actor,
        reason,
        null);
  }

  /**
   * A person closes it, and what waited is let go; what failed before that does not open it again.
   *
   * @throws Refusal of code {@code WRONG_STATE} where it is closed
   */
  public static BreakerChange closed(Standing it, String actor, String reason) {
    if (it.row().state() == State.CLOSED) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE, "breaker %s is closed already".formatted(it.row().name()));
    }
    return close(it.row(), actor, reason);
  }

  /** What is answered of one that nobody declares. */
  public static Refusal absent(String name) {
    return new Refusal(
        Refusal.Code.NOT_FOUND,
        String.format(
            Locale.ROOT,
            "no task of a published type has a breaker '%s': `toygun breakers` shows all there are",
            name));
  }
}
