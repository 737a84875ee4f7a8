package dev.toygun.api;

import dev.toygun.store.Audit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows the audit: who changed something, and who was not allowed to. */
final class AuditLog {
  private final Audit audit;

  AuditLog(Audit audit) {
    this.audit = audit;
  }

  /** {@code GET /v1/audit}. */
  Future<Answer> list(Call call) {
    @Nullable String outcome = call.maybe("outcome");
    Audit.Query query =
        new Audit.Query(
            call.maybe("actor"),
            call.maybe("action"),
            call.maybeUuid("subject"),
            outcome == null ? null : outcome.equals("allowed"),
            call.time("since"),
            call.time("until"),
            after(Pages.after(call, 2)));
    return audit
        .rows(query, call.pageSize())
        .map(found -> Answer.ok(Pages.page(call, found.rows(), AuditLog::show, end(found.end()))));
  }

  private static @Nullable List<String> end(Audit.@Nullable After end) {
    return end == null ? null : List.of(end.at().toString(), Long.toString(end.seq()));
  }

  private static Audit.@Nullable After after(@Nullable List<String> end) {
    try {
      return end == null
          ? null
          : new Audit.After(Instant.parse(end.get(0)), Long.parseLong(end.get(1)));
    } catch (DateTimeException | NumberFormatException e) {
      throw Pages.unknownToken();
    }
  }

  private static JsonObject show(Audit.Written row) {
    Audit.Entry entry = row.entry();
    return new JsonObject()
        .put("at", row.at().toString())
        .put("actor", entry.actor())
        .put("role", entry.role())
        .put("action", entry.action())
        .put("outcome", entry.allowed() ? "allowed" : "denied")
        .put("status", entry.status())
        .put("resource", text(entry.resource()))
        .put("subject", text(entry.subject()))
        .put("target", entry.target())
        .put("reason", entry.reason())
        .put("details", ExactJson.read(entry.details()))
        .put("remote", entry.remote())
        .put("trace_id", entry.trace());
  }

  private static @Nullable String text(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }
}
