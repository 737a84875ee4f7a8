/**
 * The main job, start to end, on this machine: everything started, real PostgreSQL servers made
 * through the API, a server and a worker killed, the repair shown, all taken down, nothing left.
 *
 * <pre>
 *   Demo ── Play ── Stage      this process: Postgres, Redis, clock, API; two workers beside it
 *            │
 *            ├───── Troupe     the resources, through HTTP
 *            └───── Timeline   what is told, and the seconds that each part takes
 * </pre>
 */
@NullMarked
package dev.toygun.cli.demo;

import org.jspecify.annotations.NullMarked;
