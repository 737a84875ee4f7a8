package dev.toygun.worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines of the log about a subject, each with the trace id of the request that led to it. */
final class Traced {
  private static final String TRACE = "trace";

  private Traced() {}

  static LoggingEventBuilder line(LoggingEventBuilder line, @Nullable String trace) {
    return trace == null ? line : line.addKeyValue(TRACE, trace);
  }
}
