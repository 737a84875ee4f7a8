/** Plain SQL, without any engine: what the server gives at most. */
@NullMarked
package dev.toygun.bench.peer.plain;

import org.jspecify.annotations.NullMarked;
