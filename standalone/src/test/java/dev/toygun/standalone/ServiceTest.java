package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.clock.ClockService;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.HealthServer;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Service;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Migrations;
import dev.toygun.time.Stopwatch;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a service starts, waits, and stops, on real servers that come and go. */
@Execution(ExecutionMode.CONCURRENT)
class ServiceTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KEYCHAIN = "{\"0\":\"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\"}";

  private final Path folder;

  ServiceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  @SuppressWarnings("try") // Servers are closed in the middle, to see what is said of it.
  void aServiceWaitsForPostgresAndRedisAndItsTablesAndSaysSo() throws Exception {
    int postgresPort = Ports.free();
    int redisPort = Ports.free();
    Config config =
        config(
            "postgresql://toygun:secret@127.0.0.1:" + postgresPort + "/toygun",
            "redis://:secret@127.0.0.1:" + redisPort);
    Service service = open(config);
    Future<Void> started = service.start(new ClockService());
    assertThat(ask(service, "/health")).isEqualTo("200 {\"status\":\"up\"}");
    eventually(
        () -> ask(service, "/ready"), "503", "postgres: does not answer", "redis: does not answer");

    Path home = new Binaries(Path.of("target", "servers").toAbsolutePath()).postgres();
    Path program = new Binaries(folder.resolve("binaries")).redis();
    try (PostgresServer postgres =
            PostgresServer.startOn(postgresPort, home, folder.resolve("pg"), "secret");
        RedisServer redis =
            RedisServer.startOn(redisPort, program, folder.resolve("redis"), "secret")) {
      eventually(
          () -> ask(service, "/ready"),
          "503",
          "postgres: the database has no tables of Toygun yet: run `toygun migrate`");

      Migrations.migrate(config.get(Keys.DATABASE_URL));
      Launcher.wait(started, SOON);
      eventually(() -> ask(service, "/ready"), "200", "\"ready\":true");
      assertThat(ask(service, "/metrics")).contains("jvm_memory_used_bytes{").contains("clock");

      migratedBy(
          config,
          "insert into toygun_migrations select 99, '99', description, type, script,"
              + " checksum, installed_by, installed_on, 0, true from toygun_migrations limit 1");
      eventually(
          () -> ask(service, "/ready"), "503", "at version 99, this build knows up to", "newer");
      migratedBy(config, "delete from toygun_migrations where version = '99'");
      eventually(() -> ask(service, "/ready"), "200", "\"ready\":true");

      redis.close();
      eventually(() -> ask(service, "/ready"), "503", "redis: does not answer");
      RedisServer again =
          RedisServer.startOn(redisPort, program, folder.resolve("redis"), "secret");
      eventually(() -> ask(service, "/ready"), "200", "\"ready\":true");

      postgres.close();
      eventually(() -> ask(service, "/ready"), "503", "postgres: does not answer");
      try (PostgresServer back =
          PostgresServer.startOn(postgresPort, home, folder.resolve("pg"), "secret")) {
        eventually(() -> ask(service, "/ready"), "200", "\"ready\":true");
        assertThat(back.pid()).isPresent();
      } finally {
        Launcher.wait(service.stop(), SOON);
        again.close();
      }
    }
  }

  /** What another build's migrations would have written. */
  private static void migratedBy(Config config, String sql) throws SQLException {
    DatabaseUrl url = config.get(Keys.DATABASE_URL);
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aServiceThatIsAskedToStopWhileItWaitsStops() throws Exception {
    Service service =
        open(config("postgresql://me:secret@127.0.0.1:1/x", "redis://:secret@127.0.0.1:1"));
    Future<Void> started = service.start(new ClockService());
    Launcher.wait(service.stop(), SOON);
    Launcher.wait(started, SOON);
  }

  @Test
  void aServiceStopsInTimeThoughPostgresAndRedisTakeCallsAndSayNothing() throws Exception {
    // The kernel completes the connections; nobody ever accepts them.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      Service service =
          open(config("postgresql://me:secret@" + address + "/x", "redis://:secret@" + address));
      Future<Void> started = service.start(new ClockService());
      eventually(() -> ask(service, "/ready"), "503", "postgres", "redis");
      Launcher.wait(service.stop(), SOON);
      Launcher.wait(started, SOON);
    }
  }

  /** A worker needs all the time there is; it has not if it is asked only once others are down. */
  @Test
  void allPartsOfAServiceAreAskedToStopAtOnce() throws Exception {
    Map<String, String> settings =
        new HashMap<>(settings("postgresql://me:x@127.0.0.1:1/x", "redis://127.0.0.1:1"));
    settings.put("TOYGUN_DRAIN", "10m"); // Whoever is still waited for then is seen here.
    Service service = open(Config.read(settings, List.of()));
    Patient first = new Patient();
    Patient second = new Patient();
    first.other = second;
    second.other = first;
    Launcher.wait(service.start(new Unfounded(first, second)), SOON);
    Launcher.wait(service.stop(), SOON);
    assertThat(List.of(first, second)).allMatch(part -> part.down);
  }

  /** A part that is down once the other one has been asked to stop too. */
  private static final class Patient extends VerticleBase {
    private final Promise<Void> asked = Promise.promise();
    private Patient other = this;
    private volatile boolean down;

    @Override
    public Future<?> stop() {
      asked.tryComplete();
      return other.asked.future().onSuccess(both -> down = true);
    }
  }

  /** A service that begins without Postgres and Redis. */
  private record Unfounded(Deployable first, Deployable second) implements Service.Body {
    @Override
    public String name() {
      return "unfounded";
    }

    @Override
    public boolean needsSolidGround() {
      return false;
    }

    @Override
    public List<Service.Limb> limbs(Ground ground) {
      return List.of(new Service.Limb("first", first), new Service.Limb("second", second));
    }
  }

  @Test
  void aPortInUseIsNamedWithTheSettingThatChangesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings =
          new HashMap<>(settings("postgresql://me:x@127.0.0.1:1/x", "redis://127.0.0.1:1"));
      settings.put("TOYGUN_METRICS_PORT", String.valueOf(taken.getLocalPort()));
      Ground ground = Ground.open("clock", Config.read(settings, List.of()), Ground.Queues.REDIS);
      assertThatThrownBy(() -> Launcher.wait(Service.open(ground), SOON))
          .isInstanceOf(HealthServer.CannotListen.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1")
          .hasMessageContaining("in use")
          .hasMessageContaining("TOYGUN_METRICS_PORT");
      Launcher.wait(ground.close(), SOON);
    }
  }

  private static Service open(Config config) throws Exception {
    return Launcher.wait(Service.open(Ground.open("clock", config, Ground.Queues.REDIS)), SOON);
  }

  private static Config config(String postgres, String redis) {
    return Config.read(settings(postgres, redis), List.of());
  }

  private static Map<String, String> settings(String postgres, String redis) {
    return Map.of(
        "TOYGUN_DATABASE_URL", postgres,
        "TOYGUN_REDIS_URL", redis,
        "TOYGUN_KEYCHAIN", KEYCHAIN,
        "TOYGUN_METRICS_PORT", "0");
  }

  /** Something that can be asked, and may fail. */
  private interface Question {
    String ask() throws IOException;
  }

  /** Asks until the answer holds all of this. */
  private static void eventually(Question question, String... parts) throws IOException {
    Stopwatch watch = Stopwatch.start();
    String answer = question.ask();
    while (!List.of(parts).stream().allMatch(answer::contains)
        && watch.elapsed().compareTo(SOON) < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      answer = question.ask();
    }
    assertThat(answer).contains(parts);
  }

  private static String ask(Service service, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + service.windowPort() + path).toURL().openConnection();
    connection.setConnectTimeout(5000);
    connection.setReadTimeout(5000);
    int status = connection.getResponseCode();
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
