/**
 * Redis: hints and leases, never the truth. Losing all of it costs latency, never work.
 *
 * <pre>
 *   list  (queue, type, schema version, priority)   sealed tickets, first in first out
 *   lease a field of one of 256 hashes, by the tail of resource_uuid: owner, until, what is ticked
 * </pre>
 *
 * <p>{@link dev.toygun.queue.Queue} and {@link dev.toygun.queue.Leases} each have two
 * implementations, Redis and in-process, and one contract suite.
 */
@NullMarked
package dev.toygun.queue;

import org.jspecify.annotations.NullMarked;
