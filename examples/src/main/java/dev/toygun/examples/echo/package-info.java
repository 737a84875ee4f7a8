/**
 * The smallest type there is: a resource that has something to say, and a task that says it.
 *
 * <p>Nothing in it touches the world, so there is nothing to fake in its test.
 */
@NullMarked
package dev.toygun.examples.echo;

import org.jspecify.annotations.NullMarked;
