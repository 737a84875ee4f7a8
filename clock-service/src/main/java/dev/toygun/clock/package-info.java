/**
 * The clock: finds what is due, and queues it.
 *
 * <p>A row of a resource or a task says when it is due. The clock reads the due ones in passes and
 * pushes a ticket for each. A ticket is a hint: a lost one is found again by a later pass, so the
 * queue may forget everything without anything being forgotten.
 *
 * <p>Only the verticle classes here see Vert.x; the rest works on interfaces, with time handed in,
 * so that it can be simulated.
 */
@NullMarked
package dev.toygun.clock;

import org.jspecify.annotations.NullMarked;
