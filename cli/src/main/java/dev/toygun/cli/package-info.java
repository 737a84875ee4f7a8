/**
 * The command {@code toygun}: starts the services, one by one or all in one, and is their client.
 *
 * <pre>
 *   Toygun ── up, clock, worker, api, setup, migrate …   a process that stays, or a job
 *      │
 *      ├───── client ── get, describe, create, start …   asks the API over HTTP, and ends
 *      └───── demo                                       everything, start to end, on this machine
 * </pre>
 *
 * <p>Exit codes: 0 done, 1 failed, 2 asked wrongly, 3 not found, 4 in conflict, 5 denied, 6
 * unavailable, 124 waited too long.
 */
@NullMarked
package dev.toygun.cli;

import org.jspecify.annotations.NullMarked;
