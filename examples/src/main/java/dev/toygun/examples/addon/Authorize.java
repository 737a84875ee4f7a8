package dev.toygun.examples.addon;

import static dev.toygun.Backoff.exponential;
import static dev.toygun.StateDef.state;
import static dev.toygun.examples.addon.Addon.ACCESS;
import static dev.toygun.examples.addon.Addon.EXPIRES;
import static dev.toygun.examples.addon.Addon.GRANT;
import static dev.toygun.examples.addon.Addon.PASSWORD;
import static dev.toygun.examples.addon.Addon.REFRESH;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.Secret;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Exchanges the code for tokens, and thinks of a password. A code counts once: where Heroku took it
 * and its answer was lost, nobody can ask again, and a person has to provision the add-on anew.
 */
final class Authorize {
  static final TaskName NAME = TaskName.of("authorize");

  enum Step {
    EXCHANGE
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Heroku heroku;

  Authorize(Heroku heroku) {
    this.heroku = heroku;
  }

  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(Step.EXCHANGE)
                .async(this::exchange)
                .finishes()
                .retries(6, exponential(ofSeconds(1), ofMinutes(1))))
        .internal();
  }

  Future<Next<Step>> exchange(Tick<Step> t) {
    return heroku
        .exchange(t.get(GRANT))
        .map(tokens -> with(t.finish(), tokens, t).with(PASSWORD, password()))
        .recover(why -> Refusals.panic(t, "GrantRefused", why));
  }

  /** What is known from then on. */
  static <S extends Enum<S>> Next<S> with(Next<S> next, Heroku.Tokens tokens, Tick<S> t) {
    return next.with(ACCESS, tokens.access())
        .with(REFRESH, tokens.refresh())
        .with(EXPIRES, t.now().plus(tokens.lasts()));
  }

  private static Secret password() {
    byte[] random = new byte[24];
    RANDOM.nextBytes(random);
    return Secret.of(HexFormat.of().formatHex(random));
  }
}
