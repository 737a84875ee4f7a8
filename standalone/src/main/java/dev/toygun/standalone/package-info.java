/**
 * All of Toygun in one process: the clock, a worker and the API side by side, on a PostgreSQL and a
 * Redis that are started from here, or on those that the configuration names.
 *
 * <p>The tests of the whole live in this module, and so do the tests of the architecture: who may
 * know whom.
 */
@NullMarked
package dev.toygun.standalone;

import org.jspecify.annotations.NullMarked;
