/**
 * Real servers for tests: a PostgreSQL and a Redis from embedded binaries, started once for each
 * JVM, on loopback and a free port, with everything that makes them safe switched on.
 *
 * <p>One explicit switch for each chooses where it comes from; nothing is probed for.
 */
@NullMarked
package dev.toygun.testing.servers;

import org.jspecify.annotations.NullMarked;
