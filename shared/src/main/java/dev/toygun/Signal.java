package dev.toygun;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that was sent, stored until a {@link Next#consume} commits. Reading one is not
 * consuming it.
 *
 * @param from who sent it: {@code key:NAME} for an API key, a task's name for a task
 */
public record Signal(UUID uuid, String type, Values values, String from, Instant sentAt) {}
