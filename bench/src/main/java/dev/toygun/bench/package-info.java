/**
 * The house of benchmarks: Toygun and others, each in processes of its own, on one PostgreSQL and
 * one Redis, in turn.
 *
 * <pre>
 *   Bench ── Rounds ──┬── Contestant      one who does the work
 *              │      │     ├─ toygun.ToygunContestant    worker, clock and API as processes
 *              │      │     └─ Child ⇄ peer.PeerMain      everybody else, in a JVM of its own
 *              │      └── Meter           what the servers and the processes say it took
 *              │
 *              └── Table                  min, median, max; ratios
 *       House                             PostgreSQL and Redis, as `toygun up` starts them
 * </pre>
 *
 * <p>A contestant says when its work begins; the meter is read then and when it is done. Then it
 * looks at its rows: a run that did other work than it was meant to is invalid.
 */
@NullMarked
package dev.toygun.bench;

import org.jspecify.annotations.NullMarked;
