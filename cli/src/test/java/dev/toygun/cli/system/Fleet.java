package dev.toygun.cli.system;

import dev.toygun.crypto.Keyring;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.testing.servers.PostgresServer;
import dev.toygun.testing.servers.RedisServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Services as processes, on one Postgres and one Redis, and the ways to ask and to look. */
final class Fleet implements AutoCloseable {
  private static final String CANARY = "canary-4711-plaintext";

  private final Path folder;
  private final DatabaseUrl database = PostgresServer.shared().database();
  private final RedisServer redis = RedisServer.start();
  private final Map<String, Process> processes = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int apiPort = free();
  private final int apiMetricsPort = free();
  private final String key;

  Fleet(Path folder) throws Exception {
    this.folder = folder;
    environment.put("TOYGUN_DATABASE_URL", url(database));
    environment.put("TOYGUN_REDIS_URL", redis.url());
    environment.put("TOYGUN_KEYCHAIN", Keyring.newKeychain(new SecureRandom()::nextBytes));
    environment.put("TOYGUN_LOG", "json");
    environment.put("TOYGUN_DATA", folder.resolve("data").toString());
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
    Process process = begin("api-key", List.of("api-key", "create", "--role", "admin"), Map.of());
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("no API key: " + log("api-key"));
    }
    List<String> lines = log("api-key").lines().filter(line -> !line.isBlank()).toList();
    return lines.get(lines.size() - 1).strip();
  }

  /** Something that all processes that start from now on are told. */
  void setting(String name, String value) {
    environment.put(name, value);
  }

  void clock() throws Exception {
    start("clock", List.of("clock"), free());
  }

  void worker(String id) throws Exception {
    environment.put("TOYGUN_WORKER_ID", id);
    start(id, List.of("worker"), free());
    environment.remove("TOYGUN_WORKER_ID");
  }

  void api() throws Exception {
    environment.put("TOYGUN_PORT", String.valueOf(apiPort));
    start("api", List.of("api"), apiMetricsPort);
  }

  private void start(String name, List<String> words, int window) throws Exception {
    Process process = begin(name, words, Map.of("TOYGUN_METRICS_PORT", String.valueOf(window)));
    processes.put(name, process);
    int port = name.equals("api") ? apiPort : window;
    Awaitility.await(name)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " has ended", () -> !process.isAlive())
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

  private Process begin(String name, List<String> words, Map<String, String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.toygun.cli.Toygun"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TOYGUN_"));
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    return builder.start();
  }

  /** What a process has said. */
  String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  /** kill -9. */
  void kill(String name) throws InterruptedException {
    Process process = processes.remove(name);
    process.destroyForcibly().waitFor();
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
    while (true) {
      HttpResponse<String> answer =
          send(
              request(path)
                  .header("Content-Type", "application/json")
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

  private List<String> texts(String sql) {
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
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    redis.close();
    PostgresServer.shared().drop(database);
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
