package dev.toygun.api;

import dev.toygun.service.OidcSettings;
import dev.toygun.service.SlackSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How the API is served.
 *
 * @param host the address it listens on; the loopback one unless somebody says otherwise
 * @param port 0 for one that is free
 * @param metricsPort where Prometheus reads; 0 for one that is free, negative for none
 * @param requestTime the longest that a request may take
 * @param ratePerSecond how many requests a key may make a second in the long run
 * @param burst how many it may make at once
 * @param heartbeat how often a stream of events says something; who takes nothing for twice this
 *     time is cut off
 * @param oidc who else may call than keys; empty for nobody
 * @param slack the app whose commands and buttons are carried out; empty for none
 */
public record ApiSettings(
    String host,
    int port,
    int metricsPort,
    Duration requestTime,
    double ratePerSecond,
    int burst,
    Duration heartbeat,
    Optional<OidcSettings> oidc,
    Optional<SlackSettings> slack) {
  /** The largest body of a request, in bytes. */
  public static final int MAX_BODY = 1 << 20;

  /** On the loopback address, with the limits that suit most. */
  public static ApiSettings local(int port, int metricsPort) {
    return new ApiSettings(
        "127.0.0.1",
        port,
        metricsPort,
        Duration.ofSeconds(30),
        200,
        400,
        Duration.ofSeconds(15),
        Optional.empty(),
        Optional.empty());
  }
}
