package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/**
 * An error, and what it is of: null where that was removed since.
 *
 * @param type of the resource, as is the label
 * @param task whose run failed; null too where it is the resource's own
 */
public record ErrorOf(
    ErrorRow error, @Nullable String type, @Nullable String label, @Nullable String task) {}
