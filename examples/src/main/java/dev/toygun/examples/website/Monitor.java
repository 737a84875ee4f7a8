package dev.toygun.examples.website;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.website.Monitor.Step.WATCH;
import static dev.toygun.examples.website.Website.ADDRESS;
import static dev.toygun.examples.website.Website.TOKEN;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Set;

/** Looks, says what it saw, and looks again. Only a person stops it. */
final class Monitor {
  static final TaskName NAME = TaskName.of("monitor");

  enum Step {
    WATCH
  }

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Web web;

  Monitor(Web web) {
    this.web = web;
  }

  TaskType<Step> type() {
    return TaskType.of(NAME, state(WATCH).async(this::watch).every(ofSeconds(30)));
  }

  Future<Next<Step>> watch(Tick<Step> t) {
    URI address = t.get(ADDRESS);
    if (address.getScheme() == null
        || !SCHEMES.contains(address.getScheme())
        || address.getHost() == null) {
      return Future.succeededFuture(t.panic(new BadAddress(address)));
    }
    return web.answers(address, t.find(TOKEN)).map(up -> t.stay().observe(up));
  }
}
