package dev.toygun.examples.postgres;

import dev.toygun.Secret;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** A process that makes a server, for a test to kill. */
final class OneWorker {
  private OneWorker() {}

  /** Takes the data folder, the server's directory, its port and its password. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedServer server = new EmbeddedServer(Vertx.vertx(), Path.of(arguments[0]));
    server.initialise(arguments[1], Secret.of(arguments[3]));
    server.start(arguments[1], Long.parseLong(arguments[2]));
    Thread.currentThread().join();
  }
}
