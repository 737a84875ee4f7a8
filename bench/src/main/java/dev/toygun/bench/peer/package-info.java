/** Everybody else that is measured, each in a JVM of its own. */
@NullMarked
package dev.toygun.bench.peer;

import org.jspecify.annotations.NullMarked;
