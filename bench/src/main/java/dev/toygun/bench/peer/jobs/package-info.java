/**
 * Engines that run jobs kept in Postgres. {@link dev.toygun.bench.peer.jobs.JobContestant} has all
 * of them do the same; what each makes of it is in its {@link
 * dev.toygun.bench.peer.jobs.JobEngine}.
 */
@NullMarked
package dev.toygun.bench.peer.jobs;

import org.jspecify.annotations.NullMarked;
