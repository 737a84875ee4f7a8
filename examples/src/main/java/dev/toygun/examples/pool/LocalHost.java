package dev.toygun.examples.pool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of this machine, each with a directory. They outlive the worker that started them. */
final class LocalHost implements Host {
  private static final long WITHIN_MS = 2_000;

  // What is ignored stays so in what the shell becomes: Ctrl-C is for the worker, not for these.
  private static final String SHELL = "trap '' INT HUP; exec \"$@\"";

  private final Vertx vertx;
  private final Path data;
  private final HttpClient client;

  LocalHost(Vertx vertx, Path data) {
    this.vertx = vertx;
    this.data = data.resolve("web-nodes");
    this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
  }

  @Override
  public String directory(String token) {
    return data.resolve(token).toString();
  }

  @Override
  public void start(String directory, String version) throws IOException {
    Files.createDirectories(Path.of(directory));
    File log = Path.of(directory, "log").toFile();
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            SHELL,
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx16m",
            "-cp",
            Path.of(Greeter.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString(),
            Greeter.class.getName(),
            directory,
            version);
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  @Override
  public Future<Optional<Long>> port(String directory) {
    return vertx
        .fileSystem()
        .readFile(Path.of(directory, Greeter.LISTENS).toString())
        .map(line -> Optional.of(number(line.toString(), 1)))
        .otherwise(Optional.empty());
  }

  private static Optional<ProcessHandle> process(String directory) throws IOException {
    try {
      String line = Files.readString(Path.of(directory, Greeter.LISTENS));
      return ProcessHandle.of(number(line, 0)).filter(process -> names(process, directory));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  // A pid alone proves nothing: it may be another's by now.
  private static boolean names(ProcessHandle process, String directory) {
    return List.of(process.info().arguments().orElse(new String[0])).contains(directory);
  }

  private static long number(String line, int part) {
    return Long.parseLong(line.strip().split(" ", 2)[part]);
  }

  @Override
  public Future<Boolean> answers(long port) {
    return client
        .request(HttpMethod.GET, Math.toIntExact(port), "127.0.0.1", "/")
        .compose(
            request ->
                request
                    .send()
                    .compose(response -> response.body().map(response.statusCode() == 200))
                    .timeout(WITHIN_MS, TimeUnit.MILLISECONDS)
                    .onFailure(late -> request.reset()))
        .timeout(WITHIN_MS, TimeUnit.MILLISECONDS)
        .otherwise(false);
  }

  @Override
  public boolean removed(String directory) throws IOException {
    Path path = Path.of(directory);
    if (!Files.isDirectory(path)) {
      return true;
    }
    // Who holds the lock is the server; one that is started later finds no directory, and ends.
    try (FileChannel lock =
        FileChannel.open(
            path.resolve(Greeter.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() != null) {
        delete(path);
        return true;
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    process(directory).ifPresent(ProcessHandle::destroyForcibly);
    return false;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  void close() {
    client.close();
  }
}
