/**
 * Postgres, the truth: records of its rows, the statements, the migrations. The only SQL of Toygun
 * is here.
 *
 * <pre>
 *   worker ── load ──► Family (a resource, its tasks, signals …)      ◄── rows
 *     │
 *     └──── commit ──► Outcome … in groups ── fenced by version ──►   rows, history
 *
 *   clock ── due, polled ──► keys         API ── transact ──► Outcome under the rows' locks
 * </pre>
 *
 * <p>Everything that changes a row of a machine is an {@link dev.toygun.store.Outcome}, whether a
 * worker decided it or an operator asked for it, and one place writes outcomes. A store is an
 * interface with two implementations, Postgres here and memory in {@code dev.toygun.testing}; one
 * contract suite holds both.
 */
@NullMarked
package dev.toygun.store;

import org.jspecify.annotations.NullMarked;
