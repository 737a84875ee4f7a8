package dev.toygun.api.slack;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What Slack sends: a form. */
final class Form {
  private static final int MOST_FIELDS = 100;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  static Form read(Buffer body) {
    return new Form(
        new QueryStringDecoder(
                body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false, MOST_FIELDS)
            .parameters());
  }

  /** A field; empty where there is none. */
  String get(String name) {
    return fields.getOrDefault(name, List.of("")).get(0);
  }
}
