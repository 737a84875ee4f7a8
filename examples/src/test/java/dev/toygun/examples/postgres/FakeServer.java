package dev.toygun.examples.postgres;

import dev.toygun.Secret;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Servers that are only remembered. */
final class FakeServer implements Server {
  /** Directories with a data directory in them, and the password of its superuser. */
  final Map<String, Secret> made = new TreeMap<>();

  /** The postmaster of a directory. */
  final Map<String, Long> running = new TreeMap<>();

  /** The roles that were made, by port. */
  final Map<Long, Login> logins = new HashMap<>();

  /** Ports that somebody else has. */
  final Set<Long> taken = new HashSet<>();

  /** Every pid there ever was. */
  final Set<Long> pids = new TreeSet<>();

  /** Servers run, and do not answer. */
  boolean deaf;

  /** How many of the next starts die before they answer, as somebody first looks. */
  int shortLived;

  private final Set<String> dying = new HashSet<>();

  /** Runs just before a start. */
  Runnable beforeStart = () -> {};

  private long nextPort = 20_000;

  /** As {@code kill -9} does it. */
  void kill() {
    running.clear();
  }

  @Override
  public String directory(String token) {
    return "/servers/" + token;
  }

  @Override
  public long freePort(String token) {
    do {
      nextPort++;
    } while (taken.contains(nextPort));
    return nextPort;
  }

  @Override
  public Secret newPassword() {
    return Secret.of("admin" + nextPort);
  }

  @Override
  public void initialise(String directory, Secret admin) {
    made.putIfAbsent(directory, admin);
  }

  @Override
  public Optional<Long> start(String directory, long port) {
    beforeStart.run();
    if (!made.containsKey(directory)) {
      throw new IllegalStateException(directory + " is empty");
    }
    if (running.containsKey(directory)) {
      return Optional.of(running.get(directory));
    }
    if (taken.contains(port)) {
      return Optional.empty();
    }
    long pid = 1000L + pids.size();
    pids.add(pid);
    running.put(directory, pid);
    if (shortLived > 0) {
      shortLived--;
      dying.add(directory);
    }
    return Optional.of(pid);
  }

  @Override
  public void stop(String directory) {
    running.remove(directory);
  }

  @Override
  public void remove(String directory) {
    if (running.containsKey(directory)) {
      throw new IllegalStateException(directory + " is in use");
    }
    made.remove(directory);
  }

  @Override
  public Future<Health> look(String directory, long port, Login login) {
    if (!running.containsKey(directory)) {
      return Future.succeededFuture(Health.GONE);
    }
    if (dying.remove(directory)) {
      running.remove(directory);
      return Future.succeededFuture(Health.SILENT);
    }
    boolean known =
        login.equals(Server.admin(made.getOrDefault(directory, login.password())))
            || login.equals(logins.get(port));
    return Future.succeededFuture(known && !deaf ? Health.ANSWERS : Health.SILENT);
  }

  @Override
  public Future<String> createDatabase(long port, Secret admin, Login login) {
    logins.put(port, login);
    return Future.succeededFuture("18.6");
  }
}
