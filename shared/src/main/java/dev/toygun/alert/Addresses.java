package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Says where a sink may be. Whoever may make a sink could else have Toygun, which stands inside,
 * knock at doors that only open from inside. So a name is looked up first, every address that it
 * stands for is judged, and the connection goes to the very address that was judged: a name that
 * means something else a moment later leads nowhere.
 */
public final class Addresses {
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  /* What is not the internet: RFC 6890 and its successors, and addresses that carry one of those inside. */
  private static final List<Network> INSIDE =
      List.of(
          Network.of("0.0.0.0/8"),
          Network.of("10.0.0.0/8"),
          Network.of("100.64.0.0/10"),
          Network.of("127.0.0.0/8"),
          Network.of("169.254.0.0/16"),
          Network.of("172.16.0.0/12"),
          Network.of("192.0.0.0/24"),
          Network.of("192.0.2.0/24"),
          Network.of("192.88.99.0/24"),
          Network.of("192.168.0.0/16"),
          Network.of("198.18.0.0/15"),
          Network.of("198.51.100.0/24"),
          Network.of("203.0.113.0/24"),
          Network.of("224.0.0.0/3"),
          Network.of("2001::/23"),
          Network.of("2001:db8::/32"),
          Network.of("2002::/16"));

  private static final Network INTERNET_6 = Network.of("2000::/3");

  private final Vertx vertx;
  private final List<Network> allowed;

  /**
   * Judges addresses.
   *
   * @param allowed networks inside that sinks may reach all the same
   */
  public Addresses(Vertx vertx, List<Network> allowed) {
    this.vertx = vertx;
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Where a host is.
   *
   * @param trusted whether it is in a network that was allowed by name, so that what is said to it
   *     need not be encrypted
   */
  public record Found(InetAddress address, boolean trusted) {}

  /** Looks a host up and judges it; fails with {@link NotDelivered}. */
  Future<Found> find(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return vertx
        .executeBlocking(() -> List.of(InetAddress.getAllByName(bare)), false)
        .timeout(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            error ->
                Future.failedFuture(
                    NotDelivered.now(
                        error instanceof UnknownHostException
                            ? "there is no host " + host
                            : "the host %s was not found within %d s"
                                .formatted(host, LOOK_UP.toSeconds()))))
        .map(all -> judged(host, all));
  }

  private Found judged(String host, List<InetAddress> all) {
    for (InetAddress address : all) {
      if (inside(address) && !trusted(address)) {
        throw NotDelivered.ever(
            "%s is the private address %s: choose a public one, or allow its network in TOYGUN_SINK_NETWORKS"
                .formatted(host, address.getHostAddress()));
      }
    }
    return new Found(all.get(0), all.stream().allMatch(this::trusted));
  }

  private boolean trusted(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.holds(address));
  }

  static boolean inside(InetAddress address) {
    boolean six = address.getAddress().length == 16;
    return (six && !INTERNET_6.holds(address))
        || INSIDE.stream().anyMatch(network -> network.holds(address));
  }
}
