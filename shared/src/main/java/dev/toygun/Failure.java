package dev.toygun;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An error as it was stored.
 *
 * @param kind the stable name of what went wrong: {@code MissingPrimary}, {@code Timeout}
 * @param attributes what its {@link Panic} carried, by name
 * @param state the state it happened in
 */
public record Failure(
    UUID uuid,
    String kind,
    String message,
    Map<String, Object> attributes,
    String state,
    Instant at) {}
