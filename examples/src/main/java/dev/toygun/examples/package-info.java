/**
 * Resource types that are real: they are compiled, tested, shown in the README and run by the demo.
 *
 * <p>They use what any user's types use, {@code dev.toygun}, and nothing else of ours.
 */
@NullMarked
package dev.toygun.examples;

import org.jspecify.annotations.NullMarked;
