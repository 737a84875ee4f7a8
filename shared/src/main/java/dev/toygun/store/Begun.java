package dev.toygun.store;

import java.util.List;

/**
 * What a {@link PlainStart} came to.
 *
 * @param run as it is in the database
 * @param due who is due now, the run first
 */
public record Begun(TaskRow run, List<Committed.Woken> due) {}
