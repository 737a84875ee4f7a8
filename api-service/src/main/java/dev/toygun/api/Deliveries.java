package dev.toygun.api;

import dev.toygun.store.Outbox;
import dev.toygun.store.Views;
import dev.toygun.store.Views.DeliveryRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Messages about alarms: shown, and tried again. */
final class Deliveries {
  private final Views views;
  private final Outbox outbox;

  Deliveries(Views views, Outbox outbox) {
    this.views = views;
    this.outbox = outbox;
  }

  /** {@code GET /v1/deliveries}. */
  Future<Answer> list(Call call) {
    List<String> parts = Pages.after(call, 2);
    Views.After after = parts == null ? null : Resources.after(parts.get(0), parts.get(1), true);
    return views
        .deliveries(call.text("state"), after, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        FailureShow::delivery,
                        d -> List.of(d.createdAt().toString(), d.uuid().toString()))));
  }

  /** {@code GET /v1/deliveries/{uuid}}. */
  Future<Answer> get(Call call) {
    return shown(call.uuid("uuid"));
  }

  /** {@code POST /v1/deliveries/{uuid}:retry}. */
  Future<Answer> retry(Call call) {
    UUID uuid = call.uuid("uuid");
    return outbox.retry(uuid).compose(done -> shown(uuid));
  }

  private Future<Answer> shown(UUID uuid) {
    return views
        .delivery(uuid)
        .map(
            (DeliveryRow row) -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no delivery " + uuid);
              }
              return Answer.ok(FailureShow.delivery(row));
            });
  }
}
