/**
 * The API: HTTP for people, programs and pages.
 *
 * <p>It reads what the store holds, and writes what somebody asks for: a resource, a start, a stop,
 * a signal. It runs no user's code and holds no user's types; what it knows of a type is what
 * workers have published. What it makes due it also pushes at once, so that nobody waits for the
 * clock.
 */
@NullMarked
package dev.toygun.api;

import org.jspecify.annotations.NullMarked;
