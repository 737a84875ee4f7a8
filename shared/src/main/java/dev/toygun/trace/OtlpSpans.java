package dev.toygun.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans over OTLP (HTTP, protobuf), by the SDK of OpenTelemetry: in batches, from a thread of
 * its own. At most 2,048 wait; what comes while the collector takes none is lost.
 */
public final class OtlpSpans implements Spans, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long CLOSE_S = 3;
  private static final int WAITING = 2_048;

  private final Ids ids = new Ids();
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Sends to a collector.
   *
   * @param collector its base, such as {@code http://127.0.0.1:4318}
   * @param authorization the header of that name, if it wants one
   * @param resource what sends them: {@code service.name} and the like
   */
  public OtlpSpans(URI collector, Optional<String> authorization, Map<String, String> resource) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.toString().replaceFirst("/+$", "") + "/v1/traces")
            .setTimeout(TIMEOUT);
    authorization.ifPresent(value -> exporter.addHeader("Authorization", value));
    AttributesBuilder about = Attributes.builder();
    resource.forEach(about::put);
    provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setResource(Resource.create(about.build()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build()).setMaxQueueSize(WAITING).build())
            .build();
    tracer = provider.get("toygun");
  }

  @Override
  public void ended(Span span) {
    SpanBuilder builder =
        tracer
            .spanBuilder(span.name())
            .setSpanKind(span.kind() == Kind.REQUEST ? SpanKind.SERVER : SpanKind.CONSUMER)
            .setStartTimestamp(span.begun());
    String parent = span.parent();
    if (parent == null) {
      builder.setNoParent();
    } else {
      SpanContext caller =
          SpanContext.createFromRemoteParent(
              span.trace(), parent, TraceFlags.getSampled(), TraceState.getDefault());
      builder.setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(caller)));
    }
    span.attributes()
        .forEach((name, value) -> builder.setAttribute(AttributeKey.stringKey(name), value));
    io.opentelemetry.api.trace.Span started = ids.of(span.trace(), builder::startSpan);
    String error = span.error();
    if (error != null) {
      started.setStatus(StatusCode.ERROR, error);
    }
    started.end(span.ended());
  }

  /** Sends what waits, for at most 3 s. */
  @Override
  public void close() {
    provider.shutdown().join(CLOSE_S, TimeUnit.SECONDS);
  }

  /** A trace was begun by whoever asked: a span without a parent is of it all the same. */
  private static final class Ids implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();
    private final ThreadLocal<@Nullable String> trace = new ThreadLocal<>();

    <T> T of(String given, Supplier<T> start) {
      trace.set(given);
      try {
        return start.get();
      } finally {
        trace.remove();
      }
    }

    @Override
    public String generateSpanId() {
      return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
      String given = trace.get();
      return given == null ? random.generateTraceId() : given;
    }
  }
}
