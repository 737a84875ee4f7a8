package dev.toygun.examples.website;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.StateDef.state;
import static dev.toygun.examples.website.Website.State.WATCHED;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.Severity;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** A website: somebody looks every 30 seconds whether it answers, and hears when it does not. */
public final class Website {
  /** Where it is: {@code http} or {@code https}, with a host. */
  static final Field<URI> ADDRESS = Field.uri("address").required();

  /** What it wants to be shown, as a bearer token. */
  static final Field<Secret> TOKEN = Field.secret("token");

  enum State {
    WATCHED
  }

  private final Web web;

  Website(Web web) {
    this.web = web;
  }

  /**
   * The type over the HTTP client of Vert.x, which is closed by what is given to {@code onClose}.
   */
  public static Website over(Vertx vertx, Consumer<Runnable> onClose) {
    HttpWeb web = new HttpWeb(vertx);
    onClose.accept(web::close);
    return new Website(web);
  }

  /** The type {@code website}. */
  public ResourceType<State> type() {
    return ResourceType.of("website", state(WATCHED).decide(t -> t.stay().ensure(Monitor.NAME)))
        .fields(ADDRESS, TOKEN)
        .tasks(new Monitor(web).type())
        .availability(a -> a.uncertainAfter(2).offlineAfter(5))
        .alarms(
            alarm("down", site -> site.availability() == OFFLINE)
                .severity(Severity.CRITICAL)
                .forAtLeast(Duration.ofMinutes(1)));
  }
}
