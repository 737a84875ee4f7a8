/**
 * What every service needs before it can do its own work: a configuration that is right or refused
 * whole, a start that waits for what it stands on, a stop that drains, and a way to look inside.
 *
 * <pre>
 *   environment, TOYGUN_CONFIG ──► Config ──► Service.run
 *                                               │  HealthServer: /health /ready /metrics
 *                                               │  Readiness: waits for Postgres, Redis, the schema
 *                                               │  the service's verticle
 *                                   SIGTERM ──► │  drains, undeploys, exits 0
 * </pre>
 *
 * <p>Exit codes: 0 stopped as asked, 1 failed, 2 a configuration that cannot be.
 */
@NullMarked
package dev.toygun.service;

import org.jspecify.annotations.NullMarked;
