package dev.toygun.worker;

import dev.toygun.TypeSet;
import dev.toygun.store.Locked;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.UnknownOutcome;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which types a worker defines, before it takes any work. A database that goes away meanwhile
 * is waited for, as one is that is not there yet; what it refuses fails.
 */
final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Work store;
  private final Time time;
  private final List<TypeDefinition> definitions;
  private final String build;

  Publication(Work store, Time time, TypeSet types, String build) {
    this.store = store;
    this.time = time;
    this.definitions = Definitions.of(types);
    this.build = build;
  }

  Future<Void> publish() {
    Promise<Void> published = Promise.promise();
    attempt(published);
    return published.future();
  }

  private void attempt(Promise<Void> published) {
    store
        .publish(definitions, build)
        .onSuccess(published::complete)
        .onFailure(
            error -> {
              if (error instanceof UnknownOutcome || error instanceof Locked) {
                LOG.warn("The types are published again: {}", error.getMessage());
                time.after(PAUSE, () -> attempt(published));
              } else {
                published.fail(error);
              }
            });
  }
}
