package dev.toygun.examples.addon;

import static dev.toygun.Backoff.exponential;
import static dev.toygun.StateDef.state;
import static dev.toygun.examples.addon.Addon.ACCESS;
import static dev.toygun.examples.addon.Addon.ADDON;
import static dev.toygun.examples.addon.Addon.EXPIRES;
import static dev.toygun.examples.addon.Addon.REFRESH;
import static dev.toygun.examples.addon.Handover.Step.CONFIGURE;
import static dev.toygun.examples.addon.Handover.Step.CONFIRM;
import static dev.toygun.examples.addon.Handover.Step.RENEW;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Backoff;
import dev.toygun.Next;
import dev.toygun.ResourceView;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.examples.postgres.LocalPostgres;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Tells the app where its database is, and Heroku that the add-on can be used. Both may be said
 * twice. Where the server took longer to make than tokens last, they are renewed first.
 */
final class Handover {
  static final TaskName NAME = TaskName.of("handover");

  enum Step {
    RENEW,
    CONFIGURE,
    CONFIRM
  }

  private static final Backoff PATIENT = exponential(ofSeconds(1), ofMinutes(10));
  private static final int TRIES = 20;

  private final Heroku heroku;

  Handover(Heroku heroku) {
    this.heroku = heroku;
  }

  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(RENEW).async(this::renew).to(CONFIGURE).retries(TRIES, PATIENT),
            state(CONFIGURE).async(this::configure).to(CONFIRM, RENEW).retries(TRIES, PATIENT),
            state(CONFIRM).async(this::confirm).to(RENEW).finishes().retries(TRIES, PATIENT))
        .internal();
  }

  Future<Next<Step>> renew(Tick<Step> t) {
    return isFresh(t)
        ? Future.succeededFuture(t.go(CONFIGURE))
        : heroku
            .refresh(t.get(REFRESH))
            .map(tokens -> Authorize.with(t.go(CONFIGURE), tokens, t).because("tokens were old"))
            .recover(why -> Refusals.panic(t, "RefreshRefused", why));
  }

  Future<Next<Step>> configure(Tick<Step> t) {
    if (!isFresh(t)) {
      return Future.succeededFuture(t.go(RENEW));
    }
    ResourceView server = Addon.server(t).orElseThrow();
    return heroku
        .configure(t.get(ADDON), t.get(ACCESS), Map.of("DATABASE_URL", LocalPostgres.url(server)))
        .map(done -> t.go(CONFIRM).because("its app knows where it is"))
        .recover(why -> Refusals.panic(t, "ConfigRefused", why));
  }

  Future<Next<Step>> confirm(Tick<Step> t) {
    return isFresh(t)
        ? heroku
            .provisioned(t.get(ADDON), t.get(ACCESS))
            .map(done -> t.finish())
            .recover(why -> Refusals.panic(t, "ConfirmRefused", why))
        : Future.succeededFuture(t.go(RENEW));
  }

  private static boolean isFresh(Tick<Step> t) {
    return t.now().plus(Heroku.PATIENCE).isBefore(t.get(EXPIRES));
  }
}
