/**
 * The command {@code toygun}: starts the services, one by one or all in one, and is their client.
 */
@NullMarked
package dev.toygun.cli;

import org.jspecify.annotations.NullMarked;
