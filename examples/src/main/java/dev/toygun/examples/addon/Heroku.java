package dev.toygun.examples.addon;

import dev.toygun.Secret;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What a provider asks of Heroku. Every future ends; it fails where Heroku does not answer. */
interface Heroku {
  /** How long a request may take. */
  Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * What a provider may act with, for one add-on.
   *
   * @param access goes with each request
   * @param refresh gets another pair
   * @param lasts how long {@code access} counts
   */
  record Tokens(Secret access, Secret refresh, Duration lasts) {}

  /** Heroku understood, and will not, however often it is asked. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Tokens for the code that came with the request for an add-on. It counts for five minutes. */
  Future<Tokens> exchange(Secret code);

  /** Tokens in place of those that are too old. */
  Future<Tokens> refresh(Secret refresh);

  /** Sets what the app of this add-on finds in its environment. */
  Future<Void> configure(UUID addon, Secret access, Map<String, Secret> config);

  /** Says that an add-on can be used. */
  Future<Void> provisioned(UUID addon, Secret access);
}
