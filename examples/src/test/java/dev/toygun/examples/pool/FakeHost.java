package dev.toygun.examples.pool;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Servers in memory. */
final class FakeHost implements Host {
  /** Versions that never come to answer. */
  final Set<String> broken = new HashSet<>();

  /** What is started does not listen yet. */
  boolean slow;

  private final Map<String, Server> servers = new LinkedHashMap<>();
  private final Set<Long> silent = new HashSet<>();
  private long ports = 20_000;

  private record Server(long port, String version) {}

  /** The versions of what runs. */
  List<String> versions() {
    return servers.values().stream().map(Server::version).toList();
  }

  /** Those that answer. */
  long answering() {
    return servers.values().stream().filter(this::isUp).count();
  }

  private boolean isUp(Server server) {
    return !(slow && server.port() == ports - 1)
        && !broken.contains(server.version())
        && !silent.contains(server.port());
  }

  /** From now on the oldest so many do not answer. */
  void silence(int count) {
    servers.values().stream().limit(count).map(Server::port).forEach(silent::add);
  }

  void restore() {
    silent.clear();
  }

  @Override
  public String directory(String token) {
    return "/servers/" + token;
  }

  @Override
  public void start(String directory, String version) {
    servers.computeIfAbsent(directory, key -> new Server(ports++, version));
  }

  @Override
  public Future<Optional<Long>> port(String directory) {
    Optional<Server> server = Optional.ofNullable(servers.get(directory)).filter(s -> !slow);
    return Future.succeededFuture(server.map(Server::port));
  }

  @Override
  public Future<Boolean> answers(long port) {
    return Future.succeededFuture(
        servers.values().stream().anyMatch(s -> s.port() == port && isUp(s)));
  }

  @Override
  public boolean removed(String directory) {
    return servers.remove(directory) == null;
  }
}
