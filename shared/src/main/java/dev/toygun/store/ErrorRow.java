package dev.toygun.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An error, as it is stored: append-only.
 *
 * @param attrs its typed attributes, as decorated JSON
 * @param stack the stack trace without messages, which may hold anything
 * @param stackHash groups errors that come from the same place
 * @param attempt which try of the state it was, from 1
 * @param breaker the name of the breaker that counts it, or null
 */
public record ErrorRow(
    UUID uuid,
    SubjectKey subject,
    String kind,
    String message,
    String attrs,
    @Nullable String stack,
    @Nullable String stackHash,
    String state,
    long step,
    int attempt,
    String worker,
    String build,
    Instant at,
    @Nullable String breaker) {}
