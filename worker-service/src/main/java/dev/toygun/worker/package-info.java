/**
 * The worker: takes a ticket, leases its subject, runs one step of the user's code, and commits
 * what the step decided.
 *
 * <p>That is a <em>tick</em>. A step returns its decision as a value; one place carries it out, as
 * a single commit that holds only if nobody has moved the row since it was read. So a step runs at
 * least once, and its outcome is committed at most once.
 *
 * <p>Only the verticle classes here see Vert.x; the rest works on interfaces, with time handed in,
 * so that it can be simulated.
 */
@NullMarked
package dev.toygun.worker;

import org.jspecify.annotations.NullMarked;
