package dev.toygun.examples.addon;

import dev.toygun.Secret;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Heroku, as it is told. */
final class FakeHeroku implements Heroku {
  final List<String> asked = new ArrayList<>();
  Duration lasts = Duration.ofHours(8);
  boolean answers = true;
  boolean refuses;
  private int tokens;

  @Override
  public Future<Tokens> exchange(Secret code) {
    return said("exchange " + code.reveal()).map(done -> next());
  }

  @Override
  public Future<Tokens> refresh(Secret refresh) {
    return said("refresh " + refresh.reveal()).map(done -> next());
  }

  private Tokens next() {
    tokens++;
    return new Tokens(Secret.of("access-" + tokens), Secret.of("refresh-" + tokens), lasts);
  }

  @Override
  public Future<Void> configure(UUID addon, Secret access, Map<String, Secret> config) {
    return said(
        "configure by "
            + access.reveal()
            + ": "
            + config
                .getOrDefault("DATABASE_URL", Secret.of(""))
                .reveal()
                .replaceAll(":[0-9a-f]{48}@", ":PASSWORD@"));
  }

  @Override
  public Future<Void> provisioned(UUID addon, Secret access) {
    return said("provisioned by " + access.reveal());
  }

  private Future<Void> said(String what) {
    if (refuses) {
      return Future.failedFuture(new Refused("Heroku answered with 401"));
    }
    if (!answers) {
      return Future.failedFuture("no answer");
    }
    asked.add(what);
    return Future.succeededFuture();
  }
}
