package dev.toygun.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Errors of one kind from one place.
 *
 * @param stackHash of the place; null where there is none
 * @param resources how many it met
 * @param last the newest of them, and what it says
 */
public record ErrorGroup(
    String kind,
    @Nullable String stackHash,
    long count,
    long resources,
    Instant firstAt,
    Instant lastAt,
    UUID last,
    String message) {}
