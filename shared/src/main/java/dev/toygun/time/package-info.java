/**
 * The one source of now, timers, uuids and randomness. Nothing else of Toygun asks the host what
 * time it is, so that a test, or a whole simulated system, runs on a time of its own.
 */
@NullMarked
package dev.toygun.time;

import org.jspecify.annotations.NullMarked;
