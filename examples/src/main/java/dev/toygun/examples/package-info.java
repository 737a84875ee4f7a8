/**
 * Resource types that are real: they are compiled, tested, shown in the README and run by the demo.
 *
 * <pre>
 *   ExampleTypes ──► echo       one field, one task: the smallest type there is
 *               ├──► website    watches a URL: an async step, availability, a panic of its own kind
 *               └──► postgres   makes, watches, repairs and takes down a PostgreSQL server process
 * </pre>
 *
 * <p>They use what any user's types use, {@code dev.toygun}, and nothing else of ours. A worker
 * finds them through {@link dev.toygun.examples.ExampleTypes}, as it finds anybody's.
 */
@NullMarked
package dev.toygun.examples;

import org.jspecify.annotations.NullMarked;
