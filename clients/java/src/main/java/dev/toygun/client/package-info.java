/**
 * Toygun's HTTP API, for programs in Java.
 *
 * <p>{@link Toygun} is where to begin. Its methods block: a try is given up after 35 s, and there
 * are five at most (see {@link Toygun.Builder}); an interrupted thread is let go at once, with
 * {@link Interrupted}. No method throws a checked exception: what the API refuses is a {@link
 * Problem} of a kind, and whatever else goes wrong with it is another {@link ToygunException}. What
 * is asked for wrongly is an {@link IllegalArgumentException}, before anything is sent. A {@link
 * Toygun} and all that it gives but an {@link EventStream} may be used by several threads.
 *
 * <p>What the API gives is a small record of JSON: what is used most has a method, and {@code
 * json()} is the whole of it. A list fetches its pages as they are needed.
 */
@NullMarked
package dev.toygun.client;

import org.jspecify.annotations.NullMarked;
