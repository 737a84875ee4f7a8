/**
 * A website, watched every 30 seconds.
 *
 * <p>{@link dev.toygun.examples.website.Website} is the type and {@code Monitor} its one task,
 * which observes and never ends by itself. {@code Web} is the world outside as the task sees it:
 * the Vert.x HTTP client in a worker, a handful of lines in a test.
 */
@NullMarked
package dev.toygun.examples.website;

import org.jspecify.annotations.NullMarked;
