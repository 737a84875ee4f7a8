package dev.toygun.standalone;

import dev.toygun.crypto.Entropy;
import dev.toygun.service.Config;
import dev.toygun.service.Ground.Queues;
import dev.toygun.service.Key;
import dev.toygun.service.Keys;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Postgres and the Redis of a process that brings everything along: its own, started here,
 * unless the configuration names others.
 */
public final class Servers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Config config;

  private Servers(Config config) {
    this.config = config;
  }

  /**
   * Starts what the configuration does not name. Blocks until it answers; ends what it has started
   * where something fails.
   *
   * @param queues whether a Redis is needed at all
   */
  public static Servers start(DataFolder data, Config config, Queues queues, Entropy entropy)
      throws IOException {
    Servers servers = new Servers(config.with(Keys.DATA, data.path().toString()));
    try {
      servers.keychain(data, entropy);
      servers.postgres(data, entropy);
      if (queues == Queues.REDIS) {
        servers.redis(data, entropy);
      }
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** The configuration, with the servers' addresses and the keychain in it. */
  public Config config() {
    return config;
  }

  /** The keychain and the servers' addresses, by the names of their settings: secrets. */
  Map<String, String> secrets() {
    return Map.copyOf(secrets);
  }

  /** Where the servers are, without secrets. */
  String told() {
    return String.join(", ", told);
  }

  private <T> void set(Key<T> key, String secret) {
    config = config.with(key, secret);
    secrets.put(key.name(), secret);
  }

  private void keychain(DataFolder data, Entropy entropy) throws IOException {
    if (config.find(Keys.KEYCHAIN).isEmpty()) {
      set(Keys.KEYCHAIN, data.keychain(entropy));
    }
  }

  private void postgres(DataFolder data, Entropy entropy) throws IOException {
    if (config.find(Keys.DATABASE_URL).isEmpty()) {
      String password = data.password("postgres", entropy);
      PostgresServer postgres =
          PostgresServer.start(data.binaries().postgres(), data.postgres(), password);
      started.push(postgres);
      set(Keys.DATABASE_URL, postgres.url());
      data.keepServerUrl("postgres", postgres.url());
      told.add("Postgres at " + postgres.address());
    } else {
      told.add("Postgres of TOYGUN_DATABASE_URL");
    }
  }

  private void redis(DataFolder data, Entropy entropy) throws IOException {
    if (config.find(Keys.REDIS_URL).isEmpty()) {
      String password = data.password("redis", entropy);
      RedisServer redis = RedisServer.start(data.binaries().redis(), data.redis(), password);
      started.push(redis);
      set(Keys.REDIS_URL, redis.url());
      data.keepServerUrl("redis", redis.url());
      told.add("Redis at " + redis.address());
    } else {
      told.add("Redis of TOYGUN_REDIS_URL");
    }
  }

  /** Stops what was started here, the last first. Goes on where one of them fails. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.error("A server of ours did not stop as it should: {}", e.getMessage());
      }
    }
  }
}
