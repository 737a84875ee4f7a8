package dev.toygun.alert;

import io.vertx.core.json.JsonObject;

/** The variables of an alarm, as the store writes them. */
final class Bodies {
  private Bodies() {}

  static JsonObject open() {
    return new JsonObject()
        .put("alarm", "0192f0c0-0000-7000-8000-000000000001")
        .put("name", "panic")
        .put("severity", "critical")
        .put("message", "no answer from ••••")
        .put("resource", "0192f0c0-0000-7000-8000-000000000002")
        .put("resource_type", "website")
        .put("resource_label", "home")
        .put("task", "monitor")
        .put("error_kind", "Unreachable")
        .put("opened_at", "2026-11-25T03:40:39.123Z")
        .put("dedup_key", "toygun/0192f0c0-0000-7000-8000-000000000001");
  }

  static JsonObject closed() {
    return open().put("closed_at", "2026-11-25T04:40:39.123Z");
  }
}
