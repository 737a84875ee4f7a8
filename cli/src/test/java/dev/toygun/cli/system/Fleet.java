package dev.toygun.cli.system;

import dev.toygun.cli.system.Processes.Ended;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.testing.servers.PostgresServer;
import dev.toygun.testing.servers.Receiver;
import dev.toygun.testing.servers.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Services as processes, on one Postgres and one Redis, and the ways to ask and to look. */
final class Fleet implements AutoCloseable {
  private static final String CANARY = "canary-4711-plaintext";

  private final DatabaseUrl database;
  private final Closeable ground;
  private final RedisServer redis = RedisServer.start();
  private final Processes processes;
  private final Map<String, Integer> ports = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int apiPort = free();
  private final int apiMetricsPort = free();
  private final String key;

  /** On the Postgres that the tests share. */
  Fleet(Path folder) throws Exception {
    this(folder, PostgresServer.shared().database());
  }

  private Fleet(Path folder, DatabaseUrl shared) throws Exception {
    this(folder, shared, () -> PostgresServer.shared().drop(shared));
  }

  /**
   * On a Postgres of its own.
   *
   * @param ground what is closed at the end
   */
  Fleet(Path folder, DatabaseUrl database, Closeable ground) throws Exception {
    this.database = database;
    this.ground = ground;
    this.processes = new Processes(folder);
    setting("TOYGUN_DATABASE_URL", url(database));
    setting("TOYGUN_REDIS_URL", redis.url());
    setting("TOYGUN_KEYCHAIN", Keyring.newKeychain(new SecureRandom()::nextBytes));
    setting("TOYGUN_LOG", "json");
    setting("TOYGUN_DATA", folder.resolve("data").toString());
    key = makeKey();
  }

  private static String url(DatabaseUrl database) {
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(
            database.user(),
            database.password(),
            database.host(),
            database.port(),
            database.database());
  }

  private String makeKey() throws Exception {
    Ended ended = run("api-key", "api-key", "create", "--role", "admin");
    if (ended.code() != 0) {
      throw new IllegalStateException("no API key: " + ended.said());
    }
    List<String> lines = ended.said().lines().filter(line -> !line.isBlank()).toList();
    return lines.get(lines.size() - 1).strip();
  }

  /** Something that all processes that start from now on are told. */
  void setting(String name, String value) {
    processes.setting(name, value);
  }

  void clock() throws Exception {
    startClock();
    await("clock");
  }

  void worker(String id) throws Exception {
    startWorker(id);
    await(id);
  }

  void api() throws Exception {
    startApi();
    await("api");
  }

  /** Starts it, and does not wait. */
  void startClock() throws IOException {
    start("clock", "clock", free(), Map.of());
  }

  /** Starts it, and does not wait. */
  void startWorker(String id) throws IOException {
    start(id, "worker", free(), Map.of("TOYGUN_WORKER_ID", id));
  }

  /** Starts it, and does not wait. */
  void startApi() throws IOException {
    start("api", "api", apiMetricsPort, Map.of("TOYGUN_PORT", String.valueOf(apiPort)));
    ports.put("api", apiPort);
  }

  private void start(String name, String service, int window, Map<String, String> more)
      throws IOException {
    Map<String, String> all = new HashMap<>(more);
    all.put("TOYGUN_METRICS_PORT", String.valueOf(window));
    ports.put(name, window);
    processes.start(name, List.of(service), all);
  }

  /** Returns once this service is ready. */
  void await(String name) {
    int port = ports.getOrDefault(name, 0);
    Awaitility.await(name)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " has ended", () -> !processes.lives(name))
        .until(() -> ready(port));
  }

  private boolean ready(int port) {
    try {
      return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready")).build())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a command of toygun to its end. */
  Ended run(String name, String... words) throws Exception {
    return processes.run(name, words);
  }

  /** What a process has said. */
  String log(String name) throws IOException {
    return processes.log(name);
  }

  boolean lives(String name) {
    return processes.lives(name);
  }

  /** kill -9. */
  void kill(String name) throws InterruptedException {
    processes.kill(name);
  }

  RedisServer redis() {
    return redis;
  }

  DatabaseUrl database() {
    return database;
  }

  /** Cuts every connection to the database, whatever is under way, and lets nobody in. */
  void shutDatabase() {
    fromBeside("alter database \"%s\" allow_connections false".formatted(database.database()));
    fromBeside(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(database.database()));
  }

  void openDatabase() {
    fromBeside("alter database \"%s\" allow_connections true".formatted(database.database()));
  }

  private void fromBeside(String sql) {
    PostgresServer.execute(
        new DatabaseUrl(
            database.host(),
            database.port(),
            "postgres",
            database.user(),
            database.password(),
            database.ssl(),
            database.rootCert()),
        sql);
  }

  /** An admin's. */
  String key() {
    return key;
  }

  URI apiUrl() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  static String canary() {
    return CANARY;
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).build());
  }

  String metrics() throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + apiMetricsPort + "/metrics");
    return send(HttpRequest.newBuilder(uri).build()).body();
  }

  HttpResponse<String> post(String path, String body) throws IOException {
    return post(path, body, UUID.randomUUID().toString());
  }

  /** The same, to be sent again where nobody knows whether it was done. */
  HttpResponse<String> post(String path, String body, String once) throws IOException {
    while (true) {
      HttpResponse<String> answer =
          send(
              request(path)
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", once)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build());
      if (answer.statusCode() != 429) {
        return answer;
      }
      long seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElse("1"));
      Awaitility.await().pollDelay(Duration.ofSeconds(seconds)).until(() -> true);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Makes a webhook that is told of alarms. */
  void sink(Receiver receiver, String secret, String minSeverity) throws IOException {
    JsonObject settings = new JsonObject().put("url", receiver.url("/")).put("secret", secret);
    JsonObject sink =
        new JsonObject().put("name", "ops").put("kind", "webhook").put("settings", settings);
    HttpResponse<String> answer = post("/v1/sinks", sink.put("min_severity", minSeverity).encode());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("no sink: " + answer.body());
    }
  }

  /** Everything that is stored, said or measured, as text. */
  List<String> dumps() throws IOException {
    List<String> dumps = new ArrayList<>();
    for (String table : texts("select tablename from pg_tables where schemaname = 'public'")) {
      dumps.addAll(texts("select t::text from \"" + table + "\" t"));
    }
    for (String name : redis.command("KEYS", "*")) {
      dumps.add(name);
      switch (redis.command("TYPE", name).get(0)) {
        case "list" -> dumps.addAll(redis.command("LRANGE", name, "0", "-1"));
        case "hash" -> dumps.addAll(redis.command("HGETALL", name));
        case "string" -> dumps.addAll(redis.command("GET", name));
        default -> dumps.addAll(redis.command("DUMP", name));
      }
    }
    for (String process : List.of("clock", "worker-a", "worker-b", "api")) {
      dumps.add(log(process));
    }
    dumps.add(metrics());
    return dumps;
  }

  /** The first column of all rows, as text. */
  List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(database.jdbc(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        texts.add(String.valueOf(result.getString(1)));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row, as a number. */
  long number(String sql) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbc(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    processes.close();
    redis.close();
    ground.close();
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
