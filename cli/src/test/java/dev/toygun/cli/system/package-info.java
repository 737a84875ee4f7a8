/**
 * The whole, as it runs in production: services as processes of their own on a real Postgres and a
 * real Redis, killed and robbed while they work.
 */
@NullMarked
package dev.toygun.cli.system;

import org.jspecify.annotations.NullMarked;
