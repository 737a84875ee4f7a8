package dev.toygun.examples.postgres;

import dev.toygun.Panic;
import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real servers, from the embedded binaries. Below its folder, {@code local-postgres/TOKEN} is one
 * server: {@code data} is PostgreSQL's, {@code server.log} what it says. Works as root and as any
 * user.
 */
final class EmbeddedServer implements Server {
  // Below the ports that Linux gives to outgoing connections, so that none of those takes the port
  // of a server that is down for a moment.
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final int PORTS_TRIED = 100;

  private final Vertx vertx;
  private final Path root;
  private final Binaries binaries;
  private final Database database;
  private final SecureRandom chance = new SecureRandom();

  EmbeddedServer(Vertx vertx, Path data) {
    this.vertx = vertx;
    this.root = data.resolve("local-postgres");
    this.binaries = new Binaries(data.resolve("binaries"));
    this.database = new Database(vertx);
  }

  @Override
  public String directory(String token) {
    return root.resolve(token).toString();
  }

  @Override
  public long freePort(String token) throws IOException {
    int start = Math.floorMod(token.hashCode(), PORTS);
    for (int i = 0; i < PORTS_TRIED; i++) {
      int port = FIRST_PORT + (start + i) % PORTS;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        "none of %d ports from %d on is free".formatted(PORTS_TRIED, FIRST_PORT + start));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public Secret newPassword() {
    byte[] bytes = new byte[24];
    chance.nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  @Override
  public void initialise(String directory, Secret admin) throws IOException, InterruptedException {
    Path home = own(directory);
    Path data = home.resolve("data");
    if (Files.isDirectory(data)) {
      return; // It was moved here whole, so it is whole.
    }
    Files.createDirectories(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // The initdb of a worker that died may still be at it.
    endProcesses(home);
    Path partial = home.resolve("initdb");
    Tree.delete(partial);
    Command.Ended ended =
        command(
            home,
            Optional.of(admin),
            "initdb",
            List.of(
                "--pgdata=" + partial,
                "--username=postgres",
                "--pwfile=/dev/stdin",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--set=listen_addresses=127.0.0.1",
                "--set=unix_socket_directories=",
                "--set=max_connections=25",
                "--set=shared_buffers=16MB"));
    if (ended.code() != 0) {
      throw new IOException("initdb ended with %d: %s".formatted(ended.code(), ended.said()));
    }
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Optional<Long> start(String directory, long port)
      throws IOException, InterruptedException {
    Path home = own(directory);
    Path data = home.resolve("data");
    Optional<Postmaster> running = Postmaster.of(data);
    if (running.isPresent() && running.get().port() != port) {
      stop(directory);
      running = Optional.empty();
    }
    if (running.isEmpty()) {
      if (!isFree(Math.toIntExact(port))) {
        return Optional.empty();
      }
      // The children of a killed postmaster would keep another from its memory.
      endProcesses(home);
      Postmaster.forgetTheDead(data);
      Path log = home.resolve("server.log");
      // pg_ctl makes the postmaster a session of its own, which outlives this process.
      Command.Ended ended =
          command(
              home,
              Optional.empty(),
              "pg_ctl",
              List.of(
                  "start",
                  "-D",
                  data.toString(),
                  "-l",
                  log.toString(),
                  "-o",
                  "-p " + port,
                  "-w",
                  "-t",
                  "15"));
      running = Postmaster.of(data);
      if (running.isEmpty()) {
        throw new IOException(
            "pg_ctl start ended with %d and nothing runs; see %s: %s"
                .formatted(ended.code(), log, ended.said()));
      }
    }
    return running.map(postmaster -> postmaster.process().pid());
  }

  @Override
  public void stop(String directory) throws IOException, InterruptedException {
    Path home = own(directory);
    Path data = home.resolve("data");
    if (Postmaster.of(data).isPresent()) {
      // One that does not heed it is killed below.
      Command.Ended ignored =
          command(
              home,
              Optional.empty(),
              "pg_ctl",
              List.of("stop", "-D", data.toString(), "-m", "immediate", "-w", "-t", "5"));
    }
    endProcesses(home);
  }

  private void endProcesses(Path home) throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<ProcessHandle> left = Postmaster.around(home, binaries.cache());
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(50);
    }
    throw new IOException("processes of " + home + " are still there after a kill -9");
  }

  @Override
  public void remove(String directory) throws IOException {
    Tree.delete(own(directory));
  }

  @Override
  public Future<Health> look(String directory, long port, Login login) {
    return database
        .answers(port, login)
        .compose(
            answers ->
                answers
                    ? Future.succeededFuture(Health.ANSWERS)
                    : vertx.executeBlocking(() -> silentOrGone(directory)));
  }

  private Health silentOrGone(String directory) throws IOException {
    return Postmaster.of(own(directory).resolve("data")).isPresent() ? Health.SILENT : Health.GONE;
  }

  @Override
  public Future<String> createDatabase(long port, Secret admin, Login login) {
    return database.create(port, admin, login);
  }

  private Command.Ended command(
      Path home, Optional<Secret> input, String program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(binaries.program(program).toString()));
    line.addAll(arguments);
    return new Command(home.resolve(program + ".log"), line).run(input);
  }

  // Fields can be set from outside, and what is in this one gets removed.
  private Path own(String directory) {
    Path path = Path.of(directory).normalize();
    if (!root.equals(path.getParent())) {
      throw new ForeignDirectory(directory, root);
    }
    return path;
  }

  /** A directory that is not one of ours. */
  static final class ForeignDirectory extends Panic {
    private static final long serialVersionUID = 1;

    ForeignDirectory(String directory, Path root) {
      super(
          "%s is not a server's directory, which lies in %s: set TOYGUN_DATA as it was"
              .formatted(directory, root),
          Map.of("directory", directory, "root", root.toString()));
    }
  }
}
