package dev.toygun.standalone;

import dev.toygun.api.ApiService;
import dev.toygun.clock.ClockService;
import dev.toygun.crypto.Entropy;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Ground.Queues;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Service;
import dev.toygun.store.Migrations;
import dev.toygun.worker.WorkerService;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of Toygun in one process, or as much of it as is asked for, on servers of its own where the
 * configuration names no others. Its methods block, for a minute at most.
 */
public final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ASK = Duration.ofSeconds(10);

  /** What runs in the process. */
  public enum Crew {
    CLOCK_WORKER_AND_API,
    /** For workers that are processes of their own. */
    CLOCK_AND_API
  }

  private final Servers servers;
  private final Service service;
  private final ApiService api;
  private final WorkerService worker;
  private final String apiKey;
  private final boolean newKey;

  private Standalone(
      Servers servers,
      Service service,
      ApiService api,
      WorkerService worker,
      String apiKey,
      boolean newKey) {
    this.servers = servers;
    this.service = service;
    this.api = api;
    this.worker = worker;
    this.apiKey = apiKey;
    this.newKey = newKey;
  }

  /**
   * Starts it: the servers, the tables, the services, an API key for an admin.
   *
   * @param queues in this process only where there is no worker in another
   * @throws Exception saying what went wrong; then nothing is left running
   */
  public static Standalone start(DataFolder data, Config config, Queues queues, Crew crew)
      throws Exception {
    Entropy entropy = new SecureRandom()::nextBytes;
    Servers servers = Servers.start(data, config, queues, entropy);
    Service service = null;
    Ground ground = null;
    try {
      Migrations.migrate(servers.config().get(Keys.DATABASE_URL));
      ground = Ground.open("standalone", servers.config(), queues);
      service = Launcher.wait(Service.open(ground), START);
      ApiService api = new ApiService();
      WorkerService worker = new WorkerService();
      Launcher.wait(service.start(new Body(crew, api, worker)), START);
      Optional<String> kept = data.apiKey();
      String key = kept.isPresent() ? kept.get() : newKey(ground, data);
      Standalone standalone = new Standalone(servers, service, api, worker, key, kept.isEmpty());
      data.keepUrl(standalone.url());
      return standalone;
    } catch (Exception e) {
      end(service, ground);
      servers.close();
      throw e;
    }
  }

  /**
   * Makes what a start needs, and starts nothing: the data, the tables, an API key for an admin.
   *
   * @return that key
   * @throws Exception saying what went wrong
   */
  public static String prepare(DataFolder data, Config config) throws Exception {
    Entropy entropy = new SecureRandom()::nextBytes;
    try (Servers servers = Servers.start(data, config, Queues.IN_PROCESS, entropy)) {
      Migrations.migrate(servers.config().get(Keys.DATABASE_URL));
      Ground ground = Ground.open("setup", servers.config(), Queues.IN_PROCESS);
      try {
        Optional<String> kept = data.apiKey();
        return kept.isPresent() ? kept.get() : newKey(ground, data);
      } finally {
        end(null, ground);
      }
    }
  }

  private static String newKey(Ground ground, DataFolder data) throws Exception {
    String key =
        Launcher.wait(
            ApiService.makeKey(ground.database(), ground.time(), "local-admin", "admin"), ASK);
    data.keepApiKey(key);
    return key;
  }

  /** The parts that were asked for, as one service. */
  private record Body(Crew crew, ApiService api, WorkerService worker) implements Service.Body {
    @Override
    public String name() {
      return "standalone";
    }

    @Override
    public List<Service.Limb> limbs(Ground ground) {
      List<Service.Limb> limbs = new ArrayList<>();
      if (crew == Crew.CLOCK_WORKER_AND_API) {
        limbs.addAll(worker.limbs(ground));
      }
      limbs.addAll(new ClockService().limbs(ground));
      limbs.addAll(api.limbs(ground));
      return limbs;
    }
  }

  /** Where the API is. */
  public String url() {
    return "http://127.0.0.1:" + api.port();
  }

  /** The names of the types that its worker has, by what they are from; none without a worker. */
  public SortedMap<String, List<String>> types() {
    return worker.types();
  }

  /** An admin's key: a secret. */
  public String apiKey() {
    return apiKey;
  }

  /** Whether that key was made by this start. */
  public boolean hasNewKey() {
    return newKey;
  }

  /** What it stands on. */
  public Ground ground() {
    return service.ground();
  }

  /** A sentence about where everything is; without secrets. */
  public String told() {
    return "API at %s, figures on port %d, %s"
        .formatted(url(), service.windowPort(), servers.told());
  }

  /** What a service in another process needs to know to work with this one: secrets. */
  public Map<String, String> secretsOfServices() {
    return servers.secrets();
  }

  /** Finishes what was begun, and stops the servers that were started here. */
  @Override
  public void close() throws IOException {
    end(service, service.ground());
    servers.close();
  }

  private static void end(@Nullable Service service, @Nullable Ground ground) {
    try {
      if (service != null) {
        Launcher.wait(service.stop(), START);
      } else if (ground != null) {
        Launcher.wait(ground.close(), START);
      }
    } catch (Exception e) {
      LOG.error("While stopping: {}", e.toString());
    }
  }
}
