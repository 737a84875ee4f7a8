/**
 * A pool of stateless servers that answers for its own size, its version and its health: it is
 * scaled by {@code size}, released by {@code version}, and replaces what does not answer.
 *
 * <p>{@link dev.toygun.examples.pool.Pool} is the parent. All it does is a pure function of what
 * its children are, {@code Fleet}: make the nodes that it lacks, and delete those that it has too
 * many, one at a time and only while enough others answer. {@code Node} is the child, with a task
 * for each thing that is done to the world: {@code Provision}, {@code Monitor}, {@code Restart},
 * {@code Takedown}. {@code Host} is that world: {@code LocalHost} in a worker, which runs a {@code
 * Greeter} as a process of its own for each node, and a few lines in a test.
 */
@NullMarked
package dev.toygun.examples.pool;

import org.jspecify.annotations.NullMarked;
