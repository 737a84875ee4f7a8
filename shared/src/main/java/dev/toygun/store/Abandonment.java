package dev.toygun.store;

import dev.toygun.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to end a resource and everything below it without running code. It is kept as a hold,
 * so that nothing in the subtree is ticked while it goes; and it is carried out from the leaves up,
 * a page at a time, each page a group of ordinary outcomes: whoever dies in between, the next one
 * finds what is left.
 *
 * @param hold the uuid of the hold
 * @param version the root's version that the caller knows, if that matters
 */
public record Abandonment(UUID hold, UUID resource, OptionalLong version, String reason) {
  /** How many resources a page looks at. */
  public static final int PAGE = 200;

  /** How many outcomes one transaction takes. */
  private static final int GROUP = 512;

  private static final UUID SYSTEM = new UUID(0, 0);

  /**
   * Checks that it says why.
   *
   * @throws Refusal of code {@code INVALID} where it does not
   */
  public Abandonment {
    if (reason.isBlank()) {
      throw new Refusal(
          Refusal.Code.INVALID,
          "what is abandoned is not cleaned up: say why, for whoever finds what it leaves behind");
    }
  }

  /**
   * Judges it on what is there.
   *
   * @param root as it is, or null where there is none
   * @param there the hold that abandons the root or something above it already
   * @return that hold, where it is of the root itself; null where there is to be a new one
   */
  public @Nullable Hold judge(@Nullable ResourceRow root, @Nullable Hold there) {
    if (root == null) {
      throw Refusal.noResource(resource);
    }
    if (resource.equals(SYSTEM)) {
      throw new Refusal(
          Refusal.Code.INVALID, "the alarms of the system hang off it: it is never abandoned");
    }
    if (!root.machine().active()) {
      throw new Refusal(
          Refusal.Code.ENDED, "%s has ended: nothing of it is left to abandon".formatted(resource));
    }
    if (there != null && resource.equals(there.resource())) {
      return there;
    }
    refuse(there);
    Checks.current(root.machine(), version);
    return null;
  }

  /** The hold that it becomes. */
  public Hold hold(Stamp by, Instant now) {
    return new Hold(
        hold,
        Hold.Scope.SUBTREE,
        resource,
        null,
        reason,
        by.actor(),
        now,
        now.plusSeconds(2),
        null,
        true,
        null);
  }

  /**
   * Refuses what is asked of something that is being abandoned.
   *
   * @throws Refusal of code {@code DELETING} where there is such a hold
   */
  public static void refuse(@Nullable Hold there) {
    if (there != null) {
      throw new Refusal(
          Refusal.Code.DELETING,
          "%s is being abandoned by %s: nothing can be asked of what is in it any more"
              .formatted(there.resource(), there.actor()));
    }
  }

  /** The resource that a hold abandons. */
  public static UUID root(Hold hold) {
    return Objects.requireNonNull(hold.resource(), "what abandons is of a subtree");
  }

  /**
   * The ends of resources that nothing hangs off but their tasks: at most what one transaction
   * takes.
   *
   * @param by the process that carries it out
   */
  public static List<Outcome> page(Hold hold, Loaded leaves, Stamp by) {
    List<Outcome> page = new ArrayList<>();
    for (Family family : leaves.families()) {
      List<Outcome> ends = ends(hold, family, by, leaves.now());
      if (!page.isEmpty() && page.size() + ends.size() > GROUP) {
        break;
      }
      page.addAll(ends.subList(0, Math.min(ends.size(), GROUP)));
    }
    return page;
  }

  /** A resource's tasks first, and then the resource. */
  private static List<Outcome> ends(Hold hold, Family family, Stamp by, Instant now) {
    Stamp stamp =
        new Stamp(
            Cause.OPERATOR, hold.actor(), by.worker(), by.build(), null, null, Stamp.Delays.NONE);
    List<Outcome> ends = new ArrayList<>();
    for (TaskRow task : family.tasks()) {
      if (task.machine().active()) {
        OutcomeDraft draft = OutcomeDraft.of(family, task.key(), stamp, now);
        draft.because("abandoned: " + hold.reason());
        draft.ends(End.ABORTED, false);
        draft.build().ifPresent(ends::add);
      }
    }
    if (family.resource().machine().active()) {
      OutcomeDraft draft = OutcomeDraft.of(family, family.resource().key(), stamp, now);
      draft.because("abandoned: " + hold.reason());
      draft.over();
      draft.build().ifPresent(ends::add);
    }
    return ends;
  }
}
