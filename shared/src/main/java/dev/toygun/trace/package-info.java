/**
 * What a request led to, span by span, for whoever collects traces.
 *
 * <p>A span is what a process did for a trace: the API's answer to a request, a tick that came of
 * it. {@link dev.toygun.trace.Spans} takes them; {@link dev.toygun.trace.OtlpSpans} sends them over
 * OTLP, in batches and from a thread of its own. What no request led to, as a check every minute,
 * has no trace and costs nothing.
 */
@NullMarked
package dev.toygun.trace;

import org.jspecify.annotations.NullMarked;
