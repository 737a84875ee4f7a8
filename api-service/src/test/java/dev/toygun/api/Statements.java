package dev.toygun.api;

import io.vertx.core.Context;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The statements that were sent to the database, in this order. */
final class Statements implements VertxTracer<Object, Object> {
  private final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();

  @Override
  public <R> @Nullable Object sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tags) {
    tags.extract(request).entrySet().stream()
        .filter(tag -> tag.getKey().equals("db.query.text") || tag.getKey().equals("db.statement"))
        .forEach(tag -> sent.add(tag.getValue()));
    return null;
  }

  void clear() {
    sent.clear();
  }

  /** How many since they were cleared have this in them. */
  long sentWith(String part) {
    return sent.stream().filter(sql -> sql.contains(part)).count();
  }

  /** Since they were cleared, but for what is asked only every few seconds: keys and types. */
  List<String> sent() {
    List<String> all = new ArrayList<>(sent);
    all.removeIf(sql -> sql.contains("api_keys") || sql.contains("resource_types"));
    return all;
  }
}
