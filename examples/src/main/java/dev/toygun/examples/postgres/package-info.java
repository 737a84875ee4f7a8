/**
 * PostgreSQL servers on this machine: made, watched, repaired when they die, and taken down.
 *
 * <pre>
 *              provision finished                monitor finished: the postmaster is gone
 *   creating ─────────────────────► available ─────────────────────────────────► repairing
 *                                       ▲                                             │
 *                                       └─────────────────────────────────────────────┘
 *   (asked to go) ──► deleting ──► the end                     it answers
 *
 *   the outside:  Provision, Monitor, Restart, Takedown ──► Server ◄── EmbeddedServer
 *                                                                        │  Binaries    what runs
 *                                                                        │  Postmaster  is it there
 *                                                                        │  Command     run one
 *                                                                        └─ Database    ask it
 * </pre>
 *
 * <p><b>Who restarts it.</b> The alarm "down" does, three times an hour at most, and counts: after
 * that it is critical, and a person is told again.
 *
 * <p><b>Why a crash makes no second server.</b> A step may run twice, or run and be lost. So where
 * a server is to be is chosen and stored first, in a step that makes nothing; from then on its
 * directory <em>is</em> the server. {@code initdb} writes beside it and is renamed into place
 * whole. A start adopts the postmaster that already runs there, and where two starts race,
 * PostgreSQL's own lock file lets one win. A takedown ends whatever still names the directory, and
 * then removes it. A postmaster is a session of its own: it outlives the worker that started it,
 * and the next worker finds it by its directory.
 *
 * <p>Every worker that defines this type must run on one machine and share {@code TOYGUN_DATA}.
 */
@NullMarked
package dev.toygun.examples.postgres;

import org.jspecify.annotations.NullMarked;
