/**
 * For tests of resource types, and of Toygun itself.
 *
 * <p>A {@code Simulation} runs the real engine on virtual time: an hour passes in a moment, and a
 * seed replays every crash. The contract suites say what a store and a queue promise; the ones in
 * memory and the ones on real servers pass the same.
 */
@NullMarked
package dev.toygun.testing;

import org.jspecify.annotations.NullMarked;
