package dev.toygun.store;

import dev.toygun.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a book of alarms has to know beside the alarms themselves. */
public interface AlarmAround {
  /** Who handles panics of a machine, the nearest first; {@code task} is its name if it is one. */
  List<Level> handlers(SubjectKey panicked, @Nullable String task);

  /** The ancestors of a resource, the root first. */
  List<UUID> path(UUID resource);

  /** An alarm of an ancestor that is at least as severe, and under which others fold. */
  Optional<UUID> cover(UUID resource, Severity severity);

  /**
   * Whether an alarm of an ancestor that is at least as severe may be on its way to be open: one is
   * pending or climbing, or an ancestor is uncertain.
   */
  boolean isAbout(UUID resource, Severity severity);

  /** What holds a resource, or the task of this name. */
  Optional<Hold> hold(UUID resource, ListName list, @Nullable String task);

  /** How often an alarm of this subject and name closed in the last quarter of an hour. */
  int closings(SubjectKey subject, String name);

  /** How often handlers have retried a machine since it last moved by itself. */
  int retries(SubjectKey panicked);

  /**
   * Somebody on a panic's way up.
   *
   * @param limit how long an answer may take
   */
  record Level(int level, UUID resource, Duration limit) {}
}
