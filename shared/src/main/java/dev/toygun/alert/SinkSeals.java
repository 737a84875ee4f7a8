package dev.toygun.alert;

import dev.toygun.crypto.FieldSeal;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.SinkRow;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the secrets of sinks again once there is a newer key, so that the old one can go. Any
 * number of services may: who is second finds it done.
 */
public final class SinkSeals {
  private static final Logger LOG = LoggerFactory.getLogger(SinkSeals.class);

  private final AlarmSinks rows;
  private final SinkSettings settings;
  private final Time time;

  /** Of these sinks, with the keys of these settings. */
  public SinkSeals(AlarmSinks rows, SinkSettings settings, Time time) {
    this.rows = rows;
    this.settings = settings;
    this.time = time;
  }

  /** Looks at all, and answers how many were sealed again. */
  public Future<Integer> renew() {
    return rows.list()
        .compose(
            all -> {
              Future<Integer> done = Future.succeededFuture(0);
              for (SinkRow row : all) {
                done = done.compose(n -> renewed(row).map(renewed -> renewed ? n + 1 : n));
              }
              return done;
            });
  }

  private Future<Boolean> renewed(SinkRow row) {
    SinkKind kind = SinkKind.ofStored(row.kind()).orElse(null);
    JsonObject stored = new JsonObject(row.settings());
    if (kind == null || !settings.isSealedByOlderKey(kind, stored)) {
      return Future.succeededFuture(false);
    }
    JsonObject sealed;
    try {
      JsonObject plain = settings.open(row.uuid(), kind, stored);
      sealed = settings.seal(row.uuid(), kind, plain, time.now());
    } catch (FieldSeal.CannotOpen e) {
      LOG.warn("sink {} keeps its old key: {}", row.name(), e.getMessage());
      return Future.succeededFuture(false);
    }
    return rows.reseal(row, sealed.encode())
        .onSuccess(
            done -> {
              if (done) {
                LOG.info("the secrets of sink {} are sealed by a newer key now", row.name());
              }
            });
  }
}
