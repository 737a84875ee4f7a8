package dev.toygun.store;

import java.time.Instant;
import java.util.List;

/**
 * What a worker loaded for a batch.
 *
 * @param now the database's time of the snapshot
 * @param families in no order; a resource that is not there is missing
 */
public record Loaded(Instant now, List<Family> families) {}
