/** Toygun as it is measured: its services as processes, and a type whose steps do nothing. */
@NullMarked
package dev.toygun.bench.toygun;

import org.jspecify.annotations.NullMarked;
