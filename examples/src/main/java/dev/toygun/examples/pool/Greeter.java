package dev.toygun.examples.pool;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The server of a node: it answers with its version, on a port of its own choice. */
final class Greeter {
  /** Is locked by the one that runs in a directory, as long as it does. */
  static final String LOCK = "lock";

  /** Says, in a line, its process and its port. */
  static final String LISTENS = "listens";

  private Greeter() {}

  /**
   * {@code Greeter DIRECTORY VERSION}; where another runs in the directory, it ends at once, and
   * once the directory is gone, soon: somebody threw away all there was.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    byte[] greeting = ("version " + args[1] + "\n").getBytes(StandardCharsets.UTF_8);
    FileChannel lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      return;
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, greeting.length);
            exchange.getResponseBody().write(greeting);
          }
        });
    server.start();
    Path written = directory.resolve(LISTENS + ".new");
    Files.writeString(
        written, ProcessHandle.current().pid() + " " + server.getAddress().getPort() + "\n");
    Files.move(written, directory.resolve(LISTENS), StandardCopyOption.ATOMIC_MOVE);
    while (Files.isDirectory(directory)) {
      Thread.sleep(1_000);
    }
    server.stop(0);
  }
}
