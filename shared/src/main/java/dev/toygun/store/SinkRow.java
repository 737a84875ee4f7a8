package dev.toygun.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A sink as it is stored.
 *
 * @param settings as JSON; what is secret in them is sealed
 * @param scope which alarms it is told of
 * @param active whether it is told of alarms that open from now on
 */
public record SinkRow(
    String name,
    UUID uuid,
    String kind,
    String settings,
    SinkScope scope,
    boolean active,
    long version,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {}
